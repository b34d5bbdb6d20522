"""Read back the reports of a finished run."""

from pathlib import Path

from pydantic import ValidationError

from autograder.errors import UserError
from autograder.report import Report
from autograder.run import Run
from autograder.submission.names import shown


def read_run(results: Path) -> Run:
    """Read what was graded.

    Raises
    ------
    UserError
        If RESULTS is no folder that `autograder grade` has written, or is damaged.
    """
    run = results / "run.json"
    try:
        return Run.model_validate_json(run.read_bytes())
    except OSError as error:
        raise UserError(
            f"{run} can't be read ({error.strerror}): name the folder that "
            "`autograder grade … --out` has written."
        ) from None
    except ValidationError:
        raise UserError(f"{run} is damaged: run `autograder grade` again.") from None


def read_results(results: Path) -> list[Report]:
    """Read the reports in RESULTS.

    Parameters
    ----------
    results : Path
        The folder that `autograder grade` has written.

    Returns
    -------
    list of Report
        One for each student and stage of the run, in the run's order.

    Raises
    ------
    UserError
        If it is no such folder, or a report is missing or damaged.
    """
    run = read_run(results)
    return [
        _report(results / folder / f"{stage}.json", student, stage)
        for student, folder in run.students.items()
        for stage in run.stages
    ]


def _report(path: Path, student: str, stage: str) -> Report:
    try:
        report = Report.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise UserError(
            f"{path} is missing: the run was stopped, so run the same `autograder grade` again."
        ) from None
    except OSError as error:
        raise UserError(f"{path} can't be read ({error.strerror}).") from None
    except ValidationError:
        raise UserError(f"{path} is damaged: run `autograder grade` again.") from None
    if (report.student, report.stage) != (student, stage):
        raise UserError(
            f"{path} is a report on {shown(report.student)} and {shown(report.stage)}, expected "
            f"{shown(student)} and {stage}: run `autograder grade` again."
        )
    return report
