"""A CSV of times of submission, for exports that have none."""

from datetime import datetime
from pathlib import Path

from autograder.errors import UserError
from autograder.export.sheets import quoted, read_sheet
from autograder.submission.names import normal, shown
from autograder.submission.times import moment_of

COLUMNS = ("student", "stage", "submitted")


def read_times(path: Path) -> dict[str, dict[str, datetime]]:
    """Read stage -> student -> time of submission.

    Raises
    ------
    UserError
        If it is no CSV with the columns student, stage, submitted, or a row has no such time, or
        names a student and stage again.
    """
    sheet = read_sheet(path)
    header = [cell.strip().casefold() for cell in sheet.header]
    if not set(COLUMNS) <= set(header):
        raise UserError(
            f"{path} has the columns {quoted(sheet.header)}: expected {', '.join(COLUMNS)}."
        )
    places = [header.index(column) for column in COLUMNS]
    times: dict[str, dict[str, datetime]] = {}
    for number, row in enumerate(sheet.rows, 2):
        student, stage, text = (row[place].strip() for place in places)
        moment = moment_of(text)
        if moment is None:
            raise UserError(
                f"{path}, row {number}: expected a time as 2026-03-02T23:10:00+01:00, but found "
                f"{shown(text)!r}."
            )
        if times.setdefault(stage, {}).setdefault(normal(student), moment) != moment:
            raise UserError(f"{path}, row {number}: {shown(student)} has two times for {stage}.")
    return times
