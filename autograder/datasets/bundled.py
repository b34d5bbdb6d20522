"""The small data sets that come with the kit, in its folder data/."""

import hashlib
import io
import os
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from autograder.errors import UserError

VARIABLE = "AUTOGRADER_DATA"
MANIFEST = "checksums.toml"


def find_data(option: Path | str | None = None) -> Path:
    """Find the folder of the bundled data.

    Parameters
    ----------
    option : Path or str, optional
        The folder, if it is known; it wins over all other places.

    Returns
    -------
    Path
        The first of these that holds ``checksums.toml``: `option`, the environment's
        ``AUTOGRADER_DATA``, ``data/`` in the working folder or the nearest one above it, ``data/``
        of the checkout that this package is installed from.

    Raises
    ------
    UserError
        If none does, or if one that was named outright does not.
    """
    for origin, named in (("The argument", option), (VARIABLE, os.environ.get(VARIABLE))):
        if named:
            folder = Path(named).expanduser().resolve()
            if not (folder / MANIFEST).is_file():
                raise UserError(
                    f"{origin} names {named}, which is no data folder of the kit: expected "
                    f"{MANIFEST} in it."
                )
            return folder
    here = Path.cwd()
    checkout = Path(__file__).resolve().parents[2]
    for above in (here, *here.parents, checkout):
        if (above / "data" / MANIFEST).is_file():
            return above / "data"
    raise UserError(
        f"The bundled data were not found: looked for data/{MANIFEST} from {here} upwards and in "
        f"{checkout}; name the folder in the environment's {VARIABLE}, which is not set."
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read ``checksums.toml``: for each data set its file, seed, sizes and checksums."""
    try:
        return tomllib.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            f"{folder / MANIFEST} can't be read: {error}; {_restore(folder / MANIFEST)}."
        ) from error


def read_bundle(name: str, folder: Path) -> dict[str, np.ndarray]:
    """Read one bundle whole and check every byte of it.

    Parameters
    ----------
    name : str
        The data set.
    folder : Path
        The data folder.

    Returns
    -------
    dict of str to ndarray
        ``X_train``, ``y_train``, ``X_val``, ``y_val``, ``X_test``, ``y_test``.

    Raises
    ------
    UserError
        If the folder doesn't hold it, or if it isn't, byte for byte, what ``checksums.toml`` says.
    """
    manifest = read_manifest(folder)
    if name not in manifest:
        raise UserError(
            f"{folder} does not hold {name}: {MANIFEST} lists {', '.join(manifest) or 'nothing'}."
        )
    path, expected = folder / manifest[name]["file"], manifest[name]["sha256"]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror}; {_restore(path)}.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise UserError(
            f"{path} is damaged: its SHA-256 is {found[:12]}…, expected {expected[:12]}…; "
            f"{_restore(path)}; `autograder data verify` checks all data."
        )
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as bundle:
            return dict(bundle)
    except RuntimeError as error:  # zipfile's, when Python was built without liblzma
        raise UserError(
            f"{path} can't be unpacked: {error}; use a Python that has its lzma module."
        ) from error


def _restore(path: Path) -> str:
    return (
        f"restore it with `git checkout -- data/{path.name}` in the kit, or take it from a fresh "
        "copy of the student's bundle"
    )
