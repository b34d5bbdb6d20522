"""Check the files of a clone, which may be anybody's, on public inputs and on hidden ones."""

import os
from pathlib import Path
from typing import Any

from autograder.challenge.contest import open_contest, open_public_contest
from autograder.checking import open_checkers, stage_file
from autograder.ci.lines import lines_of
from autograder.ci.result import StageResult
from autograder.diagnosis import Diagnosis
from autograder.errors import UserError
from autograder.expected import open_answers
from autograder.grading import grade
from autograder.kit import VARIABLE, find_kit
from autograder.report import Report
from autograder.reports.disclosure import without_hidden_inputs
from autograder.sandbox.isolation import best, launcher
from autograder.sandbox.worker_process import Launch
from autograder.stage import Stage
from autograder.submission import Submission, read_working_folder

SECRET = "AUTOGRADER_SECRET"


def check_clone(
    folder: Path, name: str | None, kit_option: Path | None, secret: str | None, root: Path
) -> list[StageResult]:
    """Check the stages in a clone, each submission as far from the machine as can be.

    Parameters
    ----------
    folder : Path
        The student's files. No symbolic link in it is followed.
    name : str, optional
        One stage; by default each stage whose file lies in the folder.
    kit_option : Path, optional
        Where the kit is, as `find_kit` takes it.
    secret : str, optional
        The instructor's seed. It takes strict isolation, and a kit that is named outright: one
        that is found from the working folder upwards may be the student's own.
    root : Path
        The folder of the clone, from which files are named.

    Returns
    -------
    list of StageResult
        Nothing in them tells of a hidden input.
    """
    if not folder.is_dir():
        raise UserError(f"--dir {folder} is no folder: name the one with the student's files.")
    _refuse_links(folder)
    isolation = best()
    if secret:
        _refuse_to_tell(isolation, kit_option)
    kit = find_kit(kit_option, bundle=not secret)
    checkers, _ = open_checkers(folder, name, None, kit)
    with launcher(isolation) as launch:
        return [
            _checked(checker.stage, folder, checker.known, kit, secret, root, launch)
            for checker in checkers
        ]


def _refuse_links(folder: Path) -> None:
    """Refuse a folder that the clone only links to, such as the kit's own solutions."""
    here, whole = Path.cwd(), Path.cwd() / folder
    for part in (whole, *whole.parents):
        if part.is_symlink() and part.is_relative_to(here):
            raise UserError(f"--dir {folder} leads over a symbolic link: it has to be a folder.")


def _refuse_to_tell(isolation: str, kit_option: Path | None) -> None:
    if isolation != "strict":
        raise UserError(
            f"{SECRET} is set, but without strict isolation the student's code could read it: "
            "mend that as `autograder doctor` says, or unset it to check on public inputs alone."
        )
    if not kit_option and not os.environ.get(VARIABLE):
        raise UserError(
            f"{SECRET} is set, so the kit has to be named by --kit or {VARIABLE}: one that is "
            "looked for may be the student's own."
        )


def _checked(
    stage: Stage,
    folder: Path,
    known: list[str],
    kit: Path,
    secret: str | None,
    root: Path,
    launch: Launch,
) -> StageResult:
    try:
        submission = read_working_folder(folder, stage.name, known, links=False)
    except UserError as why:  # a file that lacks is the student's affair, not the call's
        submission = Submission("you", stage.name, {}, str(why))
    report = graded_for_student(stage, submission, kit, secret, launch)
    file = stage_file(folder, stage) or folder / f"{stage.name}.py"
    text = "" if report.reason else file.read_text("utf-8", "replace")
    lines = lines_of(text, [function.name for function in stage.functions])
    return StageResult(stage, report, _named_from(root, file), lines)


def graded_for_student(
    stage: Stage, submission: Submission, kit: Path, secret: str | None, launch: Launch
) -> Report:
    """Grade on public inputs and, with a secret, on hidden ones, of which the report shows none."""
    answers = open_answers(kit, stage, launch)
    try:
        how: dict[str, Any] = {"diagnosis": Diagnosis(stage, answers), "launch": launch}
        known = open_public_contest(kit, stage)
        public = grade(stage, submission, answers, contest=known, **how)
        if not secret:
            return public
        whole = grade(stage, submission, answers, secret, contest=open_contest(kit, stage), **how)
        return without_hidden_inputs(whole, public)
    finally:
        answers.close()


def _named_from(root: Path, file: Path) -> str:
    """Return a file's path in the repository, or as it stands if it lies elsewhere."""
    whole, base = file.resolve(), root.resolve()
    return (whole.relative_to(base) if whole.is_relative_to(base) else file).as_posix()
