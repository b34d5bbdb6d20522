"""What was found in a student's files, as a piece of HTML for a notebook's output."""

from collections.abc import Sequence
from typing import NamedTuple

from autograder.checking import Checked
from autograder.checks.compare import CheckFailed
from autograder.report import FunctionReport, Report
from autograder.reports.html import environment
from autograder.reports.pictures import Picture, picture
from autograder.stage import Stage

BEGINNING = 200  # characters of a message that tell it from others


class _Result(NamedTuple):
    """One stage's part of the output; pictures by the function's name."""

    stage: Stage
    report: Report
    pictures: dict[str, Picture]


def cell_html(results: Sequence[Checked]) -> str:
    """Return the output for what `check_folder` found.

    Parameters
    ----------
    results : sequence of Checked
        One for each stage.

    Returns
    -------
    str
        A piece of HTML that works without script and in any theme; all text in it is escaped.
    """
    shown = [
        _Result(stage, report, _pictures(report, failures)) for stage, report, failures in results
    ]
    return environment().get_template("cell.html").render(results=shown)


def _pictures(report: Report, failures: dict[str, CheckFailed]) -> dict[str, Picture]:
    drawn = {part.name: _picture(part, failures) for part in report.functions}
    return {name: one for name, one in drawn.items() if one}


def _picture(part: FunctionReport, failures: dict[str, CheckFailed]) -> Picture | None:
    """Draw, of the checks that fail, the first that has a picture."""
    for check in part.failures:
        failure = failures.get(check.id)
        # A check that waits for another function's says so, and nothing of what it found.
        if failure and check.message.startswith(str(failure)[:BEGINNING]):
            try:
                drawn = picture(failure)
            except Exception:  # in a notebook, NumPy and matplotlib are as the student left them
                continue
            if drawn:
                return drawn
    return None
