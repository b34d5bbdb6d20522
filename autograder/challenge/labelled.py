"""Labelled images from wherever an instructor has them: a folder of class folders, or an .npz."""

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autograder.challenge.table import Images
from autograder.errors import UserError
from autograder.submission.names import is_litter, listed, readable_name

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm")
MAX_PIXELS = 100_000_000  # of one image file; more is a mistake, or meant to fill the memory
MAX_CLASSES = 1000


@dataclass(frozen=True, eq=False)
class Labelled:
    """Images with their classes.

    Attributes
    ----------
    X : ndarray of uint8, shape (N, C, H, W)
        Images, C = 1 (grey) or 3 (red, green, blue).
    y : ndarray of int64, shape (N,)
        Their classes.
    class_names : tuple of str
        The name of class c is ``class_names[c]``.
    names : tuple of str
        What to call each image in a message.
    """

    X: np.ndarray
    y: np.ndarray
    class_names: tuple[str, ...]
    names: tuple[str, ...]

    def part(self, rows: np.ndarray) -> "Labelled":
        """Return some of the images, in this order."""
        names = tuple(self.names[row] for row in rows)
        return Labelled(self.X[rows], self.y[rows], self.class_names, names)


def read_labelled(path: Path, images: Images) -> Labelled:
    """Read labelled images.

    Parameters
    ----------
    path : Path
        A folder with one folder of image files for each class, named after it, or an .npz with
        ``X`` (N, H, W), (N, H, W, 3) or (N, C, H, W) and ``y`` (N,), and perhaps ``class_names``.
    images : Images
        Size and colours to which image files are brought; arrays keep those that they have.

    Raises
    ------
    UserError
        If it is neither, or if anything in it can't be read; nothing is left out in silence.
    """
    if path.is_dir():
        return _from_folder(path, images)
    if path.suffix == ".npz":
        return _from_arrays(path)
    what = "is neither a folder nor an .npz" if path.exists() else "is not there"
    raise UserError(
        f"{path} {what}: name a folder with one folder of images for each class, or an .npz with "
        "X and y."
    )


# A folder


def _from_folder(path: Path, images: Images) -> Labelled:
    classes = sorted(item for item in _listed(path) if item.is_dir())
    strays = [item.name for item in _listed(path) if not item.is_dir()]
    if len(classes) < 2 or len(classes) > MAX_CLASSES:
        raise UserError(
            f"{path} holds {len(classes)} folders: expected one for each class, at least 2, named "
            "after the class and holding its images."
        )
    if strays:
        raise UserError(
            f"{path} holds {listed(map(readable_name, sorted(strays)))} beside the folders of the "
            "classes: move every image into the folder of its class."
        )
    files = [(label, file) for label, one in enumerate(classes) for file in _images(one)]
    arrays, broken = [], []
    for _, file in files:
        try:
            arrays.append(_pixels(file, images))
        except (OSError, ValueError, SyntaxError, MemoryError) as error:  # Pillow raises them all
            broken.append(f"{file.relative_to(path)} ({_why(error)})")
    if broken:
        count = "1 image" if len(broken) == 1 else f"{len(broken)} images"
        raise UserError(
            f"{path}: {count} can't be read: {listed(map(readable_name, broken))}; remove or "
            "replace them."
        )
    names = tuple(readable_name(file.relative_to(path).as_posix()) for _, file in files)
    labels = np.array([label for label, _ in files], dtype=np.int64)
    shape = (0, 3 if images.colour else 1, images.size, images.size)
    X = np.stack(arrays) if arrays else np.zeros(shape, np.uint8)
    return Labelled(X, labels, tuple(readable_name(one.name) for one in classes), names)


def _listed(folder: Path) -> list[Path]:
    try:
        return [item for item in folder.iterdir() if not is_litter(item.name)]
    except OSError as error:
        raise UserError(f"{folder} can't be listed ({error.strerror}).") from None


def _images(folder: Path) -> Iterator[Path]:
    for item in sorted(_listed(folder)):
        if item.is_dir() or item.suffix.lower() not in SUFFIXES:
            raise UserError(
                f"{item} is no image file: the folder of a class holds images alone "
                f"({', '.join(SUFFIXES)}), so move it elsewhere."
            )
        yield item


