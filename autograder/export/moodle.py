"""Moodle: the assignment's grading worksheet filled in, or a CSV for the gradebook's import.

What Moodle writes and takes stands in its mod/assign/gradingtable.php,
mod/assign/feedback/offline/importgradeslib.php and grade/import/csv/classes/load_data.php.
"""

import re
from pathlib import Path

from autograder.errors import UserError
from autograder.export.people import Person
from autograder.export.request import Exported, Request
from autograder.export.roster import columns_of, people_of
from autograder.export.sheets import Sheet, number, quoted, read_sheet
from autograder.reports.grades import STARTS_FORMULA, inert
from autograder.reports.words import points_text

KEYS = ("ID number", "Username", "Email address")
NO_KEY = "has no id, login or email in the class list by which Moodle could find them"

_IDENTIFIER = re.compile(r"(?P<word>\D+)(?P<number>\d+)")


def export(request: Request) -> Exported:
    """Fill the worksheet in, or make a CSV of the class list.

    Raises
    ------
    UserError
        If there is neither worksheet nor class list, or the worksheet is none, is for another
        number of points, or there are several stages for it.
    """
    if request.template is not None:
        return _worksheet(request, request.template)
    if request.roster is not None:
        return _gradebook(request, request.roster)
    raise UserError(
        "Moodle finds students by its own ids: download the assignment's grading worksheet and "
        "name it by --template, or name a class list by --roster."
    )


# The worksheet: its headers are in the site's language, so columns are known by what they hold.


def _worksheet(request: Request, path: Path) -> Exported:
    stage = request.only_stage("Moodle's worksheet")
    sheet = read_sheet(path)
    identifier = _identifier(sheet, path)
    grade = _grade(sheet, path, request.column)
    _see_that_points_fit(request, stage, sheet, grade, path)
    people = _people(sheet, identifier, path)
    joined = request.join(people)
    for student, place in joined.places.items():
        points = request.reports[stage][student].counted.points
        if points is not None:
            sheet.rows[place][grade] = points_text(points)
    for row in sheet.rows:
        for column in range(identifier + 1, grade):  # name, email, status: Moodle reads none back
            row[column] = inert(row[column])
    return Exported({"": sheet.text()}, joined, request.excused())


def _identifier(sheet: Sheet, path: Path) -> int:
    for place in range(len(sheet.header)):
        found = [_IDENTIFIER.fullmatch(row[place].strip()) for row in sheet.rows]
        if all(found) and len({match["word"] for match in found if match}) == 1:
            return place
    raise UserError(
        f"{path} is no grading worksheet of Moodle: expected a column of “Participant 123” and the "
        f"like, but found {quoted(sheet.header)}."
    )


def _grade(sheet: Sheet, path: Path, wanted: str | None) -> int:
    """Find the column for the grade: the one before the maximum, which is the same in each row."""
    if wanted is not None:
        fitting = [n for n, header in enumerate(sheet.header) if header.strip() == wanted.strip()]
    else:
        fitting = [
            place - 1
            for place in range(1, len(sheet.header))
            if _is_maximum([row[place] for row in sheet.rows])
            and all(not row[place - 1] or number(row[place - 1]) is not None for row in sheet.rows)
        ]
    if len(fitting) != 1:
        raise UserError(
            f"{path} has {'several columns' if fitting else 'no column'} that can be the grade's: "
            f"choose by --column among {quoted(sheet.header)}."
        )
    return fitting[0]


def _is_maximum(cells: list[str]) -> bool:
    return len(set(cells)) == 1 and (number(cells[0]) or 0) > 0


def _see_that_points_fit(
    request: Request, stage: str, sheet: Sheet, grade: int, path: Path
) -> None:
    cells = [row[grade + 1] for row in sheet.rows] if grade + 1 < len(sheet.header) else [""]
    most = request.max_points(stage)
    if _is_maximum(cells) and number(cells[0]) != most:
        raise UserError(
            f"{path} is for {cells[0].strip()} points, but {stage} is worth {points_text(most)}: "
            "set that in Moodle and download the worksheet again."
        )


def _people(sheet: Sheet, identifier: int, path: Path) -> list[Person]:
    columns = {"name": identifier + 1} if identifier + 1 < len(sheet.header) else {}
    for place in range(identifier + 1, len(sheet.header)):
        if all("@" in row[place] for row in sheet.rows):
            columns.setdefault("email", place)
    columns |= {known: n for known, n in columns_of(sheet, path).items() if known != "number"}
    numbers = [_IDENTIFIER.sub(r"\g<number>", row[identifier].strip()) for row in sheet.rows]
    return [
        person.model_copy(update={"number": of})
        for person, of in zip(people_of(sheet.rows, columns), numbers, strict=True)
    ]


# The gradebook's import: an unknown person would end it, so only those with a key are in it.


def _gradebook(request: Request, roster: list[Person]) -> Exported:
    joined = request.join(roster)
    titles = [inert(request.titles[stage]) for stage in request.reports]
    sheet = Sheet(["Full name", *KEYS, *titles])
    for student, place in list(joined.places.items()):
        person = roster[place]
        keys = (person.id, person.login, person.email)
        if not any(key and not key.startswith(STARTS_FORMULA) for key in keys):
            joined.refused[student] = NO_KEY
            del joined.places[student]
            continue
        counted = [reports[student].counted.points for reports in request.reports.values()]
        points = ["" if count is None else points_text(count) for count in counted]
        sheet.rows.append([*map(inert, (person.name, *keys)), *points])
    return Exported({"": sheet.text()}, joined, request.excused())
