"""Read back the reports of a finished run."""

import json
from pathlib import Path

from pydantic import ValidationError

from autograder.errors import UserError
from autograder.report import Report


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
    run = results / "run.json"
    try:
        content = json.loads(run.read_bytes())
        folders, stages = dict(content["students"]), list(content["stages"])
    except OSError as error:
        raise UserError(
            f"{run} can't be read ({error.strerror}): name the folder that "
            "`autograder grade … --out` has written."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{run} is damaged: run `autograder grade` again.") from None
    return [_report(results / folders[s] / f"{stage}.json") for s in folders for stage in stages]


def _report(path: Path) -> Report:
    try:
        return Report.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise UserError(
            f"{path} is missing: the run was stopped, so run the same `autograder grade` again."
        ) from None
    except OSError as error:
        raise UserError(f"{path} can't be read ({error.strerror}).") from None
    except ValidationError:
        raise UserError(f"{path} is damaged: run `autograder grade` again.") from None