def _pixels(file: Path, images: Images) -> np.ndarray:
    """Read one image file, (C, size, size): turned as its camera says, cut to a square, scaled."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(file) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise ValueError(f"{opened.width}×{opened.height} pixels are too many")
            turned = ImageOps.exif_transpose(opened).convert("RGB" if images.colour else "L")
    size = (images.size, images.size)
    square = ImageOps.fit(turned, size, Image.Resampling.BILINEAR)
    pixels = np.asarray(square, dtype=np.uint8)
    return pixels.transpose(2, 0, 1) if images.colour else pixels[np.newaxis]


def _why(error: Exception) -> str:
    kind = type(error).__name__
    if kind == "UnidentifiedImageError":
        return "no image that Pillow knows"
    return readable_name(str(error).splitlines()[0] if str(error) else kind)[:80]


# Arrays


def load_arrays(path: Path) -> dict[str, np.ndarray]:
    """Read all arrays of an .npz, never a pickle, or raise a UserError."""
    try:
        file = np.load(path, allow_pickle=False)
        if isinstance(file, np.ndarray):
            raise ValueError("it holds one array without a name")
        with file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, MemoryError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        if "pickle" in why.lower():
            why = "it holds Python objects, or is no .npz; pickles are never loaded"
        raise UserError(
            f"{path} can't be read: {why}; write it by numpy.savez_compressed with arrays of "
            "numbers."
        ) from None


def _from_arrays(path: Path) -> Labelled:
    arrays = load_arrays(path)
    missing = {"X", "y"} - arrays.keys()
    if missing:
        found = ", ".join(sorted(arrays)) or "nothing"
        raise UserError(
            f"{path} holds {found}: expected X (images) and y (labels), and perhaps class_names."
        )
    X, given = as_bytes(arrays["X"], f"X in {path}"), arrays["y"]
    if given.shape != (len(X),):
        raise UserError(
            f"y in {path} has the shape {given.shape}: expected ({len(X)},), one label for each "
            "image of X."
        )
    if given.dtype.kind not in "iuU":
        raise UserError(
            f"y in {path} is of dtype {given.dtype}: expected whole numbers from 0 on, or the "
            "names of the classes."
        )
    expected = ""
    if given.dtype.kind == "U":
        found_names, labels = np.unique(given, return_inverse=True)
        class_names = tuple(map(str, found_names))
    else:
        labels = given
        count = int(labels.max(initial=-1)) + 1
        class_names = tuple(str(label) for label in range(min(count, MAX_CLASSES + 1)))
        if "class_names" in arrays:
            class_names = tuple(map(str, arrays["class_names"].ravel()))
            expected = f", up to {len(class_names) - 1} with {len(class_names)} class_names"
    if len(class_names) > MAX_CLASSES or len(class_names) < 2:
        found = "1 class" if len(class_names) == 1 else f"{len(class_names)} classes"
        raise UserError(f"y in {path} holds {found}: expected 2 to {MAX_CLASSES:,}.")
    if labels.size and not 0 <= labels.min() <= labels.max() < len(class_names):
        raise UserError(
            f"y in {path} holds labels from {labels.min()} to {labels.max()}: expected whole "
            f"numbers from 0 on{expected}."
        )
    names = tuple(f"image {number}" for number in range(len(X)))
    return Labelled(X, labels.astype(np.int64), class_names, names)


def as_bytes(X: np.ndarray, title: str) -> np.ndarray:
    """Bring images of a usual form to uint8 (N, C, H, W), or raise a UserError."""
    if X.ndim == 4 and X.shape[1] not in (1, 3) and X.shape[3] in (1, 3):
        X = X.transpose(0, 3, 1, 2)
    if X.ndim == 3:
        X = X[:, np.newaxis]
    if X.ndim != 4 or X.shape[1] not in (1, 3) or 0 in X.shape[1:] or max(X.shape[2:]) > 256:
        raise UserError(
            f"{title} has the shape {X.shape}: expected (N, H, W), (N, H, W, 3) or (N, C, H, W) "
            "with 1 or 3 colours and at most 256 × 256 pixels."
        )
    if X.dtype == np.uint8:
        return np.ascontiguousarray(X)
    if X.dtype.kind == "f" and not np.isfinite(X).all():
        raise UserError(
            f"{title} holds {np.sum(~np.isfinite(X)):,} numbers that are NaN or infinite: expected "
            "floats from 0 to 1, so mend or leave out these images."
        )
    most = {"f": 1, "i": 255, "u": 255}.get(X.dtype.kind)
    if most is None or not (X.min(initial=0) >= 0 and X.max(initial=0) <= most):
        raise UserError(
            f"{title} holds other than bytes from 0 to 255 or floats from 0 to 1 (dtype "
            f"{X.dtype}): bring it to one of these."
        )
    scaled = X * 255.0 if most == 1 else X
    return np.ascontiguousarray(np.rint(scaled).astype(np.uint8))
