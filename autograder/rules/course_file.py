"""course.toml: the rules of a course as plain data. docs/course-rules.md describes each key."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)

from autograder.errors import UserError
from autograder.rules.stage_names import ALL, StageName, StageOrAll
from autograder.rules.time_table import Row, read_times
from autograder.stage import Stage
from autograder.submission.names import listed, normal
from autograder.toml_file import List, Table, read_toml


def _moment(value: Any) -> Any:
    if not isinstance(value, datetime):
        raise ValueError("should be a date and a time without quotes, as 2026-03-02T23:59:00")
    if not 2000 <= value.year < 3000:
        raise ValueError("should be in this millennium")
    return value


def _two_decimals(points: float) -> float:
    if round(points, 2) != points:
        raise ValueError("should have at most two decimals")
    return points


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValueError("should say why, for the student")
    return reason


Moment = Annotated[datetime, BeforeValidator(_moment)]
Student = Annotated[str, AfterValidator(normal)]
Points = Annotated[float, Field(ge=0, allow_inf_nan=False), AfterValidator(_two_decimals)]
Worth = Annotated[Points, Field(gt=0)]


class Late(Table):
    """What it costs to be late; a day that has begun counts whole.

    Attributes
    ----------
    percent_per_day, points_per_day : float, optional
        What a day costs: one of the two.
    of : str, optional
        What the percent are of: the stage's "maximum", or what was "earned" before this step.
    grace_minutes : float
        The deadline, and each day after it, ends so much later.
    free_days : int
        Days that each student may be late without a cost, over all stages.
    at_most_days : int, optional
        Who is more days late gets 0 points.
    at_most_lost : float, optional
        No more than this is lost, in percent or points as the days are.
    """

    percent_per_day: Annotated[float, Field(gt=0, le=100)] | None = None
    points_per_day: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    of: Literal["maximum", "earned"] | None = None
    grace_minutes: Annotated[float, Field(ge=0, le=7 * 24 * 60)] = 0
    free_days: Annotated[int, Field(ge=0)] = 0
    at_most_days: Annotated[int, Field(ge=0)] | None = None
    at_most_lost: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "Late":
        per_day = (self.percent_per_day, self.points_per_day)
        if None not in per_day:
            raise ValueError("has percent_per_day and points_per_day: leave one out")
        if self.of is not None and per_day == (None, None):
            raise ValueError("`of` has no percent_per_day: give it, or leave `of` out")
        if per_day == (None, None) and self.at_most_days is None:
            raise ValueError("has no percent_per_day, points_per_day or at_most_days: give one")
        if (self.percent_per_day is None) != (self.of is None):
            raise ValueError(
                'percent_per_day takes `of = "maximum"` or `of = "earned"`, and points take none'
            )
        if self.at_most_lost is not None and per_day == (None, None):
            raise ValueError("at_most_lost has no percent_per_day or points_per_day to limit")
        return self


class Override(Table):
    """Points that stand whatever else was found.

    Attributes
    ----------
    points : float
        What counts.
    reason : str
        Why, for the student.
    """

    points: Points
    reason: Annotated[str, AfterValidator(_said)]


class _Named(NamedTuple):
    """A place in the file that names a student."""

    key: str
    stage: str
    student: str


class Course(Table):
    """What course.toml says of a course; in each table, the stage stands before the student.

    Attributes
    ----------
    timezone : str
        Of all times that have no offset of their own.
    students : tuple of str
        Who may be named here without having handed in anything.
    times : str
        A CSV of times of submission, beside the file.
    deadlines, extensions, submitted : dict
        Times, by stage and (but for deadlines) by student.
    late : Late, optional
        Without it, being late costs nothing.
    excused : dict
        Stage, or "all" -> students.
    questions : dict
        Stage -> written question -> points.
    manual : dict
        Stage -> student -> written question -> points given by hand.
    override : dict
        Stage -> student -> points and a reason.
    """

    timezone: str = ""
    students: List[Student] = ()
    times: str = ""
    deadlines: Mapping[StageName, Moment] = {}
    extensions: Mapping[StageName, Mapping[Student, Moment]] = {}
    submitted: Mapping[StageName, Mapping[Student, Moment]] = {}
    late: Late | None = None
    excused: Mapping[StageOrAll, List[Student]] = {}
    questions: Mapping[StageName, Mapping[str, Worth]] = {}
    manual: Mapping[StageName, Mapping[Student, Mapping[str, Points]]] = {}
    override: Mapping[StageName, Mapping[Student, Override]] = {}
    _rows: Mapping[tuple[str, str], str] = PrivateAttr(default_factory=dict)  # of times used

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            if name:
                ZoneInfo(name)
        except (ValueError, KeyError, OSError):
            raise ValueError("should be a time zone, as Europe/Vienna") from None
        return name

    @model_validator(mode="after")
    def _times_are_plain(self) -> "Course":
        for stage, deadline in self.deadlines.items():
            self._see_that_plain(f"deadlines.{stage}", deadline)
        for name, table in (("extensions", self.extensions), ("submitted", self.submitted)):
            for stage, times in table.items():
                for student, time in times.items():
                    self._see_that_plain(f"{name}.{stage}.{student}", time)
        for stage, times in self.extensions.items():
            for student, time in times.items():
                if stage not in self.deadlines:
                    raise ValueError(f"extensions.{stage}: has no deadline in [deadlines]")
                if self.timestamp(time) < self.timestamp(self.deadlines[stage]):
                    raise ValueError(
                        f"extensions.{stage}.{student}: should not be before the deadline, "
                        f"found {time}"
                    )
        return self

    @model_validator(mode="after")
    def _marks_fit(self) -> "Course":
        for stage, by_student in self.manual.items():
            worth = self.questions.get(stage, {})
            for student, marks in by_student.items():
                for question, points in marks.items():
                    key = f"manual.{stage}.{student}.{question}"
                    if question not in worth:
                        raise ValueError(f"{key}: is no question of [questions.{stage}]")
                    if points > worth[question]:
                        raise ValueError(
                            f"{key}: should be at most {worth[question]:g}, found {points:g} "
                            "(an override may give more)"
                        )
        for stage, overrides in self.override.items():
            for student in overrides:
                if self.is_excused(student, stage):
                    raise ValueError(
                        f"override.{stage}.{student}: is excused as well: leave one out"
                    )
        return self

    @cached_property
    def zone(self) -> tzinfo | None:
        """The course's time zone, if it has one."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def aware(self, moment: datetime) -> datetime:
        """Return a time with its zone: its own offset, told in the course's zone."""
        if moment.tzinfo is None:
            return moment.replace(tzinfo=self.zone)
        return moment.astimezone(self.zone) if self.zone else moment

    def timestamp(self, moment: datetime) -> float:
        """Return a time as it can be compared: within one zone, Python compares clocks."""
        return self.aware(moment).timestamp()

    def deadline(self, student: str, stage: str) -> datetime | None:
        """Return until when a student has time; None if there is no deadline."""
        moment = self.extensions.get(stage, {}).get(normal(student)) or self.deadlines.get(stage)
        return None if moment is None else self.aware(moment)

    def is_excused(self, student: str, stage: str) -> bool:
        """Whether a student need not hand in a stage."""
        return any(normal(student) in self.excused.get(name, ()) for name in (stage, ALL))

    def override_of(self, student: str, stage: str) -> Override | None:
        """Return the points that stand whatever else was found, if somebody gave any."""
        return self.override.get(stage, {}).get(normal(student))

    def max_points(self, stage: str) -> float:
        """Return what the written questions of a stage are worth."""
        return round(sum(self.questions.get(stage, {}).values()), 2)

    def with_rules(self, stages: Sequence[str]) -> list[str]:
        """Return the students of `students` who get a row whether or not they handed in."""
        tables = ("excused", "manual", "override")
        named = {n.student for n in self._named(tables) if n.stage in (*stages, ALL)}
        return [student for student in self.students if student in named]

    def see_that_known(self, path: Path, students: Sequence[str], stages: Sequence[str]) -> None:
        """Refuse rules of these stages for students who are in neither list.

        Parameters
        ----------
        path : Path
            The file, for the message.
        students : sequence of str
            Who has handed in.
        stages : sequence of str
            The stages of this run; what is said of others is for another run.
        """
        known = {normal(student) for student in students} | set(self.students)
        tables = ("extensions", "submitted", "excused", "manual", "override")
        stages = (*stages, ALL)
        strange = [n for n in self._named(tables) if n.stage in stages and n.student not in known]
        if strange:
            raise UserError(
                f"{path}: {listed(f'{n.key} ({n.student})' for n in strange)}: nobody of that name "
                "has handed in. Mend the name, or add it to `students`, the list of those who may "
                "have handed in nothing."
            )

    def _named(self, tables: Sequence[str]) -> Iterator[_Named]:
        for table in tables:
            by_stage: Mapping[str, Any] = getattr(self, table)
            for stage, students in by_stage.items():
                for student in students:
                    row = self._rows.get((stage, student)) if table == "submitted" else None
                    yield _Named(row or f"{table}.{stage}", stage, student)

    def with_times(self, table: Path, rows: Sequence[Row]) -> "Course":
        """Add the times of a CSV; what the file itself says goes before them."""
        submitted = {stage: dict(times) for stage, times in self.submitted.items()}
        used = {}
        for row in rows:
            if said := self.unclear(row.moment):
                raise UserError(f"{table}, row {row.number}: {said}.")
            times = submitted.setdefault(row.stage, {})
            if row.student not in times:
                times[row.student] = row.moment
                used[row.stage, row.student] = f"{table.name}, row {row.number}"
        course = self.model_copy(update={"submitted": submitted})
        course._rows = used
        return course

    def unclear(self, moment: datetime) -> str:
        """Say why a time is no moment; nothing if it is one."""
        if moment.tzinfo is None and not self.timezone:
            return (
                "has no time zone: give `timezone` (as Europe/Vienna) in course.toml, or an offset "
                f"with the time, found {moment}"
            )
        local = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            return ""
        return (
            f"{moment.replace(tzinfo=None)} comes twice or not at all in {local.tzinfo}, where the "
            "clocks are changed then: give it with its offset"
        )

    def _see_that_plain(self, key: str, moment: datetime) -> None:
        if said := self.unclear(moment):
            raise ValueError(f"{key}: {said}")


def read_course(path: Path, stages: Sequence[Stage]) -> Course:
    """Read course.toml; a mistake in it is a UserError that names the key.

    Parameters
    ----------
    path : Path
        The file.
    stages : sequence of Stage
        All stages of the kit: no other may be named.
    """
    names = [stage.name for stage in stages]
    course = read_toml(path, Course, {"stages": names})
    if not course.times:
        return course
    table = path.parent / course.times
    return course.with_times(table, read_times(table, names))
