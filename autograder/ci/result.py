"""What was found in one stage of a clone, and where in its files it can be shown."""

from collections.abc import Iterator
from typing import NamedTuple

from autograder.report import FunctionReport, Report
from autograder.reports.terminal import what_is_wrong
from autograder.stage import Stage


class Finding(NamedTuple):
    """What is wrong, and where.

    Attributes
    ----------
    name : str
        The function's name, or the stage's if nothing in it could be judged.
    line : int
        Where it begins, from 1.
    message : str
        What is wrong with it.
    lost : float
        Points.
    """

    name: str
    line: int
    message: str
    lost: float


class StageResult(NamedTuple):
    """One stage of a clone.

    Attributes
    ----------
    stage : Stage
        What was asked.
    report : Report
        What was found, without a word about hidden inputs.
    file : str
        The student's file, as the repository names it.
    lines : dict of str to int
        Where functions begin; those that are not in the file are missing.
    """

    stage: Stage
    report: Report
    file: str
    lines: dict[str, int]

    def line(self, function: str) -> int:
        """Return where a function begins, or the file's first line."""
        return self.lines.get(function, 1)

    @property
    def findings(self) -> Iterator[Finding]:
        """What is wrong, function by function; one for all if the file can't be read."""
        if self.report.reason:
            yield Finding(self.stage.name, 1, self.report.reason, self.report.max_points)
            return
        for part in self.report.functions:
            if part.failures:
                lost = round(part.max_points - part.points, 2)
                yield Finding(part.name, self.line(part.name), _message(part), lost)


def _message(part: FunctionReport) -> str:
    example = f"The smallest call that shows it:\n{part.example}" if part.example else ""
    return "\n".join(filter(None, (what_is_wrong(part), example)))
