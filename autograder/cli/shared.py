"""What the commands share: the program, its consoles, options, tables and progress bars."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.stage import Stage
    from autograder.submission import Entry

app = typer.Typer(
    help="Check, grade and train the assignments of the neural-network course kit.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

out = Console(highlight=False)
err = Console(highlight=False, stderr=True)

KitOption = Annotated[
    Path | None,
    typer.Option("--kit", help="Folder with assignments/ and solutions/.", show_default=False),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Images of the challenge: what `challenge split` has written, or what it takes.",
        show_default="as stage.toml says",
    ),
]
StageArgument = Annotated[
    str | None,
    typer.Argument(help="Stage, or function; by default each stage whose file is there."),
]
StagesOption = Annotated[
    list[str],
    typer.Option("--stage", help="Stage, again for more; or 'all' for each that is found."),
]
FolderOption = Annotated[Path, typer.Option("--dir", help="Folder with your files.")]
OnlyOption = Annotated[str | None, typer.Option(help="Check this function alone.")]


def _seed(secret: str | None) -> str | None:
    if secret == "":  # as of a variable that is not set
        raise UserError(
            "--secret is empty: give it your seed, or leave it out to judge on the public inputs."
        )
    return secret


SecretOption = Annotated[
    str | None,
    typer.Option(
        envvar="AUTOGRADER_SECRET",
        help="Your seed, for inputs that no student has seen.",
        callback=_seed,
    ),
]


def warn_without_secret() -> None:
    """Say what grading on public inputs is worth."""
    err.print(
        "No --secret: graded on the public inputs alone, whose answers can be written in.",
        style="yellow",
        soft_wrap=True,
    )


class DatasetName(StrEnum):
    """The data sets of the course."""

    mnist = "mnist"
    fashion_mnist = "fashion_mnist"


def plain_table(*columns: str) -> Table:
    """Make a table without lines."""
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error, if that is a terminal; it is told (done, total)."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def refuse_inside(folder: Path, submissions: Path) -> None:
    """Refuse to write where it would be read as a submission."""
    if folder.resolve().is_relative_to(submissions.resolve()):
        raise UserError(
            f"--out {folder} lies inside {submissions}, where it would be taken for a submission: "
            "name a folder elsewhere."
        )


def chosen_stages(
    kit: Path, entries: "list[Entry]", names: list[str], submissions: Path
) -> "list[Stage]":
    """Return the stages of these names in order; of "all", those for which any entry has a file."""
    from autograder.stage import find_stage, read_stages
    from autograder.submission import stages_in

    known = read_stages(kit)
    if "all" not in names:
        chosen = [find_stage(kit, name).name for name in names]
        return [stage for stage in known if stage.name in chosen]
    found = stages_in(entries, [stage.name for stage in known])
    if not found:
        files = ", ".join(f"{stage.name}.py" for stage in known)
        raise UserError(f"No submission in {submissions} holds a stage's file: {files}.")
    return [stage for stage in known if stage.name in found]
