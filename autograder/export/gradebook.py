"""Write points into the gradebook of an nbgrader course, in place of those that nbgrader found.

What a cell shows in nbgrader's kernel is up to the student's own code, which runs in the same
process. So the points of `autograder grade` replace it; marks given by hand stay.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from autograder.authoring import tool
from autograder.errors import UserError
from autograder.report import Final, Report

SAME = 0.005  # points have two decimals


class Difference(NamedTuple):
    """A cell for which nbgrader has found other points.

    Attributes
    ----------
    student, stage, function : str
        The cell: it has the function's name, in the stage's notebook.
    theirs : float or None
        What nbgrader has found; None if it has not graded the cell.
    ours : float
        What was written in its place.
    by_hand : float or None
        The mark that was given by hand, which counts as before.
    """

    student: str
    stage: str
    function: str
    theirs: float | None
    ours: float
    by_hand: float | None


class Missing(NamedTuple):
    """A student and a stage without a submission in one place or in both."""

    student: str
    stage: str


@dataclass
class Written:
    """What was written, and what was not.

    Attributes
    ----------
    cells : int
        How many cells have our points now.
    differences : list of Difference
        Those of them that had others before.
    not_in_gradebook : list of Missing
        Graded by us, but nbgrader knows of no submission: nothing was written.
    not_in_results : list of Missing
        In the gradebook, but not graded by us: nbgrader's points still stand.
    nowhere : list of Missing
        Enrolled, and in neither.
    excused : list of Missing
        By the rules of the course; nbgrader has no mark for that: nothing was written.
    """

    cells: int = 0
    differences: list[Difference] = field(default_factory=list)
    not_in_gradebook: list[Missing] = field(default_factory=list)
    not_in_results: list[Missing] = field(default_factory=list)
    nowhere: list[Missing] = field(default_factory=list)
    excused: list[Missing] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether each submission has our points."""
        return not (self.not_in_gradebook or self.not_in_results)


def course_database(course: Path) -> str:
    """Return the address of a course's gradebook, as nbgrader itself finds it there."""
    if not course.is_dir():
        raise UserError(f"{course} is no folder: name the nbgrader course by --course.")
    app = tool("nbgrader.apps.baseapp").NbGrader(log_level="ERROR")
    app.initialize([], root=str(course.resolve()))
    return str(app.coursedir.db_url)


def write_points(reports: list[Report], database: str) -> Written:
    """Write the points of each function into its grade cell, all or none.

    Parameters
    ----------
    reports : list of Report
        Of a run over the course's ``submitted/``.
    database : str
        Address of the gradebook, such as ``sqlite:///gradebook.db``.

    Returns
    -------
    Written
        What was written, and which cells had other points.

    Raises
    ------
    UserError
        If there is no such gradebook, or a stage's cells in it are not those of the reports.
    """
    written = Written()
    with _opened(database) as book:
        for stage in dict.fromkeys(report.stage for report in reports):
            graded = {report.student: report for report in reports if report.stage == stage}
            _see_that_cells_fit(book, next(iter(graded.values())))
            _write_stage(book, stage, graded, written)
        book.db.commit()
    return written


@contextmanager
def _opened(database: str) -> Iterator[Any]:
    """Open a gradebook that is there; nbgrader would make one that is not."""
    api, sqlalchemy = tool("nbgrader.api"), tool("sqlalchemy")
    try:
        file = sqlalchemy.make_url(database)
        if file.drivername.startswith("sqlite") and not Path(file.database or "").is_file():
            raise UserError(
                f"There is no gradebook {file.database or 'in memory'}: run `nbgrader "
                "generate_assignment` first, or name the course by --course or --db."
            )
        with closing(api.Gradebook(database, course_id="")) as book:
            yield book
    except (sqlalchemy.exc.SQLAlchemyError, ImportError) as error:
        what = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise UserError(
            f"The gradebook can't be used ({what}): close what else uses it, run `nbgrader db "
            "upgrade` if it is of an older version, or name another one by --course or --db."
        ) from None


def _see_that_cells_fit(book: Any, report: Report) -> None:
    """Refuse a stage whose assignment has other cells or points than stage.toml."""
    stage = report.stage
    try:
        cells = book.find_notebook(stage, stage).grade_cells
    except tool("nbgrader.api").MissingEntry:
        raise UserError(
            f"The gradebook has no assignment {stage} with a notebook of that name: run "
            f"`nbgrader generate_assignment {stage}` in the course first."
        ) from None
    points = {cell.name: cell.max_score for cell in cells}
    for part in report.functions:
        if points.get(part.name) != part.max_points:
            found = f"{points[part.name]:g} points" if part.name in points else "no such cell"
            raise UserError(
                f"The results have {part.max_points:g} points for {part.name}, but {stage} in the "
                f"gradebook has {found}: make its source anew by `autograder nbgrader init`."
            )


def _write_stage(book: Any, stage: str, graded: dict[str, Report], written: Written) -> None:
    enrolled = {student.id for student in book.students}
    submitted = {one.student.id for one in book.assignment_submissions(stage)}
    excused = {student for student, report in graded.items() if report.counted.excused}
    for student in sorted((graded.keys() & submitted) - excused):
        _write_student(book, graded[student], written)
    for students, where in (
        (graded.keys() - submitted - excused, written.not_in_gradebook),
        (excused, written.excused),
        (submitted - graded.keys(), written.not_in_results),
        (enrolled - submitted - graded.keys(), written.nowhere),
    ):
        where += [Missing(student, stage) for student in sorted(students)]


def _write_student(book: Any, report: Report, written: Written) -> None:
    student, stage = report.student, report.stage
    notebook = book.find_submission_notebook(stage, stage, student)
    grades = {g.name: g for g in notebook.grades}
    if report.final:
        _write_final(notebook, grades, report.points, report.final)
    for part in report.functions:
        grade = grades[part.name]
        before, by_hand = grade.auto_score, grade.manual_score
        written.cells += 1
        if before is not None and abs(before - part.points) < SAME:
            continue
        written.differences.append(
            Difference(student, stage, part.name, before, part.points, by_hand)
        )
        grade.auto_score = part.points
        # As nbgrader's own autograding: a mark given by hand is to be looked at again.
        grade.needs_manual_grade = by_hand is not None


def _write_final(notebook: Any, grades: dict[str, Any], points: float, final: Final) -> None:
    """Write what the rules of the course give: marks into their cells, all else as the penalty.

    Marks that nbgrader alone knows are added to that, as before.
    """
    for question in final.marks.keys() & grades.keys():
        grades[question].manual_score = final.marks[question]
        grades[question].needs_manual_grade = False
        points += final.marks[question]
    notebook.late_submission_penalty = round(points - (final.points or 0), 2)
