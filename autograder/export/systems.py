"""The systems that take points as files, and what each of them can be told."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from autograder.errors import UserError
from autograder.export import canvas, gradescope, moodle, nbgrader_csv, plain
from autograder.export.people import Person
from autograder.export.request import Exported, Request
from autograder.export.results import Run, read_results, read_run
from autograder.export.roster import read_roster


class System(NamedTuple):
    """How to export to a system, and whether it gives a file to be filled in."""

    export: Callable[[Request], Exported]
    has_template: bool


SYSTEMS = {
    "canvas": System(canvas.export, True),
    "moodle": System(moodle.export, True),
    "gradescope": System(gradescope.export, False),
    "csv": System(plain.export, False),
    "nbgrader-csv": System(nbgrader_csv.export, False),
}


def export_results(
    results: Path,
    to: str,
    stage: str | None = None,
    template: Path | None = None,
    roster: Path | None = None,
    column: str | None = None,
) -> Exported:
    """Make the files that a system takes of RESULTS.

    Parameters
    ----------
    results : Path
        The folder that `autograder grade` has written.
    to : str
        One of `SYSTEMS`.
    stage : str or None
        The stage to export; all of them if None.
    template : Path or None
        The file that the system gave to be filled in.
    roster : Path or None
        A class list as CSV.
    column : str or None
        The template's column for the points of the stage.

    Returns
    -------
    Exported
        The files, not written yet, and who was found.

    Raises
    ------
    UserError
        If something that was named is not what it should be.
    """
    system = SYSTEMS[to]
    if template is not None and not system.has_template:
        raise UserError(f"--to {to} fills no file in: leave --template out.")
    if column is not None and template is None:
        raise UserError("--column is a column of the file named by --template: name that, too.")
    run = read_run(results)
    if stage is not None and stage not in run.stages:
        raise UserError(f"{results} has no stage {stage}: it has {', '.join(run.stages)}.")
    stages = [stage] if stage else run.stages
    if column is not None and len(stages) > 1:
        raise UserError(f"--column is for one stage of {', '.join(stages)}: choose by --stage.")
    reports = read_results(results)
    return system.export(
        Request(
            reports={name: {r.student: r for r in reports if r.stage == name} for name in stages},
            titles={name: run.titles.get(name, name) for name in stages},
            students={student: _known(run, student) for student in run.students},
            folders=run.students,
            template=template,
            roster=None if roster is None else read_roster(roster),
            column=column,
        )
    )


def _known(run: Run, student: str) -> Person:
    """Return what a name in the results may be: it is not known which of these it is."""
    number = run.lms_ids.get(student, "")
    return Person(number=number, id=student, login=student, email=student, name=student)
