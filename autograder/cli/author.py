"""Commands for who writes the course and hands it out."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.shared import DataOption, KitOption, app, err, out

nbgrader_app = typer.Typer(help="A course for nbgrader, made of the kit's stages.")
app.add_typer(nbgrader_app, name="nbgrader", no_args_is_help=True)


@app.command(epilog="Example: autograder build --check")
def build(
    check_only: Annotated[
        bool, typer.Option("--check", help="Only compare; exit 1 if anything differs.")
    ] = False,
    kit: KitOption = None,
) -> None:
    """Regenerate starter/: stubs from solutions/, notebooks from assignments/."""
    from autograder.build import build, stale
    from autograder.kit import find_kit

    folder = find_kit(kit)
    paths = list(stale(folder)) if check_only else build(folder)
    for path in paths:
        shown = path.relative_to(folder)
        text = f"{shown} differs: run autograder build" if check_only else f"{shown} written"
        out.print(text, markup=False)
    if not paths:
        out.print("starter/ is up to date.")
    raise typer.Exit(1 if paths and check_only else 0)


@app.command(epilog="Example: autograder release linear_svm two_layer_net --out bundle --zip")
def release(
    stages: Annotated[list[str], typer.Argument(help="Stages, or 'all'.")],
    bundle: Annotated[Path, typer.Option("--out", help="New folder for the bundle.")],
    zipped: Annotated[bool, typer.Option("--zip", help="Write OUT.zip as well.")] = False,
    data: DataOption = None,
    kit: KitOption = None,
) -> None:
    """Write the student's bundle: stubs, handouts, data, fingerprints; no solution in it."""
    from autograder.kit import find_kit
    from autograder.release import release, zip_folder
    from autograder.stage import find_stage, read_stages

    folder = find_kit(kit)
    chosen = read_stages(folder) if stages == ["all"] else [find_stage(folder, s) for s in stages]
    with err.status("writing the bundle"):
        release(folder, chosen, bundle, data=data)
    out.print(f"{bundle} written", markup=False)
    if zipped:
        out.print(f"{zip_folder(bundle)} written", markup=False)


@nbgrader_app.command("init", epilog="Example: autograder nbgrader init course --stage linear_svm")
def nbgrader_init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The course's folder, new or not.")],
    stages: Annotated[
        list[str] | None,
        typer.Option("--stage", help="Stage to lay out; may be repeated.", show_default="all"),
    ] = None,
    course_id: Annotated[
        str | None, typer.Option(help="Name of the course.", show_default="DIR's name")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that you have edited, too.")
    ] = False,
    kit: KitOption = None,
) -> None:
    """Lay out a course that nbgrader works on: its configuration and source/."""
    from autograder.course import lay_out
    from autograder.kit import find_kit
    from autograder.stage import find_stage, read_stages

    home = find_kit(kit)
    chosen = [find_stage(home, name) for name in stages] if stages else read_stages(home)
    with err.status("laying out the course"):
        files = list(lay_out(home, chosen, folder, course_id or folder.resolve().name, force))
    for path, kept in files:
        said = "kept: it differs from the kit's, which --force would write" if kept else "written"
        out.print(f"{path} {said}", markup=False, soft_wrap=True)
    if not files:
        out.print(f"{folder} is up to date.", markup=False, soft_wrap=True)
    first = f"cd {folder} && nbgrader generate_assignment {chosen[0].name}"
    out.print(f"Next: {first}", markup=False, soft_wrap=True)
