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
