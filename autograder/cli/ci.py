"""The command for continuous integration."""

import contextlib
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.shared import FolderOption, KitOption, app, err, out


class Place(StrEnum):
    """Where a repository is checked."""

    github = "github"
    gitlab = "gitlab"
    gradescope = "gradescope"
    junit = "junit"


@app.command(epilog="Example: autograder ci linear_svm --format gitlab --out reports")
def ci(
    stage: Annotated[
        str | None, typer.Argument(help="Stage; by default each stage whose file is there.")
    ] = None,
    place: Annotated[
        Place | None,
        typer.Option("--format", help="For whom.", show_default="the place that this runs in"),
    ] = None,
    folder: FolderOption = Path(),
    reports: Annotated[Path, typer.Option("--out", help="Folder for the reports.")] = Path(
        "autograder-reports"
    ),
    kit: KitOption = None,
) -> None:
    """Check a clone, and tell CI; exit 0 only if all pass.

    The environment's AUTOGRADER_SECRET is the seed of hidden inputs.
    """
    from autograder.ci.annotations import annotations, unobeyed
    from autograder.ci.check import SECRET, check_clone
    from autograder.ci.places import place_of, root_of, tell_github, write_files
    from autograder.reports.terminal import show_checks

    target = place.value if place else place_of(os.environ)
    secret = os.environ.get(SECRET) or None
    with err.status("checking"):
        results = check_clone(folder, stage, kit, secret, root_of(os.environ))
    on_github = target == "github"
    with unobeyed() if on_github else contextlib.nullcontext():
        for result in results:
            show_checks(out, result.report, result.stage)
        for path in write_files(target, results, reports):
            out.print(f"{path} written", markup=False, soft_wrap=True)
    if on_github:
        tell_github(results, os.environ)
        out.file.write(annotations(results))
    raise typer.Exit(0 if all(result.report.complete for result in results) else 1)
