"""The command that hands points on."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.text import Text

from autograder.cli.shared import app, err, out, plain_table
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.export.gradebook import Written
    from autograder.export.request import Exported


class ExportTarget(StrEnum):
    """What points can be handed on to."""

    canvas = "canvas"
    moodle = "moodle"
    gradescope = "gradescope"
    nbgrader = "nbgrader"
    csv = "csv"
    nbgrader_csv = "nbgrader-csv"


@app.command(epilog="Example: autograder export results --to canvas --template gradebook.csv")
def export(
    results: Annotated[Path, typer.Argument(help="Folder that `autograder grade` has written.")],
    to: Annotated[ExportTarget, typer.Option(help="What takes the points.")],
    course: Annotated[
        Path | None,
        typer.Option(help="Folder of the nbgrader course.", show_default="here"),
    ] = None,
    database: Annotated[
        str | None, typer.Option("--db", help="Its gradebook, as in sqlite:///course/gradebook.db.")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(help="Canvas's gradebook or Moodle's grading worksheet, to be filled in."),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="Class list: a CSV with name, id, login or email.")
    ] = None,
    stage: Annotated[str | None, typer.Option(help="Stage.", show_default="all")] = None,
    column: Annotated[
        str | None, typer.Option(help="The template's column for the points.")
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("--out", help="File; for gradescope a folder.", show_default="stdout"),
    ] = None,
) -> None:
    """Hand points on: as a file that an LMS imports, or into an nbgrader gradebook."""
    of_gradebook = (course, database)
    of_files = (template, roster, stage, column, target)
    if any(of_files if to is ExportTarget.nbgrader else of_gradebook):
        raise UserError(
            "--course and --db are for --to nbgrader alone; --template, --roster, --stage, "
            "--column and --out are for the others."
        )
    if to is ExportTarget.nbgrader:
        _export_to_nbgrader(results, course, database)
    from autograder.export.systems import export_results

    exported = export_results(results, to.value, stage, template, roster, column)
    _write_exported(exported, target)
    raise typer.Exit(0 if exported.joined.complete else 1)


def _write_exported(exported: "Exported", target: Path | None) -> None:
    from autograder.files import write_whole
    from autograder.submission.names import shown

    if target is not None:
        for path, content in exported.files.items():
            write_whole(target / path, content)
    elif list(exported.files) == [""]:
        sys.stdout.write(exported.files[""])
        sys.stdout.flush()
    else:
        raise UserError("There is a file for each student: name a folder for them by --out.")
    joined = exported.joined
    lines = [f"{shown(student)} {why}" for student, why in joined.refused.items()]
    lines += [
        f"{shown(who)} was graded, but is not in the class list" for who in joined.not_in_list
    ]
    lines += [f"{who}: no submission was found" for who in joined.handed_in_nothing.values()]
    if lines:
        lines.append(f"{len(joined.places)} matched, {len(lines)} not")
    lines += [
        f"{shown(student)} is excused from {stage}: nothing was written there"
        for student, stage in exported.excused
    ]
    for line in lines:
        err.print(line, markup=False, soft_wrap=True)


def _export_to_nbgrader(results: Path, course: Path | None, database: str | None) -> NoReturn:
    from autograder.export.gradebook import course_database, write_points
    from autograder.export.results import read_results

    if course is not None and database is not None:
        raise UserError("--course and --db both name the gradebook: leave one out.")
    reports = read_results(results)
    written = write_points(reports, database or course_database(course or Path()))
    _show_written(written)
    raise typer.Exit(0 if written.complete else 1)


def _show_written(written: "Written") -> None:
    from autograder.reports.words import points_text

    if written.differences:
        table = plain_table("student", "stage", "cell", "nbgrader", "ours", "by hand")
        for student, stage, function, *points in written.differences:
            shown = ("–" if found is None else points_text(found) for found in points)
            table.add_row(*map(Text, (student, stage, function, *shown)))
        out.print(table)
    for said, missing in (
        ("graded, but not in the gradebook: nothing was written", written.not_in_gradebook),
        ("in the gradebook, but not in the results: left alone", written.not_in_results),
        ("handed in nothing", written.nowhere),
        ("excused: nothing was written", written.excused),
    ):
        for student, stage in missing:
            out.print(f"{student}, {stage}: {said}", markup=False, soft_wrap=True)
    out.print(f"{written.cells} cells have our points, {len(written.differences)} had others.")
