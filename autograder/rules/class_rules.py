"""The rules of a course, applied to a class while it is graded."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from autograder.report import Report
from autograder.rules.course_file import Course, read_course
from autograder.rules.settle import settle, submitted_at
from autograder.stage import Stage
from autograder.submission import Entry
from autograder.submission.names import listed, normal, shown


class ClassRules:
    """Settles reports as they come: a student's once all of them are there.

    Parameters
    ----------
    path : Path
        course.toml.
    course : Course
        What it says.
    stages : sequence of str
        The stages of the run.
    """

    def __init__(self, path: Path, course: Course, stages: Sequence[str]):
        self._path, self._course, self._stages = path, course, stages
        self._waiting: dict[str, list[Report]] = defaultdict(list)
        self._times: dict[str, dict[str, datetime | None]] = defaultdict(dict)
        self._unknown: Counter[str] = Counter()
        self._without_row: list[str] = []

    def absent(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return entries for students who have handed in nothing, and whom rules name.

        Raises
        ------
        UserError
            If a rule of these stages names somebody who is not known at all.
        """
        students = [entry.student for entry in entries]
        self._course.see_that_known(self._path, students, self._stages)
        present = set(map(normal, students))
        absent = [student for student in self._course.students if student not in present]
        ruled = set(self._course.with_rules(self._stages))
        self._without_row = [student for student in absent if student not in ruled]
        return [
            Entry(student, shown(student), reason=f"{shown(student)} has handed in nothing.")
            for student in absent
            if student in ruled
        ]

    def add(
        self, report: Report, submitted: datetime | None, done: Callable[[Report], None]
    ) -> None:
        """Take one report; `done` is called with each that is settled by that."""
        student, stage = report.student, report.stage
        self._times[student][stage] = submitted
        self._waiting[student].append(report)
        if len(self._waiting[student]) < len(self._stages):
            return
        times = self._times.pop(student)
        for settled in settle(self._course, self._waiting.pop(student), times):
            self._count(settled, times[settled.stage])
            done(settled)

    def remarks(self) -> list[str]:
        """Say what the instructor should know."""
        lines = [
            f"{stage}: {self._unknown[stage]} without a known time of submission, counted as in "
            f"time (give it in [submitted.{stage}] of {self._path})"
            for stage in self._stages
            if self._unknown[stage]
        ]
        if self._without_row:
            lines.append(f"no submission and so no row: {listed(self._without_row, most=60)}")
        others = [stage for stage in self._course.deadlines if stage not in self._stages]
        if self._course.late and self._course.late.free_days and others:
            lines.append(
                f"free late days of {', '.join(others)}, not in this run, are counted by the times "
                f"that {self._path} gives"
            )
        return lines

    def _count(self, report: Report, exported: datetime | None) -> None:
        course, stage = self._course, report.stage
        due = stage in course.deadlines and report.status == "graded"
        if due and not course.is_excused(report.student, stage):
            self._unknown[stage] += submitted_at(course, report.student, stage, exported) is None


def read_rules(path: Path, known: Sequence[Stage], stages: Sequence[Stage]) -> ClassRules:
    """Read course.toml for a run of some of the known stages."""
    return ClassRules(path, read_course(path, known), [stage.name for stage in stages])
