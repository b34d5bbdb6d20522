"""The full data sets: fetched once, kept in a cache folder, checked at each use."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from autograder.datasets.catalog import IDX_FILES, source_of
from autograder.datasets.idx import UNPACK_ERRORS, decode_idx, unpack
from autograder.errors import UserError

CACHE_VARIABLE = "AUTOGRADER_CACHE"
MIRROR_VARIABLE = "AUTOGRADER_MIRROR"
TIMEOUT = (5, 20)  # seconds to connect, and to wait for the next bytes
FULL_SIZES = (55_000, 5_000, 10_000)  # training, validation, test
VALIDATION = FULL_SIZES[1]  # the last training examples, in the published order


def full_folder(name: str, cache: Path | str | None = None) -> Path:
    """Say where the four files of a full set are kept.

    Parameters
    ----------
    name : str
        The data set.
    cache : Path or str, optional
        The cache folder; by default the environment's ``AUTOGRADER_CACHE`` or else the user's
        cache folder, as the operating system has it.

    Returns
    -------
    Path
        A folder named after the data set, in the cache folder.
    """
    import pooch  # here and below where it is used: every command would wait for it

    chosen = cache or os.environ.get(CACHE_VARIABLE) or pooch.os_cache("nn-course-kit")
    return Path(chosen).expanduser().resolve() / name


def read_split(name: str, folder: Path, split: str) -> tuple[np.ndarray, np.ndarray]:
    """Read one published split and check every byte of it.

    Parameters
    ----------
    name : str
        The data set.
    folder : Path
        The folder with its IDX files, gzipped or not.
    split : str
        ``train`` or ``test``.

    Returns
    -------
    X : ndarray of uint8, shape (N, H, W)
        The images.
    y : ndarray of uint8, shape (N,)
        Their classes.

    Raises
    ------
    UserError
        If a file isn't there, isn't readable or isn't the published one.
    """
    images, labels = IDX_FILES[split]
    return (
        decode_idx(check_file(name, folder, images), 3, folder / images),
        decode_idx(check_file(name, folder, labels), 1, folder / labels),
    )


def read_full(name: str, cache: Path | str | None = None) -> dict[str, np.ndarray]:
    """Read a full set that was fetched before, and cut its validation set off.

    Parameters
    ----------
    name : str
        The data set.
    cache : Path or str, optional
        The cache folder; see `full_folder`.

    Returns
    -------
    dict of str to ndarray
        ``X_train``, ``y_train`` (the first 55,000 training examples), ``X_val``, ``y_val`` (the
        last 5,000), ``X_test``, ``y_test`` (10,000).
    """
    folder = full_folder(name, cache)
    X, y = read_split(name, folder, "train")
    X_test, y_test = read_split(name, folder, "test")
    return {
        "X_train": X[:-VALIDATION],
        "y_train": y[:-VALIDATION],
        "X_val": X[-VALIDATION:],
        "y_val": y[-VALIDATION:],
        "X_test": X_test,
        "y_test": y_test,
    }


def check_file(name: str, folder: Path, file: str) -> bytes:
    """Read one file of a full set, decompressed; a `UserError` says if it isn't as published."""
    path = _locate(folder, file)
    try:
        content = unpack(path)
    except FileNotFoundError as error:
        raise UserError(
            f"The full {name} is not here: no {file} in {folder}; run `autograder data fetch "
            f"{name}`."
        ) from error
    except UNPACK_ERRORS as error:
        raise UserError(
            f"{path} can't be read: {error}; run `autograder data fetch {name}` to replace it."
        ) from error
    found, expected = hashlib.sha256(content).hexdigest(), source_of(name).sha256[file]
    if found != expected:
        raise UserError(
            f"{path} is damaged: the SHA-256 of its content is {found[:12]}…, expected "
            f"{expected[:12]}…; run `autograder data fetch {name}` to replace it."
        )
    return content


