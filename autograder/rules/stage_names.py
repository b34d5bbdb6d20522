"""Names of stages in the rules of a course: a typing mistake in one is told as such."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

ALL = "all"  # in place of a stage's name


def no_stage(name: str, stages: Sequence[str]) -> str:
    """Say that there is no such stage; nothing if there is."""
    if name in stages:
        return ""
    near = get_close_matches(name, stages, n=1)
    meant = f" (do you mean {near[0]}?)" if near else ""
    return f"is no stage of this kit{meant}, which has {', '.join(stages)}"


def _stage(name: str, info: ValidationInfo) -> str:
    stages = (info.context or {}).get("stages", (name,))
    if said := no_stage(name, stages):
        raise ValueError(said)
    return name


def _stage_or_all(name: str, info: ValidationInfo) -> str:
    return name if name == ALL else _stage(name, info)


# Of the stages that the context of the reading gives, see `autograder.toml_file.read_toml`.
StageName = Annotated[str, AfterValidator(_stage)]
StageOrAll = Annotated[str, AfterValidator(_stage_or_all)]
