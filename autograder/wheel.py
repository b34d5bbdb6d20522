"""Build the wheel of this package, which is the student's side as it stands."""

from pathlib import Path

from autograder.authoring import tool
from autograder.errors import UserError


def build_wheel(out: Path) -> Path:
    """Build the wheel into a folder, by PEP 517, from the checkout that this package runs from.

    The fingerprints beside it are this package's, too, so both are of one version. Nothing is
    fetched: what the build needs is in the extra `notebooks`.

    Returns
    -------
    Path
        The wheel.

    Raises
    ------
    UserError
        If there is no checkout, or the build lacks something or fails.
    """
    checkout = Path(__file__).resolve().parents[1]
    if not (checkout / "pyproject.toml").is_file():
        raise UserError(
            "The bundle holds the package's wheel, which is built from a checkout of the kit: "
            "install that with pip install -e '.[notebooks]' and run the command again."
        )
    build = tool("build")
    quiet = tool("pyproject_hooks").quiet_subprocess_runner
    builder = build.ProjectBuilder(checkout, runner=quiet)
    if missing := builder.check_dependencies("wheel"):
        needed = ", ".join(sorted(chain[-1] for chain in missing))
        raise UserError(
            f"The wheel needs {needed} to be built: pip install 'nn-course-kit[notebooks]'."
        )
    try:
        return Path(builder.build("wheel", out))
    except build.BuildBackendException as error:
        raise UserError(f"The wheel of {checkout} can't be built: {error}.") from None
