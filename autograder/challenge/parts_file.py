"""The two files of a divided challenge: public.npz for students, hidden.npz for the instructor."""

import io
from pathlib import Path

import numpy as np

from autograder.challenge.divide import Parts, mixed, shared_with
from autograder.challenge.labelled import Labelled, as_bytes, load_arrays
from autograder.errors import UserError
from autograder.files import write_whole
from autograder.submission.names import listed

PUBLIC, HIDDEN = "public.npz", "hidden.npz"


def write_parts(parts: Parts, folder: Path) -> tuple[Path, Path]:
    """Write both files; return their paths, the public one first."""
    public, hidden = folder / PUBLIC, folder / HIDDEN
    write_whole(public, public_bytes(parts))
    names = _texts(parts.hidden.class_names)
    arrays = {"X": parts.hidden.X, "y": parts.hidden.y, "class_names": names}
    write_whole(hidden, _packed(arrays | {"names": _texts(parts.hidden.names)}))
    return public, hidden


def public_bytes(parts: Parts) -> bytes:
    """Return the content of the file that students get: no name of an image is in it."""
    train, validation = parts.train, parts.validation
    return _packed(
        {
            "X_train": train.X,
            "y_train": train.y,
            "X_val": validation.X,
            "y_val": validation.y,
            "class_names": _texts(train.class_names),
        }
    )


def read_public(path: Path) -> tuple[Labelled, Labelled]:
    """Read the students' file: images to train on, and to validate."""
    arrays = load_arrays(path)
    train, validation = (_part(path, arrays, f"X_{part}", f"y_{part}") for part in ("train", "val"))
    return train, validation


def read_parts(folder: Path) -> Parts:
    """Read both files; a UserError says if they don't fit each other."""
    train, validation = read_public(folder / PUBLIC)
    path = folder / HIDDEN
    hidden = _part(path, load_arrays(path), "X", "y")
    if hidden.class_names != train.class_names or hidden.X.shape[1:] != train.X.shape[1:]:
        raise UserError(
            f"{path} and {folder / PUBLIC} have other classes or sizes of images: divide the "
            "images anew by `autograder challenge split`."
        )
    known = shared_with(hidden, train, validation)
    if known:
        raise UserError(
            f"{path}: {len(known)} hidden images are also in {PUBLIC} ({listed(known)}): divide "
            "the images anew by `autograder challenge split`."
        )
    return Parts(train, validation, mixed(hidden))


def _part(path: Path, arrays: dict[str, np.ndarray], images: str, labels: str) -> Labelled:
    missing = {images, labels, "class_names"} - arrays.keys()
    if missing:
        raise UserError(
            f"{path} lacks {', '.join(sorted(missing))}: make it by `autograder challenge split`."
        )
    X, y = as_bytes(arrays[images], f"{images} in {path}"), arrays[labels]
    class_names = tuple(map(str, arrays["class_names"].ravel()))
    fits = y.shape == (len(X),) and len(X) and y.dtype.kind in "iu"
    if not fits or not 0 <= y.min() <= y.max() < len(class_names):
        raise UserError(
            f"{labels} in {path} does not fit {images} and class_names: make the file anew by "
            "`autograder challenge split`."
        )
    names = arrays.get("names", np.arange(len(X))).ravel()
    return Labelled(X, y.astype(np.int64), class_names, tuple(map(str, names)))


def _texts(texts: tuple[str, ...]) -> np.ndarray:
    return np.array(texts, dtype=np.str_)


def _packed(arrays: dict[str, np.ndarray]) -> bytes:
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)  # type: ignore[arg-type]
    return content.getvalue()
