"""The commands: parse the call, run it, print what it gave.

Each imports what it needs when it runs, since `check` must start at once.
"""

from typing import Annotated

import typer

from autograder import __version__

# The order of the help:
# isort: off
from autograder.cli.shared import app, out
from autograder.cli import student, instructor, similar, challenge
from autograder.cli import ci, export, gradescope, author, data
# isort: on

__all__ = [
    "app",
    "author",
    "challenge",
    "ci",
    "data",
    "export",
    "gradescope",
    "instructor",
    "similar",
    "student",
]


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"nn-course-kit {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass
