"""Inputs that the checks of several stages draw."""

import numpy as np


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
