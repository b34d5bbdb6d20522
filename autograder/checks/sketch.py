"""Sketches: what is kept of a large expected array where the array itself would be too much."""

import functools
from typing import NamedTuple

import numpy as np

LARGE = 5000  # entries
SAMPLES = 64
PROJECTIONS = 4


class Sketch(NamedTuple):
    """Some entries of an array, and its projections on random vectors of signs.

    An array that differs in an entry differs in the projections, except by chance.

    Attributes
    ----------
    shape : tuple of int
        Of the array, whose entries are floats.
    scale : float
        Its largest magnitude.
    samples : ndarray, shape (64,)
        Its entries at the places that `places` names.
    projections : ndarray, shape (4,)
        Divided by the square root of its size.
    """

    shape: tuple[int, ...]
    scale: float
    samples: np.ndarray
    projections: np.ndarray


def sketch(array: np.ndarray) -> Sketch:
    """Sketch an array of floats."""
    flat = array.astype(np.float64).ravel()
    projections = _signs(flat.size) @ flat / np.sqrt(flat.size)
    scale = float(np.abs(flat).max(initial=0.0))
    return Sketch(array.shape, scale, flat[places(flat.size)], projections)


@functools.lru_cache(maxsize=16)
def places(size: int) -> np.ndarray:
    """Choose the places of an array, laid out in a row, whose entries are kept."""
    return np.sort(np.random.default_rng(size).choice(size, SAMPLES, replace=False))


@functools.lru_cache(maxsize=16)
def _signs(size: int) -> np.ndarray:
    return np.random.default_rng(size).choice([-1.0, 1.0], size=(PROJECTIONS, size))
