"""A CSV of times of submission, for exports that have none."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from autograder.errors import UserError
from autograder.export.sheets import quoted, read_sheet
from autograder.rules.stage_names import no_stage
from autograder.submission.names import normal, shown
from autograder.submission.times import moment_of

COLUMNS = ("student", "stage", "submitted")


class Row(NamedTuple):
    """When one student handed in one stage.

    Attributes
    ----------
    number : int
        Of the row, for messages; the header is row 1.
    student, stage : str
        Who and what.
    moment : datetime
        The time, with a zone if the row gives one.
    """

    number: int
    student: str
    stage: str
    moment: datetime


def read_times(path: Path, stages: Sequence[str]) -> list[Row]:
    """Read the times of submission.

    Parameters
    ----------
    path : Path
        The CSV.
    stages : sequence of str
        All stages of the kit: no other may be named.

    Raises
    ------
    UserError
        If it is no CSV with the columns student, stage, submitted, or a row has no such time or
        stage, or names a student and stage again.
    """
    sheet = read_sheet(path)
    header = [cell.strip().casefold() for cell in sheet.header]
    if not set(COLUMNS) <= set(header):
        raise UserError(
            f"{path} has the columns {quoted(sheet.header)}: expected {', '.join(COLUMNS)}."
        )
    columns = [header.index(column) for column in COLUMNS]
    rows = []
    times: dict[tuple[str, str], datetime] = {}
    for number, cells in enumerate(sheet.rows, 2):
        student, stage, text = (cells[column].strip() for column in columns)
        place = f"{path}, row {number}"
        if said := no_stage(stage, stages):
            raise UserError(f"{place}: {shown(stage) or 'an empty cell'} {said}.")
        moment = moment_of(text)
        if moment is None:
            raise UserError(
                f"{place}: expected a time as 2026-03-02T23:10:00+01:00, but found {shown(text)!r}."
            )
        if times.setdefault((stage, normal(student)), moment) != moment:
            raise UserError(f"{place}: {shown(student)} has two times for {stage}.")
        rows.append(Row(number, normal(student), stage, moment))
    return rows
