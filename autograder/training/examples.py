"""The arrays of a data set as the stages want them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from autograder import datasets
from autograder.checks import inputs, perceptron


class Examples(NamedTuple):
    """One split: X, shape (N, D) or (N, C, H, W), and the labels y, int, shape (N,)."""

    X: np.ndarray
    y: np.ndarray

    def first(self, count: int) -> "Examples":
        """Keep the first examples; the splits are in random order."""
        return Examples(self.X[:count], self.y[:count])


class Splits(NamedTuple):
    """The three splits."""

    train: Examples
    validation: Examples
    test: Examples


def as_rows(data: datasets.Dataset) -> Splits:
    """Give the images as rows of pixels from 0 to 1.

    Parameters
    ----------
    data : Dataset
        Images of bytes.

    Returns
    -------
    Splits
        X float64, shape (N, D).
    """
    return _splits(data, datasets.flatten)


def as_centred_rows(data: datasets.Dataset) -> Splits:
    """Give the images as rows of pixels, less the mean training image; X as in `as_rows`."""
    splits = as_rows(data)
    centred = datasets.centre(*(examples.X for examples in splits))
    return Splits(*(Examples(X, old.y) for X, old in zip(centred, splits, strict=True)))


def as_images(data: datasets.Dataset) -> Splits:
    """Give the images one channel, pixels from 0 to 1.

    Parameters
    ----------
    data : Dataset
        Images of bytes.

    Returns
    -------
    Splits
        X float32, shape (N, 1, H, W): convolutions take half the time that float64 would take.
    """
    return _splits(data, lambda X: datasets.as_images(X).astype(np.float32))


def one_of_each_class(labels: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Find the first wanted example of each class.

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        Their classes.
    wanted : ndarray of bool, shape (N,)
        Which examples count.

    Returns
    -------
    ndarray of int, shape (E,)
        Their indices, in the order of the classes; a class without such an example is left out.
    """
    indices = np.flatnonzero(wanted)
    _, first = np.unique(labels[indices], return_index=True)
    return indices[first]


def rings(count: int = 300, seed: int = 0) -> Examples:
    """Scatter points of a plane in three classes: a cloud, a ring around it, and one around both.

    Parameters
    ----------
    count : int
        N.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
        The points.
    y : ndarray of int, shape (N,)
        Their classes, from 0, the cloud, to 2, the outer ring.
    """
    rng = np.random.default_rng(seed)
    y = np.arange(count) % 3
    radius = y + 0.2 * rng.standard_normal(count)
    angle = rng.uniform(0, 2 * np.pi, count)
    return Examples(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), y)


def noisy_xor(count: int = 400, seed: int = 0, spread: float = 0.15) -> Examples:
    """Scatter points around the corners of the unit square, with XOR of the corner as their class.

    The corners get equally many points, which stand in random order.

    Parameters
    ----------
    count : int
        N.
    seed : int
        Seed of the random numbers.
    spread : float
        Standard deviation around a corner.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
        The points.
    y : ndarray of int, shape (N,)
        0 around (0, 0) and (1, 1), 1 around (0, 1) and (1, 0).
    """
    rng = np.random.default_rng(seed)
    X, y = perceptron.noisy_xor(rng, count, spread)
    order = rng.permutation(count)
    return Examples(X[order], y[order])


def half_moons(count: int = 200, seed: int = 0, noise: float = 0.15) -> Examples:
    """Scatter points of a plane around two half circles that reach into each other.

    Parameters
    ----------
    count : int
        N.
    seed : int
        Seed of the random numbers.
    noise : float
        Standard deviation around the half circles.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
        The points.
    y : ndarray of int, shape (N,)
        0 for the upper half circle, 1 for the lower.
    """
    return Examples(*inputs.half_moons(np.random.default_rng(seed), count, noise))


def _splits(data: datasets.Dataset, convert: Callable[[np.ndarray], np.ndarray]) -> Splits:
    # Labels come as bytes; a sum of bytes wraps around in functions that don't expect them.
    pairs = (data.split(name) for name in ("train", "val", "test"))
    return Splits(*(Examples(convert(X), y.astype(np.int64)) for X, y in pairs))


def nearest_stored(distances: np.ndarray, count: int) -> np.ndarray:
    """Find the nearest stored images of each, to be shown; of equally near ones the first.

    Parameters
    ----------
    distances : ndarray, shape (M, N)
        Of M images to N stored ones.
    count : int
        How many to find.

    Returns
    -------
    ndarray, shape (M, count)
        Their numbers, the nearest first.
    """
    return np.array([np.lexsort([row])[:count] for row in distances])
