"""Plain CSV: one row for each student, one column of points for each stage."""

from autograder.export.people import Joined, Person
from autograder.export.request import Exported, Request
from autograder.export.sheets import Sheet
from autograder.reports.grades import inert
from autograder.reports.words import final_text, points_text

LISTED = ("name", "id", "login", "email")


def export(request: Request) -> Exported:
    """Write all students of the results, and with a class list all people of that, too."""
    roster = request.roster
    joined = Joined() if roster is None else request.join(roster)
    header = ["student", *(LISTED if roster is not None else ())]
    for stage in request.reports:
        header += [stage, f"{stage}_max"]
    sheet = Sheet(header)
    for student in request.students:
        place = joined.places.get(student)
        listed = [] if roster is None else _cells(Person() if place is None else roster[place])
        sheet.rows.append([inert(student), *listed, *_points(request, student)])
    absent = [] if roster is None else [roster[place] for place in joined.handed_in_nothing]
    sheet.rows += [["", *_cells(person), *_points(request, None)] for person in absent]
    return Exported({"": sheet.text()}, joined)


def _cells(person: Person) -> list[str]:
    return [inert(getattr(person, kind)) for kind in LISTED]


def _points(request: Request, student: str | None) -> list[str]:
    cells = []
    for stage, reports in request.reports.items():
        points = "" if student is None else final_text(reports[student].counted)
        cells += [points, points_text(request.max_points(stage))]
    return cells
