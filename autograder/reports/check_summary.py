"""What a class's submissions say of one check: who passes it, what it tells, how long it takes."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from autograder.report import CheckReport

NEARLY_ALL = 0.9  # of those who tried: if that many fail, the check itself may be wrong
ENOUGH = 5  # submissions, below which a share says nothing of a check


@dataclass(frozen=True)
class CheckSummary:
    """How the graded submissions of a stage did on one check.

    Attributes
    ----------
    id, function, title, visibility, max_points
        As in the reports.
    outcomes : Counter of str
        Submissions by outcome.
    explained : int
        Those of them that fail, and a known mistake says why.
    discrimination : float or None
        Whether those who pass it do better on the rest of the stage, from -1 to 1; see
        `point_biserial`.
    seconds : list of float
        What it took, for each submission that has written the function.
    """

    id: str
    function: str
    title: str
    visibility: str
    max_points: float
    outcomes: Counter[str]
    explained: int
    discrimination: float | None
    seconds: list[float]

    @property
    def judged(self) -> int:
        """Number of submissions that were judged."""
        return self.outcomes.total()

    @property
    def passed(self) -> int:
        """Number of those that pass."""
        return self.outcomes["passed"]

    @property
    def tried(self) -> int:
        """Number of those that have written the function."""
        return self.judged - self.outcomes["not_implemented"]

    @property
    def median_s(self) -> float | None:
        """Median of its times."""
        return median(self.seconds) if self.seconds else None

    @property
    def longest_s(self) -> float | None:
        """The longest of its times."""
        return max(self.seconds, default=None)

    @property
    def nearly_all_fail(self) -> bool:
        """Whether so many fail, of those who tried, that the check itself deserves a look."""
        return self.tried >= ENOUGH and self.tried - self.passed >= NEARLY_ALL * self.tried

    @property
    def nobody_fails(self) -> bool:
        """Whether all pass who tried: the check tells no submissions apart."""
        return self.tried >= ENOUGH and self.passed == self.tried

    @property
    def backwards(self) -> bool:
        """Whether those who pass it do worse on the rest, by more than chance would have it.

        Where a check has nothing to do with the rest, its discrimination varies about 0 with a
        standard error of some 1 / sqrt(judged); twice that is rare.
        """
        least = -2 / math.sqrt(max(self.judged, ENOUGH))
        return self.discrimination is not None and self.discrimination < least


def check_summary(function: str, found: Sequence[tuple[CheckReport, float]]) -> CheckSummary:
    """Sum up what one check has found.

    Parameters
    ----------
    function : str
        The function that it judges.
    found : sequence of (CheckReport, float)
        The check in each graded submission, with the points of the submission's whole stage.
    """
    checks = [check for check, _ in found]
    first = checks[0]
    return CheckSummary(
        id=first.id,
        function=function,
        title=first.title,
        visibility=first.visibility,
        max_points=first.max_points,
        outcomes=Counter(check.outcome for check in checks),
        explained=sum(bool(check.mistakes) for check in checks),
        discrimination=point_biserial(
            [check.outcome == "passed" for check in checks],
            [points - check.points for check, points in found],
        ),
        seconds=[check.duration_s for check in checks if check.outcome != "not_implemented"],
    )


def point_biserial(passed: Iterable[bool], rest: Iterable[float]) -> float | None:
    """Correlate passing a check with the points of the rest of the stage.

    The point-biserial correlation, (mean of those who pass - mean of the others) / standard
    deviation * sqrt(p * (1 - p)) with p the share that passes: Lord and Novick, Statistical
    Theories of Mental Test Scores, 1968, chapter 15. The check's own points are left out of the
    rest, or it would correlate with itself (the corrected item-total correlation: Henrysson,
    Psychometrika 28, 1963).

    Returns
    -------
    float or None
        None where it is not defined: all pass or none does, or the rest is the same for all.
    """
    who, score = np.fromiter(passed, bool), np.fromiter(rest, float)
    # Points are whole hundredths, so a smaller spread is rounding.
    if who.all() or not who.any() or np.ptp(score) < 0.005:
        return None
    share = who.mean()
    apart = score[who].mean() - score[~who].mean()
    return float(apart / score.std() * math.sqrt(share * (1 - share)))
