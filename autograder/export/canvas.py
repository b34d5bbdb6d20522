"""Canvas's gradebook as CSV: the instructor's own export filled in, or one made of a class list.

What Canvas takes stands in its lib/gradebook_importer.rb.
"""

import re
from pathlib import Path
from typing import NamedTuple

from autograder.errors import UserError
from autograder.export.people import Person
from autograder.export.request import Exported, Request
from autograder.export.roster import people_of
from autograder.export.sheets import Sheet, number, quoted, read_sheet
from autograder.reports.grades import inert
from autograder.reports.words import final_text, points_text
from autograder.submission.names import folded

STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
KNOWN_AS = {"Student": "name", "LastName": "last", "FirstName": "first"} | {
    "ID": "number",
    "SIS User ID": "id",
    "SIS Login ID": "login",
}
TEST_STUDENT = "Student, Test"  # what Canvas calls the one of the instructor's student view

_TOTALS = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|"
    "Override Score|Override Grade|Override Status"
)
_POSTING = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_WITH_ID = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)


class _Gradebook(NamedTuple):
    """A gradebook, its rows told apart."""

    title: str
    sheet: Sheet
    points_possible: list[str]
    rows: list[list[str]]
    people: list[Person]


def export(request: Request) -> Exported:
    """Write the points into the column of each stage; other cells stay as they are.

    Raises
    ------
    UserError
        If there is neither template nor class list, or the template is no gradebook with one column
        for each stage that is worth as many points.
    """
    if request.template is not None:
        book = _read(request.template)
        columns = {stage: _column(book, request, stage) for stage in request.reports}
    elif request.roster is not None:
        book = _made(request, request.roster)
        columns = {stage: len(STUDENT) + n for n, stage in enumerate(request.reports)}
    else:
        raise UserError(
            "Canvas finds students by its own ids: export its gradebook and name it by --template, "
            "or name a class list by --roster."
        )
    joined = request.join(book.people)
    for student, place in joined.places.items():
        for stage, column in columns.items():
            book.rows[place][column] = final_text(request.reports[stage][student].counted)
    if request.template is None:
        filled = {id(book.rows[place]) for place in joined.places.values()}
        book.sheet.rows = [book.points_possible, *(r for r in book.rows if id(r) in filled)]
    return Exported({"": book.sheet.text()}, joined)


def _read(path: Path) -> _Gradebook:
    sheet = read_sheet(path)
    header = [cell.strip() for cell in sheet.header]
    names = header[:2] == ["LastName", "FirstName"]
    if "Section" not in header or not (names or header[:2] == list(STUDENT[:2])):
        raise UserError(
            f"{path} is no gradebook of Canvas: expected the columns “Student”, “ID” … “Section”, "
            f"but found {quoted(sheet.header[:5])}."
        )
    columns = {known: header.index(cell) for cell, known in KNOWN_AS.items() if cell in header}
    points_possible: list[str] = [""] * len(header)
    rows = []
    for row in sheet.rows:
        if "Points Possible" in row[0]:
            points_possible = row
        elif not all(_POSTING.fullmatch(cell) for cell in row) and row[0] != TEST_STUDENT:
            rows.append(row)
    people = people_of(rows, columns)
    for row in rows:
        for place in range(columns["number"]):
            row[place] = inert(row[place])
    return _Gradebook(str(path), sheet, points_possible, rows, people)


def _made(request: Request, roster: list[Person]) -> _Gradebook:
    titles = [request.titles[stage] for stage in request.reports]
    most = [points_text(request.max_points(stage)) for stage in request.reports]
    points_possible = ["    Points Possible", "", "", "", "", *most]
    rows = [
        [*map(inert, (person.name, person.number, person.id, person.login or person.email)), ""]
        + [""] * len(titles)
        for person in roster
    ]
    sheet = Sheet([*STUDENT, *map(inert, titles)])
    return _Gradebook("the class list", sheet, points_possible, rows, roster)


def _column(book: _Gradebook, request: Request, stage: str) -> int:
    header = book.sheet.header
    first = [cell.strip() for cell in header].index("Section") + 1
    columns = [n for n in range(first, len(header)) if not _TOTALS.search(header[n])]
    wanted = [request.column] if request.column else [stage, request.titles[stage]]
    keys = {folded(text.strip()) for text in wanted}
    fitting = [n for n in columns if keys & _called(header[n], with_id=bool(request.column))]
    if len(fitting) != 1:
        found = "several columns" if fitting else "no column"
        raise UserError(
            f"{book.title} has {found} for {quoted(wanted)}: choose by --stage and --column among "
            f"{quoted([header[n] for n in fitting or columns]) or 'none'}."
        )
    _see_that_points_fit(book, request, stage, fitting[0])
    return fitting[0]


def _called(header: str, with_id: bool) -> set[str]:
    found = _WITH_ID.fullmatch(header.strip())
    texts = [header.strip(), *([found["title"].strip()] if found else [])]
    return {folded(text) for text in texts} | ({found["id"]} if found and with_id else set())


def _see_that_points_fit(book: _Gradebook, request: Request, stage: str, column: int) -> None:
    possible, title = book.points_possible[column], quoted([book.sheet.header[column]])
    if "read only" in possible:
        raise UserError(f"{title} in {book.title} is read only: Canvas would not take the points.")
    most = request.max_points(stage)
    if number(possible) not in (None, most):
        raise UserError(
            f"{title} in {book.title} is worth {possible.strip()} points, but {stage} is worth "
            f"{points_text(most)}: set that in Canvas and export the gradebook again."
        )
