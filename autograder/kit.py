"""Where the kit is: the checkout that holds assignments/ and solutions/, or a bundle of it."""

import os
from pathlib import Path

from autograder.errors import UserError
from autograder.fingerprints import NAME as FINGERPRINTS

VARIABLE = "AUTOGRADER_KIT"


def find_kit(option: Path | None = None, bundle: bool = False) -> Path:
    """Find the folder of the kit.

    Parameters
    ----------
    option : Path, optional
        The folder named on the command line (``--kit``); it wins over all other places.
    bundle : bool
        Whether a student's bundle, which has fingerprints in place of solutions, will do.

    Returns
    -------
    Path
        The first of these that holds ``assignments/`` and ``solutions/``: `option`, the
        environment's ``AUTOGRADER_KIT``, the working folder or the nearest one above it, the
        checkout that this package is installed from.

    Raises
    ------
    UserError
        If none does, or if one that was named outright does not.
    """
    for origin, named in (("--kit", option), (VARIABLE, os.environ.get(VARIABLE))):
        if named:
            folder = Path(named).resolve()
            if not _is_kit(folder, bundle):
                raise UserError(
                    f"{origin} names {named}, which is no kit: expected a folder with "
                    f"assignments/ and solutions/ in it{_or_bundle(bundle)}."
                )
            return folder
    here = Path.cwd()
    checkout = Path(__file__).resolve().parent.parent
    for folder in (here, *here.parents, checkout):
        if _is_kit(folder, bundle):
            return folder
    raise UserError(
        "No kit was found: looked at --kit, at the environment's AUTOGRADER_KIT (neither is set), "
        f"from {here} upwards, and at {checkout}, for a folder with assignments/ and solutions/"
        f"{_or_bundle(bundle)}; "
        "name it with --kit DIR."
    )


def _is_kit(folder: Path, bundle: bool) -> bool:
    if bundle and any(folder.glob(f"assignments/*/{FINGERPRINTS}")):
        return True
    return (folder / "assignments").is_dir() and (folder / "solutions").is_dir()


def _or_bundle(bundle: bool) -> str:
    return ", or a student's bundle" if bundle else ""
