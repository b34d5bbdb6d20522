"""Inputs that the checks of several stages draw."""

import functools
from itertools import product
from typing import Any

import numpy as np

from autograder import datasets


class WholeNumbers:
    """A generator whose floats are small whole numbers, for examples to follow on paper."""

    def __init__(self, rng: np.random.Generator):
        self._rng = rng

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rng, name)

    def standard_normal(self, size: Any = None) -> Any:
        """Draw from -2 to 2."""
        return self._rng.integers(-2, 2, size=size, endpoint=True) * 1.0

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = None) -> Any:
        """Draw halves from `low` to `high`, or the next half above where there is none."""
        least = np.ceil(2 * low)
        halves = self._rng.integers(least, max(least, 2 * high), size=size, endpoint=True)
        return halves / 2


@functools.cache
def real_digits() -> datasets.Dataset:
    """Load the real digits once; nobody writes into them."""
    return datasets.load("mnist")


@functools.cache
def thinned_digits() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return 600 digits to train on and 500 others, each with labels; nobody writes into them.

    Of each image, every third pixel, around 0: shape (N, 262).
    """
    data = real_digits()
    X, X_new = (
        datasets.flatten(images)[:, ::3] - 0.13 for images in (data.X_train[:600], data.X_val[:500])
    )
    return X, data.y_train[:600].astype(np.int64), X_new, data.y_val[:500].astype(np.int64)


def new_digits(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return digits that no check trains on, shape (count, 28, 28), and their labels."""
    data = real_digits()
    return data.X_val[:count], data.y_val[:count]


def up_to(*most: int) -> list[tuple[int, ...]]:
    """List all sizes from 1 up to these, the smallest in sum first."""
    return sorted(product(*(range(1, n + 1) for n in most)), key=sum)


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> np.ndarray:
    """Draw normal floats, mean 0 and standard deviation `scale`."""
    return scale * rng.standard_normal(shape)


def whole(rng: np.random.Generator, *shape: int, low: int = -2, high: int = 2) -> np.ndarray:
    """Draw small whole numbers as floats: sums and products of them are exact, so ties are too."""
    return rng.integers(low, high, size=shape, endpoint=True).astype(np.float64)


def labels(rng: np.random.Generator, N: int, C: int) -> np.ndarray:
    """Draw N labels from 0 to C - 1; where N >= C, each class is there, otherwise none twice."""
    y = np.concatenate([rng.permutation(C)[:N], rng.integers(C, size=max(0, N - C))])
    return rng.permutation(y)


def blobs(
    rng: np.random.Generator, N: int, D: int, C: int, spread: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Draw N samples of C classes around random centres, and their labels."""
    centres = normal(rng, C, D, scale=2.0)
    y = labels(rng, N, C)
    return centres[y] + normal(rng, N, D, scale=spread), y


def number(rng: np.random.Generator, low: float, high: float) -> float:
    """Draw a number of three digits, so that messages are short."""
    return round(float(rng.uniform(low, high)), 3)


def any_seed(rng: np.random.Generator) -> int:
    """Draw a seed that is not the default."""
    return int(rng.integers(1, 1000))


def large_and_small(rng: np.random.Generator) -> np.ndarray:
    """Draw numbers of which the exponentials overflow, and small ones."""
    return np.append(rng.permutation([-1000.0, 1000.0, 0.5, -710.0, 750.0]), normal(rng, 2))


def half_moons(
    rng: np.random.Generator, N: int, noise: float = 0.15
) -> tuple[np.ndarray, np.ndarray]:
    """Draw N points of a plane from two half circles that reach into each other, and which."""
    y = np.arange(N) % 2
    angle = rng.uniform(0, np.pi, size=N)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    return np.where(y[:, np.newaxis], -upper, upper) + normal(rng, N, 2, scale=noise), y
