"""Principal components: the best linear codes, as a measure for those that a network learns."""

from typing import NamedTuple

import numpy as np


class Components(NamedTuple):
    """A mean, shape (D,), and directions by falling variance around it, shape (K, D)."""

    mean: np.ndarray
    directions: np.ndarray

    def rebuild(self, X: np.ndarray, count: int) -> np.ndarray:
        """Keep `count` numbers of each row of X, shape (N, D), and rebuild the row from them."""
        directions = self.directions[:count]
        rebuilt: np.ndarray = self.mean + (X - self.mean) @ directions.T @ directions
        return rebuilt


def principal_components(X: np.ndarray, count: int) -> Components:
    """Find the directions along which rows vary most.

    Of all linear codes of so many numbers, theirs has the smallest mean squared error (Hotelling,
    "Analysis of a complex of statistical variables into principal components", 1933).

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Rows.
    count : int
        K, the number of directions.
    """
    mean = X.mean(axis=0)
    centred = X - mean
    _, _, directions = np.linalg.svd(centred.T @ centred, hermitian=True)
    return Components(mean, directions[:count])
