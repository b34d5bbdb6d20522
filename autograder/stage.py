"""What a stage is: its functions, their points, the limits and the hints, read from stage.toml."""

import keyword
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from autograder.challenge.table import Challenge
from autograder.errors import UserError
from autograder.toml_file import List, Table, read_toml

Seconds = Annotated[float, Field(gt=0, le=24 * 3600)]
Sentence = Annotated[str, Field(min_length=1)]
Letter = Annotated[str, Field(pattern="^[A-Z]$")]


class Limits(Table):
    """What one submission may use, in seconds of wall time and megabytes of memory.

    Attributes
    ----------
    call_seconds : float
        One call of a function.
    training_seconds : float
        One call of a function that has ``training = true``.
    submission_seconds : float
        All calls together.
    memory_mb : int
        One worker.
    """

    call_seconds: Seconds = 10
    training_seconds: Seconds = 60
    submission_seconds: Seconds = 300
    memory_mb: Annotated[int, Field(ge=256)] = 2048


class Function(Table):
    """One function that students write.

    Attributes
    ----------
    name : str
        As the stub has it.
    points : float
        What a right one earns, with at most two decimals.
    uses : tuple of str
        Earlier functions that a solution may call: their mistakes are not charged again here.
    training : bool
        Whether a call may take ``limits.training_seconds``.
    vectorized : tuple of str
        Letters of sizes, as "N": the lines of Python that a call runs must not grow along them.
        The function's checks say what the letters mean, see `autograder.checks.vectorized`.
    hints : tuple of str
        From a nudge to nearly the way, shown one at a time.
    """

    name: str
    points: Annotated[float, Field(gt=0)]
    uses: List[str] = ()
    training: bool = False
    vectorized: List[Letter] = ()
    hints: Annotated[List[Sentence], Field(min_length=1)]

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not name.isidentifier() or keyword.iskeyword(name):
            raise ValueError("should be the name of a Python function")
        return name

    @field_validator("points")
    @classmethod
    def _has_two_decimals(cls, points: float) -> float:
        if round(points, 2) != points:
            raise ValueError("should have at most two decimals")
        return points

    @field_validator("vectorized")
    @classmethod
    def _names_each_letter_once(cls, letters: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(letters)) < len(letters):
            raise ValueError("should name each letter once")
        return letters


class Stage(Table):
    """One stage of the course, as its stage.toml describes it.

    Attributes
    ----------
    number : int
        Its place in the course; the folder is ``assignments/<number>_<name>``.
    name : str
        Of its files: ``<name>.py``.
    title, summary : str
        For people: a few words, and a sentence.
    limits : Limits
        What a submission may use.
    functions : tuple of Function
        What students write, in the order in which they build on each other.
    challenge : Challenge, optional
        That it is an open task: its one function is judged by what it finds in images.
    """

    number: Annotated[int, Field(ge=0)]
    name: str
    title: Sentence
    summary: Sentence
    limits: Limits = Limits()
    functions: Annotated[List[Function], Field(min_length=1)]
    challenge: Challenge | None = None

    @model_validator(mode="after")
    def _functions_fit_together(self) -> "Stage":
        seen: set[str] = set()
        for function in self.functions:
            if function.name in seen:
                raise ValueError(f"functions: {function.name} stands there twice")
            for used in function.uses:
                if used not in seen:
                    raise ValueError(
                        f"functions: {function.name} uses {used}, which is not an earlier function "
                        "of this stage"
                    )
            seen.add(function.name)
        return self

    @model_validator(mode="after")
    def _open_task_is_one_function(self) -> "Stage":
        if self.challenge and [function.name for function in self.functions] != ["predict"]:
            raise ValueError("functions: a stage with [challenge] has one function, predict")
        if self.challenge and self.functions[0].points < self.challenge.max_points:
            raise ValueError(
                f"challenge.curve: ends at {self.challenge.max_points:g} points, more than "
                f"predict has ({self.functions[0].points:g})"
            )
        return self

    @property
    def max_points(self) -> float:
        """The points of a submission with nothing wrong."""
        return round(sum(function.points for function in self.functions), 2)

    def function(self, name: str) -> Function:
        """Return the function of this name, or raise a UserError that lists the names."""
        for function in self.functions:
            if function.name == name:
                return function
        names = ", ".join(function.name for function in self.functions)
        raise UserError(f"Stage {self.name} has no function {name!r}; it has {names}.")

    def part(self, names: Iterable[str]) -> "StagePart":
        """Return these functions, and those that they use, as a stage of which no more is asked."""
        wanted = set(names)
        for function in reversed(self.functions):
            if function.name in wanted:
                wanted.update(function.uses)
        chosen = tuple(function for function in self.functions if function.name in wanted)
        return StagePart.model_construct(**{**dict(self), "functions": chosen})

    def seconds(self, name: str) -> float:
        """Wall time that one call of a function may take; an unknown function is a plain one."""
        training = any(f.training for f in self.functions if f.name == name)
        return self.limits.training_seconds if training else self.limits.call_seconds


class StagePart(Stage):
    """Some functions of a stage; the others have checks that are not collected."""


def read_stage(path: Path) -> Stage:
    """Read and validate one stage.toml; a mistake in it is a UserError that names the key."""
    return read_toml(path, Stage)


def read_stages(kit: Path) -> list[Stage]:
    """Read the stages of a kit, in the order of their numbers."""
    stages = []
    for path in sorted((kit / "assignments").glob("*/stage.toml")):
        stage = read_stage(path)
        expected = f"{stage.number}_{stage.name}"
        if path.parent.name != expected:
            raise UserError(
                f"{path}: number and name make {expected}, but the folder is {path.parent.name}: "
                "rename the one or the other."
            )
        stages.append(stage)
    if not stages:
        raise UserError(
            f"{kit / 'assignments'} holds no stage: expected <number>_<name>/stage.toml."
        )
    return sorted(stages, key=lambda stage: stage.number)


def find_stage(kit: Path, name: str) -> Stage:
    """Return the stage of this name, or raise a UserError that lists the names."""
    stages = read_stages(kit)
    for stage in stages:
        number_and_name = f"{stage.number}_{stage.name}"
        if Path(name).stem in (stage.name, number_and_name):  # a file's name will do
            return stage
    names = ", ".join(stage.name for stage in stages)
    raise UserError(f"There is no stage {name!r}; this kit has {names}.")


def open_task(kit: Path) -> Stage:
    """Return the stage of a kit that is an open task."""
    for stage in read_stages(kit):
        if stage.challenge:
            return stage
    raise UserError(f"{kit} has no open task: expected a stage.toml with [challenge].")


def stage_folder(kit: Path, stage: Stage) -> Path:
    """Return the folder with a stage's handout, stage.toml and notebook source."""
    return kit / "assignments" / f"{stage.number}_{stage.name}"
