"""What a class's reports add up to, stage by stage and check by check."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, median

from autograder.report import CheckReport, FunctionReport, Report
from autograder.reports.check_summary import CheckSummary, check_summary
from autograder.reports.reasons import has_no_file, named, nameless
from autograder.reports.words import OUTCOMES, points_text
from autograder.stage import Stage

BINS = 10
HEAT_STEPS = 4  # of partial points; none and all of them are steps of their own
# Where the checks of a function fail in several ways, a cell shows the first of these.
MARKED = ("killed", "timeout", "error", "not_implemented")


@dataclass(frozen=True)
class Cell:
    """One student's points for one function.

    Attributes
    ----------
    text : str
        The points, after the symbol of an outcome that is more than a wrong answer; empty where
        the report lacks the function.
    heat : str
        Class of its colour: "h0" (none) to "h5" (all), or "todo" if not implemented.
    """

    text: str
    heat: str


@dataclass(frozen=True)
class Row:
    """One student's line in the table of a stage.

    Attributes
    ----------
    report : Report
        What was found.
    cells : list of Cell
        One for each function of the stage.
    kinds : list of str
        What it can be filtered by: "full" or "part" of the points, and "unreadable" or the outcomes
        of its checks.
    """

    report: Report
    cells: list[Cell]
    kinds: list[str]


@dataclass(frozen=True)
class Trouble:
    """Why a student's submission needs the instructor's eyes, to one stage or to several."""

    student: str
    stages: list[str]
    kind: str
    reasons: list[str]


class StageSummary:
    """One stage of the class.

    Attributes
    ----------
    stage : Stage
        What was asked.
    reports : list of Report
        Sorted by student.
    graded : list of Report
        Those that could be read.
    """

    def __init__(self, stage: Stage, reports: list[Report]):
        self.stage = stage
        self.reports = sorted(reports, key=lambda report: report.student)
        self.graded = [report for report in self.reports if report.status == "graded"]
        self._points = [report.points for report in self.graded]

    @property
    def mean(self) -> float | None:
        """Mean points of the graded submissions."""
        return fmean(self._points) if self._points else None

    @property
    def median(self) -> float | None:
        """Median points of the graded submissions."""
        return median(self._points) if self._points else None

    @property
    def unreadable(self) -> int:
        """Number of submissions that could not be read."""
        return len(self.reports) - len(self.graded)

    @property
    def complete(self) -> int:
        """Number of submissions with every check passed."""
        return sum(report.complete for report in self.graded)

    @property
    def histogram(self) -> list[int]:
        """Graded submissions in each tenth of the points; the last tenth holds the full ones."""
        counts = Counter(
            min(
                BINS * _hundredths(report.points) // max(_hundredths(report.max_points), 1),
                BINS - 1,
            )
            for report in self.graded
        )
        return [counts[i] for i in range(BINS)]

    @cached_property
    def checks(self) -> list[CheckSummary]:
        """All checks, in the order of the stage's functions."""
        found: dict[str, dict[str, list[tuple[CheckReport, float]]]] = {
            function.name: {} for function in self.stage.functions
        }
        for report in self.graded:
            for part in report.functions:
                by_id = found.get(part.name, {})
                for check in part.checks:
                    by_id.setdefault(check.id, []).append((check, report.points))
        return [
            check_summary(function, checks)
            for function, by_id in found.items()
            for checks in by_id.values()
        ]

    @property
    def outcomes(self) -> set[str]:
        """Outcomes that at least one check has had."""
        return {outcome for check in self.checks for outcome in check.outcomes}

    @property
    def rows(self) -> Iterator[Row]:
        """One row for each report."""
        for report in self.reports:
            parts = {part.name: part for part in report.functions}
            cells = [_cell(parts.get(function.name)) for function in self.stage.functions]
            yield Row(report, cells, _kinds(report))


def stage_summaries(reports: list[Report], stages: list[Stage]) -> list[StageSummary]:
    """Divide reports by stage; a stage without any is left out."""
    by_stage: dict[str, list[Report]] = {stage.name: [] for stage in stages}
    for report in reports:
        by_stage[report.stage].append(report)
    return [StageSummary(stage, by_stage[stage.name]) for stage in stages if by_stage[stage.name]]


def troubles(summaries: list[StageSummary]) -> list[Trouble]:
    """List what could not be read, what was killed, and last what was not handed in."""
    unreadable, killed = [], []
    missing: dict[tuple[str, str], list[str]] = {}  # stages by student and reason
    for summary in summaries:
        for report in summary.reports:
            if report.counted.excused:
                continue
            if has_no_file(report):
                missing.setdefault((report.student, nameless(report)), []).append(report.stage)
                continue
            own = report.student, [report.stage]
            if report.status == "unreadable":
                unreadable.append(Trouble(*own, "unreadable", [report.reason]))
                continue
            messages = [
                check.message
                for part in report.functions
                for check in part.checks
                if check.outcome == "killed"
            ]
            if messages:
                killed.append(Trouble(*own, "killed", list(dict.fromkeys(messages))))
    absent = [
        Trouble(student, stages, "no file", [named(reason, stages)])
        for (student, reason), stages in sorted(missing.items())
    ]
    return unreadable + killed + absent


def _kinds(report: Report) -> list[str]:
    points = "full" if report.points >= report.max_points else "part"
    if report.status == "unreadable":
        return [points, "unreadable"]
    outcomes = {check.outcome for part in report.functions for check in part.checks}
    return [points, *sorted(outcomes - {"passed"})]


def _cell(part: FunctionReport | None) -> Cell:
    if part is None:
        return Cell("", "todo")
    outcomes = {check.outcome for check in part.checks}
    mark = next((OUTCOMES[outcome].symbol for outcome in MARKED if outcome in outcomes), "")
    heat = "todo" if outcomes == {"not_implemented"} else f"h{_heat(part)}"
    return Cell(f"{mark} {points_text(part.points)}".strip(), heat)


def _heat(part: FunctionReport) -> int:
    """From 0, no points, to HEAT_STEPS + 1, all."""
    earned, whole = _hundredths(part.points), _hundredths(part.max_points)
    if earned >= whole:
        return HEAT_STEPS + 1
    return -(-HEAT_STEPS * earned // whole)


def _hundredths(points: float) -> int:
    return round(points * 100)
