"""Which data are here, and whether they are intact: `autograder data list` and `verify`."""

from dataclasses import dataclass
from pathlib import Path

from autograder.datasets.bundled import find_data, read_bundle, read_manifest
from autograder.datasets.catalog import SOURCES
from autograder.datasets.full import FULL_SIZES, check_file, full_folder
from autograder.errors import UserError


@dataclass(frozen=True)
class Row:
    """One line of `autograder data list`.

    Attributes
    ----------
    name : str
        The data set.
    full : bool
        Whether this is the full set, or the bundled part of it.
    sizes : tuple of int
        Examples for training, validation and test.
    state : str
        ``here``, ``incomplete`` (some of the files) or ``not here``.
    path : Path
        The file of a bundle, the folder of a full set.
    size : int
        The bytes that are there.
    """

    name: str
    full: bool
    sizes: tuple[int, int, int]
    state: str
    path: Path
    size: int


@dataclass(frozen=True)
class Check:
    """What `verify` found out about one file; the message says what to do if it isn't intact."""

    file: Path
    ok: bool
    message: str


def status(data: Path | str | None = None, cache: Path | str | None = None) -> list[Row]:
    """List the bundles and the full sets, without reading them.

    Parameters
    ----------
    data, cache : Path or str, optional
        The data folder and the cache folder, as in `autograder.datasets.load`.

    Returns
    -------
    list of Row
    """
    folder = find_data(data)
    rows = []
    for name, entry in read_manifest(folder).items():
        path = folder / entry["file"]
        rows.append(_row(name, False, tuple(entry["sizes"]), path, [path]))
    for name, source in SOURCES.items():
        path = full_folder(name, cache)
        rows.append(_row(name, True, FULL_SIZES, path, [path / file for file in source.sha256]))
    return rows


def verify(data: Path | str | None = None, cache: Path | str | None = None) -> list[Check]:
    """Read every byte of the bundles and of those full sets that were fetched.

    Parameters
    ----------
    data, cache : Path or str, optional
        The data folder and the cache folder, as in `autograder.datasets.load`.

    Returns
    -------
    list of Check
        One for each file. A full set of which no file is here has none.
    """
    folder = find_data(data)
    checks = []
    for name, entry in read_manifest(folder).items():
        path = folder / entry["file"]
        try:
            read_bundle(name, folder)
        except UserError as error:
            checks.append(Check(path, False, str(error)))
        else:
            checks.append(Check(path, True, "intact"))
    for row in status(data, cache):
        if not row.full or row.state == "not here":
            continue
        for file in SOURCES[row.name].sha256:
            try:
                check_file(row.name, row.path, file)
            except UserError as error:
                checks.append(Check(row.path / file, False, str(error)))
            else:
                checks.append(Check(row.path / file, True, "intact"))
    return checks


def _row(name: str, full: bool, sizes: tuple[int, int, int], path: Path, files: list[Path]) -> Row:
    found = [file for file in files if file.is_file()]
    state = "here" if len(found) == len(files) else "incomplete" if found else "not here"
    return Row(name, full, sizes, state, path, sum(file.stat().st_size for file in found))
