"""What stands behind `%autograder`: the words of the command line, for use in a notebook."""

import functools
import shlex
import sys
from pathlib import Path
from typing import Any

import typer
from IPython.core.error import UsageError

from autograder.cli.shared import FolderOption, KitOption, OnlyOption, StageArgument
from autograder.complaints import complaint

NAME = "%autograder"
INTERRUPTED = 130  # typer's own code

app = typer.Typer(
    help="Check your functions: the file beside the notebook, as it was last saved.",
    add_completion=False,
)


@app.command(epilog="Example: %autograder check svm_loss")
def check(
    stage: StageArgument = None,
    folder: FolderOption = Path(),
    only: OnlyOption = None,
    kit: KitOption = None,
) -> None:
    """Run the public checks on your own files, and show what they find."""
    _check(stage, folder, only, kit)


@app.command(epilog="Example: %autograder points svm_loss")
def points(
    stage: StageArgument = None,
    folder: FolderOption = Path(),
    only: OnlyOption = None,
    kit: KitOption = None,
) -> float:
    """Do as check does; the value of the cell is the points, which nbgrader takes."""
    return _check(stage, folder, only, kit)


def _check(stage: str | None, folder: Path, only: str | None, kit: Path | None) -> float:
    from autograder.checking import check_folder
    from autograder.magic.output import show

    results = check_folder(folder.expanduser(), stage, only, kit)
    show(results)
    return round(sum(result.report.points for result in results), 2)


@functools.cache
def command() -> Any:
    """Return the commands in the form that knows their options."""
    return typer.main.get_command(app)


def run(line: str) -> float | None:
    """Check your functions.

    ``%autograder check svm_loss`` checks one function, ``%autograder check linear_svm`` a stage:
    the file in the notebook's folder, as it was last saved, in a process of its own.

    ``%autograder points svm_loss`` shows the same, and its value is the points. In a cell that
    nbgrader grades, with as many points as the function has, they are the cell's. If there is
    nothing to check, the reason is shown and the value is 0.0.

    ``%autograder check --help`` lists the options.
    """
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        return _complain(f"A quotation mark is missing in {line!r}.", line.split())
    try:
        value = command()(words or ["--help"], prog_name=NAME, standalone_mode=False)
    except Exception as error:
        return _complain(complaint(error), words)
    if isinstance(value, int) and value == INTERRUPTED:
        raise UsageError("stopped.")
    return value if isinstance(value, float) else None


def _complain(message: str, words: list[str]) -> float:
    if words[:1] == ["points"]:  # an error would be no number; nbgrader wants one
        print(message, file=sys.stderr)
        return 0.0
    raise UsageError(message)
