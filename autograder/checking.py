"""Check a student's own folder, with the public seed."""

from collections.abc import Callable
from pathlib import Path

from autograder.checks.collect import StageCheck
from autograder.checks.compare import CheckFailed
from autograder.diagnosis import Diagnosis
from autograder.errors import UserError
from autograder.expected import open_answers
from autograder.grading import Observer, grade
from autograder.kit import find_kit
from autograder.report import Report
from autograder.stage import Stage, find_stage, read_stages
from autograder.submission import read_working_folder


def stages_to_check(folder: Path, name: str | None, kit: Path) -> list[Stage]:
    """Return the stage of this name, or each whose file lies in the folder."""
    if not folder.exists():
        raise UserError(f"There is no folder {folder}: name the one with your files by --dir.")
    if name:
        return [find_stage(kit, name)]
    stages = read_stages(kit)
    here = [
        stage
        for stage in stages
        if any((folder / f"{stage.name}{suffix}").exists() for suffix in (".py", ".ipynb"))
    ]
    if not here:
        names = ", ".join(f"{stage.name}.py" for stage in stages)
        raise UserError(
            f"{folder} holds no stage's file: expected one of {names}; go to the folder with your "
            "files, or name it by --dir."
        )
    return here


def check_folder(
    folder: Path,
    stage_name: str | None,
    only: str | None,
    kit_option: Path | None,
    plots: Path | None,
) -> list[tuple[Stage, Report]]:
    """Check the stages in a folder.

    Parameters
    ----------
    folder : Path
        The student's files; a file itself will do.
    stage_name, only : str, optional
        One stage, one function of it; all otherwise.
    kit_option : Path, optional
        Where the kit is, as `find_kit` takes it.
    plots : Path, optional
        Folder for a picture of each wrong array.
    """
    kit = find_kit(kit_option, bundle=True)
    known = [stage.name for stage in read_stages(kit)]
    observe = _painter(plots) if plots else None
    results = []
    for stage in _with_function(stages_to_check(folder, stage_name, kit), only):
        submission = read_working_folder(folder, stage.name, known)
        answers = open_answers(kit, stage)
        try:
            diagnosis = Diagnosis(stage, answers)
            report = grade(
                stage, submission, answers, only=only, observe=observe, diagnosis=diagnosis
            )
        finally:
            answers.close()
        results.append((stage, report))
    return results


def _with_function(stages: list[Stage], name: str | None) -> list[Stage]:
    """Of several stages, leave those that have the function, if one is asked for."""
    having = [s for s in stages if any(function.name == name for function in s.functions)]
    if name and len(stages) > 1 and not having:
        names = ", ".join(stage.name for stage in stages)
        raise UserError(f"No stage here ({names}) has a function {name!r}.")
    return having or stages


def follow(folder: Path, run: Callable[[], None]) -> None:
    """Call `run` now and whenever a Python file or notebook in the folder is saved."""
    from watchfiles import watch

    def is_code(_: object, path: str) -> bool:
        return path.endswith((".py", ".ipynb"))

    run()
    for _ in watch(folder, watch_filter=is_code, recursive=False):
        run()


def _painter(folder: Path) -> Observer:
    from autograder.reports.pictures import save_mismatch

    def paint(check: StageCheck, failure: CheckFailed) -> None:
        if failure.got is None or failure.want is None:
            return
        if failure.got.shape == failure.want.shape and failure.want.ndim:
            name = check.id.replace("::", "-")
            save_mismatch(folder / f"{name}.png", str(failure), failure.got, failure.want)

    return paint
