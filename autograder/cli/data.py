"""Commands about the data sets."""

import json
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.shared import DatasetName, app, out, plain_table

data_app = typer.Typer(help="Data sets: what is here, fetch the full ones, check every byte.")
app.add_typer(data_app, name="data", no_args_is_help=True)


@data_app.command("list", epilog="Example: autograder data list --json")
def data_list(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the data sets: what is here, and where."""
    from autograder import datasets

    rows = datasets.status()
    if as_json:
        print(json.dumps([{**vars(row), "path": str(row.path)} for row in rows], indent=1))
        return
    table = plain_table("data set", "train / val / test", "state", "size", "where")
    for row in rows:
        name = f"{row.name}, full" if row.full else row.name
        sizes = " / ".join(f"{size:,}" for size in row.sizes)
        table.add_row(name, sizes, row.state, f"{row.size / 1e6:.1f} MB", str(row.path))
    out.print(table)


@data_app.command("fetch", epilog="Example: autograder data fetch fashion_mnist --from DIR")
def data_fetch(
    name: Annotated[DatasetName, typer.Argument(help="Data set.")],
    source: Annotated[
        str | None, typer.Option("--from", help="Folder or address to take the files from.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder to keep them in, not the user's cache.")
    ] = None,
) -> None:
    """Fetch a full data set, 70,000 images, and check every byte."""
    from autograder import datasets

    folder = datasets.fetch(name.value, source=source, to=to)
    out.print(f"{name.value} is complete in {folder}", markup=False, soft_wrap=True)


@data_app.command("verify", epilog="Example: autograder data verify")
def data_verify() -> None:
    """Check every byte of the data that are here; exit 1 if a file is damaged."""
    from autograder import datasets

    checks = datasets.verify()
    for found in checks:
        out.print(f"{'ok ' if found.ok else 'BAD'} {found.file}: {found.message}", markup=False)
    raise typer.Exit(0 if all(found.ok for found in checks) else 1)
