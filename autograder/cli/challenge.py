"""Commands for who sets a challenge: divide images, show who is where."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.shared import KitOption, app, err, out, plain_table
from autograder.errors import UserError

challenge_app = typer.Typer(help="The challenge: divide images, show the leaderboard.")
app.add_typer(challenge_app, name="challenge", no_args_is_help=True)


@challenge_app.command(
    "split", epilog="Example: autograder challenge split photos/ --out divided --size 60 --colour"
)
def split(
    data: Annotated[
        Path, typer.Argument(help="Folder with a folder of images for each class, or .npz: X, y.")
    ],
    folder: Annotated[Path, typer.Option("--out", help="New folder for the parts.")],
    seed: Annotated[int | None, typer.Option(min=0, help="Of the division.")] = None,
    hidden: Annotated[float | None, typer.Option(help="Share that is hidden.")] = None,
    validation: Annotated[float | None, typer.Option(help="Share for validation.")] = None,
    size: Annotated[int | None, typer.Option(help="Height and width of the images.")] = None,
    colour: Annotated[
        bool | None, typer.Option("--colour/--grey", help="Keep colours or not.")
    ] = None,
    min_per_class: Annotated[int | None, typer.Option(help="Refuse classes with less.")] = None,
    kit: KitOption = None,
) -> None:
    """Divide labelled images into the students' part and the hidden one.

    What is not said here is as the challenge's stage.toml says.
    """
    from autograder.challenge.divide import divide
    from autograder.challenge.labelled import read_labelled
    from autograder.challenge.parts_file import write_parts
    from autograder.challenge.table import changed_images
    from autograder.kit import find_kit
    from autograder.stage import open_task

    task = open_task(find_kit(kit))
    assert task.challenge is not None
    settings = changed_images(
        task.challenge.images,
        size=size,
        colour=colour,
        validation=validation,
        hidden=hidden,
        seed=seed,
        min_per_class=min_per_class,
    )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is there already and not an empty folder: name a new one.")
    with err.status("reading images"):
        parts = divide(read_labelled(data, settings), settings, str(data))
        public, kept = write_parts(parts, folder)
    table = plain_table("class", "training", "validation", "hidden")
    for label, name in enumerate(parts.train.class_names):
        counts = (str((part.y == label).sum()) for part in parts.in_order)
        table.add_row(name, *counts)
    out.print(table)
    for remark in parts.remarks:
        out.print(remark, style="yellow", markup=False, soft_wrap=True)
    out.print(
        f"{public} is for students, {kept} for you alone.\n"
        f"Next: autograder release {task.name} --out bundle --data {folder}\n"
        f"then: autograder grade SUBMISSIONS --stage {task.name} --out results --data {folder}",
        markup=False,
        soft_wrap=True,
    )


@challenge_app.command(
    "leaderboard", epilog="Example: autograder challenge leaderboard results --out shown"
)
def leaderboard(
    results: Annotated[Path, typer.Argument(help="What `autograder grade` has written.")],
    folder: Annotated[Path, typer.Option("--out", help="Folder for the page, CSV and JSON.")],
    names: Annotated[
        bool, typer.Option("--names/--anonymous", help="Say who made a model, or not.")
    ] = False,
    kit: KitOption = None,
) -> None:
    """Write the leaderboard of finished results so that students may see it: without names."""
    from autograder.export.results import read_results
    from autograder.files import write_whole
    from autograder.kit import find_kit
    from autograder.reports.leaderboard import leaderboard_files
    from autograder.stage import read_stages

    reports = read_results(results)
    graded = {report.stage for report in reports}
    stages = [stage for stage in read_stages(find_kit(kit)) if stage.name in graded]
    files = leaderboard_files(reports, stages, anonymous=not names)
    if not files:
        raise UserError(f"{results} has no open task: grade one by --stage challenge.")
    for name, content in files.items():
        write_whole(folder / name, content)
        out.print(f"{folder / name} written", markup=False, soft_wrap=True)
