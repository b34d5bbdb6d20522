"""From the points of the checks to those that count: one student's reports, settled together.

The steps have a fixed order: checks, written questions, lateness, override. Free late days are
spent in the order of the stages' deadlines, so all stages of a student are settled at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from autograder.report import Final, Report, Step, What
from autograder.reports.words import points_text
from autograder.rules.course_file import Course, Late
from autograder.rules.lateness import days_late, lost
from autograder.rules.words import counted, grace_time, price, when
from autograder.submission.exports import LATE_NOTE
from autograder.submission.names import normal

NOT_KNOWN = "No time of submission is known: counted as in time."
MARKED_LATE = (
    "Canvas marks it as late, but no time of submission is known: counted as in time, until "
    "somebody gives it."
)


@dataclass
class _FreeDays:
    """What is left of a student's free late days."""

    left: int

    def spend(self, days: int) -> int:
        """Take so many of them, as far as they go."""
        spent = min(days, self.left)
        self.left -= spent
        return spent


def settle(
    course: Course, reports: Sequence[Report], times: Mapping[str, datetime | None]
) -> list[Report]:
    """Apply the rules of a course to the reports of one student.

    Parameters
    ----------
    course : Course
        The rules.
    reports : sequence of Report
        One for each stage of the run.
    times : mapping of str to datetime or None
        Stage -> when the export says that it was handed in.

    Returns
    -------
    list of Report
        The same with `final`, in the same order. What an earlier settling gave does not count.
    """
    if not reports:
        return []
    by_stage = {report.stage: report for report in reports}
    student = reports[0].student
    free = _FreeDays(course.late.free_days if course.late else 0)
    finals: dict[str, Final] = {}
    for stage in _in_order_of_deadline(course, by_stage):
        time = submitted_at(course, student, stage, times.get(stage))
        if stage in by_stage:
            finals[stage] = _Account(course, by_stage[stage], time, free).final()
        elif time and not _is_decided(course, student, stage):  # graded in another run
            free.spend(_days_that_cost(course, _days(course, student, stage, time)))
    return [report.model_copy(update={"final": finals[report.stage]}) for report in reports]


def submitted_at(
    course: Course, student: str, stage: str, exported: datetime | None
) -> datetime | None:
    """Return when a student handed in: what course.toml says goes before what the export says."""
    moment = course.submitted.get(stage, {}).get(normal(student)) or exported
    if moment is None or (moment.tzinfo is None and course.zone is None):
        return None
    return course.aware(moment)


def _in_order_of_deadline(course: Course, by_stage: Mapping[str, Report]) -> list[str]:
    dated = sorted(course.deadlines, key=lambda stage: course.timestamp(course.deadlines[stage]))
    return [*dated, *(stage for stage in by_stage if stage not in course.deadlines)]


def _is_decided(course: Course, student: str, stage: str) -> bool:
    """Whether somebody has decided what counts, so that no free day is worth spending."""
    return course.is_excused(student, stage) or course.override_of(student, stage) is not None


def _days(course: Course, student: str, stage: str, time: datetime) -> int:
    deadline = course.deadline(student, stage)
    grace = course.late.grace_minutes if course.late else 0
    return days_late(time, deadline, grace) if deadline else 0


def _days_that_cost(course: Course, days: int) -> int:
    """Return the days for which free ones are worth spending: too late stays too late."""
    late = course.late
    too_late = late is None or (late.at_most_days is not None and days > late.at_most_days)
    return 0 if too_late else days


class _Account:
    """The points of one student and stage, step by step."""

    def __init__(self, course: Course, report: Report, time: datetime | None, free: _FreeDays):
        self._course, self._report, self._time, self._free = course, report, time, free
        self._marks = course.manual.get(report.stage, {}).get(normal(report.student), {})
        self._max = round(report.max_points + course.max_points(report.stage), 2)
        self._points = report.points
        self._steps: list[Step] = []
        self._days = self._free_days = 0

    def final(self) -> Final:
        """Take the steps."""
        if self._course.is_excused(self._report.student, self._report.stage):
            return Final(excused=True, points=None, max_points=self._max, submitted=self._submitted)
        self._mark()
        self._subtract()
        self._override()
        return Final(
            points=self._points,
            max_points=self._max,
            marks=dict(self._marks),
            steps=self._steps,
            submitted=self._submitted,
            days_late=self._days,
            free_days=self._free_days,
        )

    @property
    def _submitted(self) -> str:
        return self._time.isoformat() if self._time else ""

    def _take(self, what: What, points: float, reason: str) -> None:
        before, self._points = self._points, round(points, 2)
        self._steps.append(
            Step(what=what, points_before=before, points_after=self._points, reason=reason)
        )

    def _mark(self) -> None:
        questions, marks = self._course.questions.get(self._report.stage, {}), self._marks
        if not questions:
            return
        said = [
            f"{question}: {points_text(marks[question])} of {points_text(worth)}"
            if question in marks
            else f"{question}: not marked"
            for question, worth in questions.items()
        ]
        self._take("manual", self._points + sum(marks.values()), "; ".join(said) + ".")

    def _subtract(self) -> None:
        course, report = self._course, self._report
        deadline = course.deadline(report.student, report.stage)
        if deadline is None:
            return
        if self._time is None:
            marked = LATE_NOTE in report.notes
            self._take("late", self._points, MARKED_LATE if marked else NOT_KNOWN)
            return
        self._days = _days(course, report.student, report.stage, self._time)
        handed_in = when(self._time, deadline, self._extended)
        grace = grace_time(course.late)
        if not self._days:
            after = self._time.timestamp() > deadline.timestamp()
            covers = f" The {grace} covers it." if after else ""
            self._take("late", self._points, handed_in + covers)
        elif course.late is None:
            self._take("late", self._points, f"{handed_in} Being late costs nothing.")
        elif not _days_that_cost(course, self._days):
            most = counted(course.late.at_most_days or 0, "day") + (
                f" and the {grace}" if grace else ""
            )
            reason = f"{handed_in} After more than {most} there are no points."
            self._take("late", 0, reason)
        else:
            self._pay(course.late, handed_in)

    @property
    def _extended(self) -> bool:
        extensions = self._course.extensions.get(self._report.stage, {})
        return normal(self._report.student) in extensions

    def _pay(self, late: Late, handed_in: str) -> None:
        decided = _is_decided(self._course, self._report.student, self._report.stage)
        if self._points and not decided:  # else nothing to lose: no day is spent
            self._free_days = self._free.spend(self._days)
        days = self._days - self._free_days
        points = self._points - lost(late, days, self._points, self._max)
        spent = f", {self._free_days} of them free" if self._free_days else ""
        grace = grace_time(late)
        that = f"With the {grace}, that" if grace else "That"
        counts = f"{that} is {counted(self._days, 'day')}{spent}"
        self._take("late", points, f"{handed_in} {counts}; {price(late)}.")

    def _override(self) -> None:
        override = self._course.override_of(self._report.student, self._report.stage)
        if override:
            self._take("override", override.points, override.reason)
