"""What an export is made of, and what comes out of it."""

from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.export.people import Joined, Person, join
from autograder.report import Report


@dataclass(frozen=True)
class Request:
    """The points to hand on, and the files that tell to whom.

    Attributes
    ----------
    reports : dict of str to dict of str to Report
        Stage -> student -> report; the stages to export, each with every student.
    titles : dict of str to str
        Stage -> its title.
    students : dict of str to Person
        What is known of each student of the results.
    folders : dict of str to str
        Student -> a folder's name.
    template : Path or None
        The file that the LMS gave to be filled in.
    roster : list of Person or None
        The class list.
    column : str or None
        The template's column for the points.
    """

    reports: dict[str, dict[str, Report]]
    titles: dict[str, str]
    students: dict[str, Person]
    folders: dict[str, str]
    template: Path | None = None
    roster: list[Person] | None = None
    column: str | None = None

    def only_stage(self, what: str) -> str:
        """Return the stage, where there can be but one; a UserError if there are several."""
        if len(self.reports) > 1:
            names = ", ".join(self.reports)
            raise UserError(f"{what} is for one stage, but there are {names}: choose by --stage.")
        return next(iter(self.reports))

    def max_points(self, stage: str) -> float:
        """Return what a stage is worth."""
        return max(report.counted.max_points for report in self.reports[stage].values())

    def excused(self) -> list[tuple[str, str]]:
        """Return each student and stage from which they are excused."""
        return [
            (student, stage)
            for stage, reports in self.reports.items()
            for student, report in reports.items()
            if report.counted.excused
        ]

    def join(self, people: list[Person]) -> Joined:
        """Find the students among the people of a template, with what the roster knows of them."""
        if self.roster is None or people is self.roster:
            return join(self.students, people)
        by_roster = join(self.students, self.roster)
        known = {
            student: self._widened(student, by_roster)
            for student in self.students
            if student not in by_roster.refused
        }
        joined = join(known, people)
        joined.refused |= by_roster.refused
        return joined

    def _widened(self, student: str, by_roster: Joined) -> Person:
        known = self.students[student]
        if self.roster is None or student not in by_roster.places:
            return known
        listed = self.roster[by_roster.places[student]]
        return listed.model_copy(update={"number": listed.number or known.number})


@dataclass
class Exported:
    """What was made.

    Attributes
    ----------
    files : dict of str to str
        Path in the folder --out -> content; a path of "" is the file --out itself.
    joined : Joined
        Who was found in the class list, and who was not.
    excused : list of (str, str)
        Students and the stages from which they are excused, where the system has no mark for that.
    """

    files: dict[str, str]
    joined: Joined = field(default_factory=Joined)
    excused: list[tuple[str, str]] = field(default_factory=list)
