"""What is known of a stage's functions, kept from save to save."""

import time
from collections.abc import Callable

from autograder.checking import Checked, StageChecker
from autograder.checks.compare import CheckFailed
from autograder.errors import UserError
from autograder.report import FunctionReport, Report
from autograder.submission import Submission
from autograder.watch.affected import Parts, affected, divide, edited


class StageMemory:
    """The latest report on each function of a stage.

    Parameters
    ----------
    checker : StageChecker
        Checks the stage.
    only : str, optional
        The one function that is asked for.
    tell : callable
        Is given the names of the functions that are about to be checked.

    Attributes
    ----------
    report : Report or None
        What is known; None as long as the file could never be checked.
    problem : str
        Why the file can't be checked as it is now, in one sentence; empty if it can.
    edited : list of str
        The functions whose own code the last save changed.
    lost : list of str
        The functions that were right before the last save.
    checked : list of str
        The functions that were checked after it.
    seconds : float
        How long that took.
    """

    def __init__(self, checker: StageChecker, only: str | None, tell: Callable[[list[str]], None]):
        self.stage = checker.stage
        self.report: Report | None = None
        self.problem = ""
        self.edited: list[str] = []
        self.lost: list[str] = []
        self.checked: list[str] = []
        self.seconds = 0.0
        self._checker, self._tell = checker, tell
        self._asked = [only] if only else [function.name for function in self.stage.functions]
        self._failures: dict[str, CheckFailed] = {}
        self._parts: Parts | None = None
        self._others: dict[str, bytes] = {}

    @property
    def result(self) -> Checked | None:
        """What is known, in the form in which `check_folder` gives it."""
        return Checked(self.stage, self.report, self._failures) if self.report else None

    @property
    def todo(self) -> list[FunctionReport]:
        """The functions that are not done, in the order of the stage."""
        functions = self.report.functions if self.report else []
        return [function for function in functions if function.outcome != "passed"]

    def look(self, everything: bool = False) -> bool:
        """Check what was affected since the last look; return whether there is anything new."""
        before = self.problem
        submission, parts = self._read()
        if parts is None:
            return self.problem != before
        names = self._asked if everything else self._affected(submission, parts)
        if names:
            self._check(submission, names)
            self.edited = edited(self._parts, parts, names) if self._parts else []
        self._parts, self._others = parts, self._beside(submission)
        return bool(names) or self.problem != before

    def _read(self) -> tuple[Submission, Parts | None]:
        """Read the files; where they can't be checked, say why and return no parts."""
        file = f"{self.stage.name}.py"
        submission = Submission("you", self.stage.name, {})
        try:
            submission = self._checker.read()
            self.problem = submission.reason
            if not self.problem:
                return submission, divide(submission.files[file])
        except UserError as error:
            self.problem = str(error)
        except SyntaxError as error:
            self.problem = f"{file}, line {error.lineno}: {error.msg}."
        except (ValueError, RecursionError, MemoryError) as error:
            self.problem = f"{file} can't be read as Python: {error}."
        return submission, None

    def _affected(self, submission: Submission, parts: Parts) -> list[str]:
        if not (self.report and self._parts) or self._beside(submission) != self._others:
            return self._asked
        reached = set(affected(self._parts, parts, self.stage))
        if reached:  # what raised an exception names a line, which may be another one now
            reached |= {part.name for part in self.todo if _has_error(part)}
        return [name for name in self._asked if name in reached]

    def _beside(self, submission: Submission) -> dict[str, bytes]:
        """Return the files that the stage's file may import; of other stages, those it names."""
        own = f"{self.stage.name}.py"
        unnamed = {
            f"{stage}.py"
            for stage in self._checker.known
            if stage.encode() not in submission.files[own]
        }
        return {
            name: data
            for name, data in submission.files.items()
            if name != own and name not in unnamed
        }

    def _check(self, submission: Submission, names: list[str]) -> None:
        self._tell(names)
        begin = time.monotonic()
        result = self._checker.check(submission, names)
        self.seconds = time.monotonic() - begin
        self.problem, self.checked = result.report.reason, names
        if self.problem:
            return
        known = {part.name: part for part in self.report.functions} if self.report else {}
        known |= {part.name: part for part in result.report.functions if part.name in self._asked}
        right = {part.name for part in self.report.functions} if self.report else set()
        right -= {part.name for part in self.todo}
        parts = [known[name] for name in self._asked]
        self.report = result.report.model_copy(
            update={
                "functions": parts,
                "points": round(sum(part.points for part in parts), 2),
                "max_points": round(sum(part.max_points for part in parts), 2),
            }
        )
        self.lost = [part.name for part in self.todo if part.name in right]
        again = {check.id for part in result.report.functions for check in part.checks}
        old = {id_: failure for id_, failure in self._failures.items() if id_ not in again}
        self._failures = old | result.failures


def _has_error(part: FunctionReport) -> bool:
    return any(check.outcome == "error" for check in part.checks)
