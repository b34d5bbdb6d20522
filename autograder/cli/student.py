"""Commands for who writes the functions."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.shared import (
    DatasetName,
    FolderOption,
    KitOption,
    OnlyOption,
    StageArgument,
    app,
    err,
    out,
    plain_table,
    progress_bar,
)

if TYPE_CHECKING:
    from rich.table import Table

    from autograder.checking import Checked
    from autograder.training import CodeErrors


@app.command(epilog="Example: autograder check linear_svm --only svm_loss")
def check(
    stage: StageArgument = None,
    folder: FolderOption = Path(),
    only: OnlyOption = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again at each save.")] = False,
    plots: Annotated[
        Path | None, typer.Option(help="Write pictures of wrong answers into this folder.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the reports into this file (-: stdout).")
    ] = None,
    kit: KitOption = None,
) -> None:
    """Run the public checks on your own files; exit 0 only if all pass."""
    to_stdout = json_file == Path("-")

    def keep(results: list["Checked"]) -> None:
        if plots:
            _save_pictures(results, plots)
        if json_file:
            _write_json(results, json_file)

    if watch:
        from autograder.watch.session import watch_folder

        console = err if to_stdout else out
        raise typer.Exit(0 if watch_folder(folder, stage, only, kit, console, keep) else 1)

    from autograder.checking import check_folder
    from autograder.reports.terminal import show_checks

    with err.status("checking"):
        results = check_folder(folder, stage, only, kit)
        keep(results)
    for result in results if not to_stdout else ():
        show_checks(out, result.report, result.stage)
    raise typer.Exit(0 if all(result.report.complete for result in results) else 1)


def _save_pictures(results: list["Checked"], folder: Path) -> None:
    from autograder.files import write_whole
    from autograder.reports.pictures import picture

    for result in results:
        for check, failure in result.failures.items():
            if drawn := picture(failure):
                write_whole(folder / f"{check.replace('::', '-')}.png", drawn.png)


def _write_json(results: list["Checked"], file: Path) -> None:
    from autograder.files import write_whole

    documents = [result.report.model_dump(mode="json", by_alias=True) for result in results]
    text = json.dumps(documents if len(documents) != 1 else documents[0], indent=1) + "\n"
    if file == Path("-"):
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_whole(file, text)


@app.command(epilog="Example: autograder train two_layer_net --plots plots")
def train(
    stage: Annotated[str, typer.Argument(help="Stage whose model is trained.")],
    data: Annotated[
        DatasetName | None,
        typer.Option(help="Data set, for stages on images.", show_default="mnist"),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Use the full set, fetched before.")] = False,
    plots: Annotated[Path | None, typer.Option(help="Write pictures into this folder.")] = None,
    own: Annotated[
        Path | None,
        typer.Option(
            "--dir",
            help="Train with your functions in this folder.",
            show_default="the kit's solution; in a student's bundle, this folder",
        ),
    ] = None,
    kit: KitOption = None,
) -> None:
    """Train a stage's model on real images, or on points; print its accuracy."""
    from autograder import datasets
    from autograder.expected import functions_to_train
    from autograder.kit import find_kit
    from autograder.stage import find_stage
    from autograder.training import GenerativeResult, save_plots, takes_images, train_stage

    folder = find_kit(kit, bundle=True)
    stage = find_stage(folder, stage).name
    with functions_to_train(folder, stage, own) as functions:
        images = None
        if data or takes_images(stage):
            images = datasets.load(data.value if data else DatasetName.mnist.value, full=full)
        with progress_bar(f"training {stage}") as progress:
            result = train_stage(stage, functions, images, progress, full=full)
    settings = ", ".join(f"{name} {value}" for name, value in result.settings.items())
    whose = f"{stage} on {result.data}, with {functions.__file__}"
    out.print(f"{whose}: {settings}", markup=False, soft_wrap=True)
    table = plain_table("", "training", "validation", "test")
    for row in result.rows:
        table.add_row(row.name, f"{row.train:.1%}", f"{row.validation:.1%}", f"{row.test:.1%}")
    out.print(table)
    if isinstance(result, GenerativeResult):
        out.print(_code_errors(result.errors))
    for path in save_plots(result, plots) if plots else ():
        out.print(str(path), markup=False, soft_wrap=True)


def _code_errors(errors: tuple["CodeErrors", ...]) -> "Table":
    table = plain_table("reconstruction error", "training", "validation", "test")
    for one in errors:
        for name, splits in (("autoencoder, code of", one.autoencoder), ("PCA,", one.pca)):
            table.add_row(f"{name} {one.latent_dims}", *(f"{error:.2f}" for error in splits))
    return table
