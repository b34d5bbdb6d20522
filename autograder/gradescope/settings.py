"""What the instructor has chosen, as it travels in the zip."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.errors import UserError

FILE = "settings.json"


class Settings(BaseModel):
    """How submissions are graded.

    Attributes
    ----------
    stage : str
        What they are for.
    isolation : str
        "strict", or "process" if the instructor accepts what that means.
    secret : str or None
        The seed of inputs that no student has seen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    stage: str
    isolation: Literal["strict", "process"] = "strict"
    secret: str | None = None


def read_settings(source: Path) -> Settings:
    """Read the settings from the unpacked zip, or raise a UserError."""
    path = source / FILE
    try:
        return Settings.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UserError(
            f"{path} can't be read ({error.strerror}): name the folder in which Gradescope has "
            "unpacked the zip as source/ by --root."
        ) from None
    except ValidationError:
        raise UserError(f"{path} is damaged: make the zip anew and upload it again.") from None
