"""What a trained function has learnt from real digits, and which others it misreads."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from autograder.evidence import Gallery, Image

SHOWN = 10
SHADES = 4
LARGEST = 28 * 28  # pixels

Check = TypeVar("Check", bound=Callable[..., None])
Draw = Callable[[list[Any]], Gallery]


def pictured(draw: Draw) -> Callable[[Check], Check]:
    """Say of a check on fixed images what there is to see in the answers to its calls."""

    def mark(method: Check) -> Check:
        method.gallery = draw  # type: ignore[attr-defined]
        return method

    return mark


def templates(titles: Sequence[str], weights: np.ndarray) -> list[Image]:
    """Make images of weights, each in shades of its own largest one.

    Parameters
    ----------
    titles : sequence of str
        One for each image.
    weights : ndarray, shape (n, H, W)
        Of the student's training.

    Raises
    ------
    ValueError
        If there are more or larger images than a report has room for.
    """
    if len(weights) > SHOWN or np.prod(np.shape(weights)[1:]) > LARGEST:
        raise ValueError(f"weights of shape {np.shape(weights)}")
    images = []
    for title, plane in zip(titles, np.asarray(weights, np.float64), strict=True):
        finite = np.where(np.isfinite(plane), plane, 0.0)
        reach = np.abs(finite).max() or 1.0
        images.append(_image(title, SHADES + np.rint(SHADES * (finite / reach))))
    return images


def spread(weights: np.ndarray) -> np.ndarray:
    """Turn columns of weights for every third pixel into images, shape (n, 28, 28), n <= 10.

    Each pixel gets the mean of those known among it and its neighbours; there are one to three.
    """
    if weights.shape[1] > SHOWN:
        raise ValueError(f"weights of shape {weights.shape}")
    known = np.arange(28 * 28) % 3 == 0
    planes = np.zeros((weights.shape[1] + 1, 28 * 28))
    planes[:-1, known], planes[-1, known] = weights.T, 1
    padded = np.pad(planes.reshape(-1, 28, 28), ((0, 0), (1, 1), (1, 1)))
    around = [padded[:, i : i + 28, j : j + 28] for i in range(3) for j in range(3)]
    sums = np.sum(around, axis=0)
    return sums[:-1] / sums[-1]


def share_right(said: Any, labels: np.ndarray) -> float:
    """Tell how many labels are right, 0 to 1; a ValueError if there are not as many.

    Of other shapes, each would be compared with each: a small answer would fill the memory.
    """
    return float(np.mean(_as_many(said, labels) == labels))


def _as_many(said: Any, labels: np.ndarray) -> np.ndarray:
    found = np.asarray(said)
    if found.shape != labels.shape:
        raise ValueError(f"labels of shape {found.shape}, expected {labels.shape}")
    return found


def misread(said: Any, images: np.ndarray, digits: np.ndarray) -> tuple[str, list[Image]]:
    """Tell how many digits are misread, and make images of some.

    Parameters
    ----------
    said : array_like, shape (N,)
        What the student's function takes them for.
    images : ndarray of uint8, shape (N, 28, 28)
        From 0 (paper) to 255 (ink).
    digits : ndarray, shape (N,)
        What they are.
    """
    found = _as_many(said, digits)
    if found.dtype.kind not in "iuf":  # each is told: it could be of any size
        raise ValueError(f"labels of shape {found.shape} that are {found.dtype}")
    wrong = np.flatnonzero(found != digits)
    text = f"Of {len(digits)} digits that it had not seen before, it misreads {len(wrong)}."
    shown = [
        _image(f"{digits[i]}, read as {int(found[i])}", np.rint(images[i] * (SHADES / 255)))
        for i in wrong[:SHOWN]
    ]
    return text, shown


def _image(title: str, shades: np.ndarray) -> Image:
    digits = (shades.astype(np.uint8) + ord("0")).tobytes().decode()
    return Image(title=title, width=shades.shape[1], pixels=digits)
