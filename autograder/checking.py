"""Check a student's own folder, with the public seed."""

import contextlib
import functools
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from autograder.challenge.contest import Contest, open_public_contest
from autograder.checks.collect import StageCheck
from autograder.checks.compare import CheckFailed
from autograder.diagnosis import Diagnosis
from autograder.errors import UserError
from autograder.expected import Reference, open_answers
from autograder.fingerprints import Fingerprints
from autograder.grading import grade
from autograder.kit import find_kit
from autograder.report import Report
from autograder.stage import Stage, find_stage, read_stages
from autograder.submission import Submission, read_working_folder


class Checked(NamedTuple):
    """What was found in one stage.

    Attributes
    ----------
    stage : Stage
        What was asked.
    report : Report
        What was found.
    failures : dict of str to CheckFailed
        For each check that found a wrong answer, by its id, the first one.
    """

    stage: Stage
    report: Report
    failures: dict[str, CheckFailed]


def check_folder(
    folder: Path, name: str | None, only: str | None, kit_option: Path | None
) -> list[Checked]:
    """Check the stages in a folder.

    Parameters
    ----------
    folder : Path
        The student's files; a file itself will do.
    name : str, optional
        One stage, or one function of any if no stage is called so; by default each stage whose file
        lies in the folder.
    only : str, optional
        One function of the stage.
    kit_option : Path, optional
        Where the kit is, as `find_kit` takes it.
    """
    checkers, only = open_checkers(folder, name, only, kit_option)
    names = (only,) if only else ()
    results = []
    for checker in checkers:
        with contextlib.closing(checker):
            results.append(checker.check(checker.read(), names))
    return results


def open_checkers(
    folder: Path, name: str | None, only: str | None, kit_option: Path | None
) -> "tuple[list[StageChecker], str | None]":
    """Open what checks the stages that `check_folder` would; return also the one function asked."""
    kit = find_kit(kit_option, bundle=True)
    stages = read_stages(kit)
    if not folder.exists():
        raise UserError(f"There is no folder {folder}: name the one with your files by --dir.")
    if name and not only and (owner := _owner(name, stages, folder)):
        name, only = owner.name, name
    chosen = [_named(name, kit)] if name else _with_function(_here(stages, folder), only)
    if only:
        for stage in chosen:
            stage.function(only)
    known = [stage.name for stage in stages]
    return [StageChecker(stage, folder, kit, known) for stage in chosen], only


class StageChecker:
    """Checks one stage of a student's folder, as often as is asked.

    Parameters
    ----------
    stage : Stage
        What is asked.
    folder : Path
        The student's files; a file itself will do.
    kit : Path
        The instructor's copy, or a bundle.
    known : list of str
        Names of all stages.
    """

    def __init__(self, stage: Stage, folder: Path, kit: Path, known: list[str]):
        self.stage = stage
        self.known = known
        self._folder, self._kit = folder, kit

    @functools.cached_property
    def _answers(self) -> Reference | Fingerprints:
        return open_answers(self._kit, self.stage)

    @functools.cached_property
    def _diagnosis(self) -> Diagnosis:
        return Diagnosis(self.stage, self._answers)

    @functools.cached_property
    def _contest(self) -> Contest | None:
        return open_public_contest(self._kit, self.stage)

    def read(self) -> Submission:
        """Read the student's files as they are now, or raise a UserError if they are gone."""
        return read_working_folder(self._folder, self.stage.name, self.known)

    def check(self, submission: Submission, names: Sequence[str] = ()) -> Checked:
        """Check some functions, or all; of several, those that they use are reported as well."""
        failures: dict[str, CheckFailed] = {}

        def observe(check: StageCheck, failure: CheckFailed) -> None:
            failures.setdefault(check.id, failure)

        report = grade(
            self.stage.part(names) if len(names) > 1 else self.stage,
            submission,
            self._answers,
            only=names[0] if len(names) == 1 else None,
            observe=observe,
            diagnosis=self._diagnosis,
            contest=self._contest,
        )
        return Checked(self.stage, report, failures)

    def close(self) -> None:
        """End what gives the answers."""
        self._answers.close()


def stage_file(folder: Path, stage: Stage) -> Path | None:
    """Return the file of a stage in a student's own folder, if there is one."""
    files = (folder / f"{stage.name}{suffix}" for suffix in (".py", ".ipynb"))
    return next((file for file in files if file.exists()), None)


def _owner(name: str, stages: list[Stage], folder: Path) -> Stage | None:
    """Return the stage with a function of this name, of several the one whose file is there.

    None if it is a stage's name: that is meant then.
    """
    if any(stage.name == name for stage in stages):
        return None
    owners = [stage for stage in stages if _has(stage, name)]
    return next((stage for stage in owners if stage_file(folder, stage)), next(iter(owners), None))


def _named(name: str, kit: Path) -> Stage:
    try:
        return find_stage(kit, name)
    except UserError as error:
        stages = read_stages(kit)
        names = [function.name for stage in stages for function in stage.functions]
        near = get_close_matches(name, [*names, *(stage.name for stage in stages)], n=1)
        advice = f" Did you mean {near[0]}?" if near else ""
        raise UserError(f"{error}{advice}") from None


def _here(stages: list[Stage], folder: Path) -> list[Stage]:
    """Return the stages whose file lies in the folder."""
    here = [stage for stage in stages if stage_file(folder, stage)]
    if not here:
        names = ", ".join(f"{stage.name}.py" for stage in stages)
        raise UserError(
            f"{folder} holds no stage's file: expected one of {names}; go to the folder with your "
            "files, or name it by --dir."
        )
    return here


def _has(stage: Stage, function: str | None) -> bool:
    return any(one.name == function for one in stage.functions)


def _with_function(stages: list[Stage], name: str | None) -> list[Stage]:
    """Of several stages, leave those that have the function, if one is asked for."""
    having = [stage for stage in stages if _has(stage, name)]
    if name and len(stages) > 1 and not having:
        names = ", ".join(stage.name for stage in stages)
        raise UserError(f"No stage here ({names}) has a function {name!r}.")
    return having or stages