def fetch(
    name: str,
    mirrors: list[str] | None = None,
    source: str | None = None,
    to: Path | str | None = None,
) -> Path:
    """Fetch the four files of a full set, whole and checked, or say why that can't be done.

    Files that are there already and intact are kept. A file reaches its place only after its
    checksum was found right, so that there is never half a file.

    Parameters
    ----------
    name : str
        The data set.
    mirrors : list of str, optional
        Folders or addresses of folders to try in turn, in place of the built-in ones.
    source : str, optional
        The one folder or address of a folder to take the files from: nothing else is tried.
    to : Path or str, optional
        The cache folder; see `full_folder`.

    Returns
    -------
    Path
        The folder that holds the files, decompressed.

    Raises
    ------
    UserError
        If a file can't be had from any place; it names each place with the reason.

    Notes
    -----
    The environment's ``AUTOGRADER_MIRROR`` names a folder or an address that holds a folder for
    each data set, ``<mirror>/<name>/``; it is tried before the other mirrors. Files may be gzipped
    or, in a local folder, not.
    """
    known = source_of(name)
    if source:
        places = [source]
    else:
        own = os.environ.get(MIRROR_VARIABLE)
        places = [f"{own.rstrip('/')}/{name}"] if own else []
        places += known.mirrors if mirrors is None else mirrors
    folder = full_folder(name, to)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"{folder} can't be made: {error.strerror}; name another cache folder, for instance "
            f"in the environment's {CACHE_VARIABLE}."
        ) from error
    for file in known.sha256:
        working = _fetch_file(name, file, places, folder)
        # Ask the place that had this file first for the next: a dead one costs its timeout once.
        places = [working, *(place for place in places if place != working)]
    return folder


def _fetch_file(name: str, file: str, places: list[str], folder: Path) -> str:
    """Put one file into the folder; return the place that had it."""
    import pooch

    reasons = []
    pooch.get_logger().setLevel("WARNING")  # no "Downloading ..." lines in a program's output
    for place in places:
        try:
            pooch.retrieve(
                f"{place.rstrip('/')}/{file}",
                known_hash=f"sha256:{source_of(name).sha256[file]}",
                fname=file,
                path=folder,
                downloader=_copy,
            )
        # pooch says ValueError for a wrong checksum; all that requests raises is an OSError
        except (*UNPACK_ERRORS, ValueError) as error:
            reasons.append(f"{place} ({_brief(error)})")
        else:
            return place
    raise UserError(
        f"{file} of {name} could not be fetched; tried {', '.join(reasons) or 'nothing'}. "
        f"With a copy of the four files at hand, run `autograder data fetch {name} --from "
        f"PATH_OR_URL`, or set the environment's {MIRROR_VARIABLE} to a folder or address that "
        f"holds them in {name}/."
    )


def _copy(url: str, output_file: str, _: object) -> None:
    """Bring one file, decompressed, to where pooch wants it (pooch then checks and moves it)."""
    import pooch

    target = Path(output_file)
    if url.startswith(("http://", "https://")):
        download = pooch.HTTPDownloader(progressbar=sys.stderr.isatty(), timeout=TIMEOUT)
        with tempfile.TemporaryDirectory() as scratch:
            packed = Path(scratch, "download.gz")
            download(f"{url}.gz", str(packed), None)
            content = unpack(packed)
    else:
        path = Path(url).expanduser()
        content = unpack(_locate(path.parent, path.name))
    target.write_bytes(content)
    target.chmod(0o644)  # a temporary file is its owner's alone, but a cache may serve a whole lab


def _locate(folder: Path, file: str) -> Path:
    plain = folder / file
    return plain if plain.is_file() else folder / f"{file}.gz"


def _brief(error: Exception) -> str:
    """Give the reason in a few words; requests' own messages run over several lines."""
    kind = type(error).__name__
    if kind == "HTTPError":
        return f"HTTP {str(error)[:3]}"
    if "Timeout" in kind:
        return "no answer in time"
    if kind == "ConnectionError":
        return "no connection"
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, EOFError):
        return "the file is cut short"
    if "hash of downloaded file" in str(error):
        return "wrong checksum"
    return f"{kind}: {str(error)[:100]}"
