"""Commands for Gradescope: make an assignment's zip, and what that runs there."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.instructor import Isolation
from autograder.cli.shared import KitOption, SecretOption, app, err, out, warn_without_secret

gradescope_app = typer.Typer(help="The kit as a Gradescope autograder.")
app.add_typer(gradescope_app, name="gradescope", no_args_is_help=True)


@gradescope_app.command(
    "zip", epilog="Example: autograder gradescope zip linear_svm --secret 'only you know this'"
)
def make_zip(
    stage: Annotated[str, typer.Argument(help="Stage that the assignment is for.")],
    target: Annotated[Path, typer.Option("--out", help="The zip.")] = Path("autograder.zip"),
    secret: SecretOption = None,
    isolation: Annotated[
        Isolation, typer.Option(help="How far submissions are kept from their grader.")
    ] = Isolation.strict,
    kit: KitOption = None,
) -> None:
    """Make the zip that an assignment takes; the solution is in it, so keep it to yourself."""
    from autograder.gradescope.package import write_zip
    from autograder.gradescope.settings import Settings
    from autograder.kit import find_kit
    from autograder.stage import find_stage

    home = find_kit(kit)
    chosen = find_stage(home, stage)
    settings = Settings(stage=chosen.name, isolation=isolation.value, secret=secret)
    with err.status("writing the zip"):
        write_zip(home, chosen, settings, target)
    worth = f"make the assignment worth {chosen.max_points:g} points"
    out.print(
        f"{target} written: {worth}, and upload it there. The solution is in it: keep it to "
        "yourself.",
        markup=False,
        soft_wrap=True,
    )
    if secret is None:
        warn_without_secret()
    if settings.isolation == "process":
        err.print(
            "--isolation process: student code can read the solutions and write its own points.",
            style="yellow",
            soft_wrap=True,
        )


@gradescope_app.command("run", epilog="Example: autograder gradescope run --root /autograder")
def run(
    root: Annotated[
        Path, typer.Option(help="Folder with source/, submission/ and results/.")
    ] = Path("/autograder"),
) -> None:
    """Grade the submission that is there and write results.json; run_autograder calls this."""
    from autograder.gradescope.upload import grade_upload

    report = grade_upload(root)
    out.print(f"{report.points:g} of {report.max_points:g} points")
