"""What is known of a run, in the form of RESULTS/run.json."""

import platform
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from autograder import __version__


class Run(BaseModel):
    """What run.json tells of a run.

    Attributes
    ----------
    schema : int
        The version of this format.
    kit_version, python, numpy : str
        Versions on the machine that wrote the results.
    stages : list of str
        In the order of the course.
    titles : dict of str to str
        Stage to its title.
    isolation : str
        "strict" or "process".
    secret_scrypt : str
        Hash of the secret seed, empty if there is none.
    students : dict of str to str
        Student to the folder in RESULTS.
    lms_ids : dict of str to str
        Student to what the LMS calls them, where its export has told it.
    """

    model_config = ConfigDict(populate_by_name=True)

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    kit_version: str = __version__
    python: str = platform.python_version()
    numpy: str = np.__version__
    stages: list[str]
    titles: dict[str, str] = {}
    isolation: str = ""
    secret_scrypt: str = ""
    students: dict[str, str]
    lms_ids: dict[str, str] = {}

    def to_json(self) -> str:
        """Return it as text of one JSON document."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
