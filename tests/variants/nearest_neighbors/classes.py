"""A class does the work; the functions that are asked for call its methods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass
class NearestNeighbours:
    X: Array
    y: npt.NDArray[np.int64] | None = None

    def distances(self, samples: Array) -> Array:
        # from the middle of the stored rows the numbers are smaller, and so is the rounding
        middle = self.X.mean(axis=0)
        a, b = samples - middle, self.X - middle
        with np.errstate(invalid="ignore"):
            d = np.sqrt((a**2).sum(axis=1, keepdims=True) - 2 * (a @ b.T) + (b**2).sum(axis=1))
        return np.nan_to_num(d, nan=0.0)

    def ranks(self, samples: Array) -> npt.NDArray[np.intp]:
        return np.argsort(self.distances(samples), axis=1, kind="stable")

    def vote(self, samples: Array, k: int) -> npt.NDArray[np.int64]:
        assert self.y is not None
        return np.array([np.bincount(row).argmax() for row in self.y[self.ranks(samples)[:, :k]]])


def compute_distance(a: Array, b: Array) -> float:
    d = a - b
    return float(d @ d) ** 0.5


def compute_distances(X: Array, X_train: Array) -> Array:
    return np.vectorize(compute_distance, signature="(d),(d)->()")(X[:, None], X_train[None])


def compute_distances_one_loop(X: Array, X_train: Array) -> Array:
    D = np.full((len(X), len(X_train)), np.nan)
    for j in range(len(X_train)):
        np.sqrt(np.sum(np.power(np.subtract(X, X_train[j]), 2), axis=1), out=D[:, j])
    return D


def compute_distances_vectorized(X: Array, X_train: Array) -> Array:
    return NearestNeighbours(X_train).distances(X)


def compute_distances_l1(X: Array, X_train: Array) -> Array:
    return np.array([np.add.reduce(np.fabs(X_train - x), axis=-1) for x in X])


def nearest_neighbor(x: Array, X_train: Array) -> int:
    return int(NearestNeighbours(X_train).ranks(x[None])[0, 0])


def predict_nn_labels(X: Array, X_train: Array, y_train, k: int = 1):
    return NearestNeighbours(X_train, y_train).vote(X, k)


def accuracy(y_pred, y_true) -> float:
    return float(np.average(np.equal(y_pred, y_true)))


def cross_validate_k(X: Array, y, k_choices: list[int], num_folds: int = 5):
    def score(k: int, rows) -> float:
        rest = np.delete(np.arange(len(X)), rows)
        return accuracy(NearestNeighbours(X[rest], y[rest]).vote(X[rows], k), y[rows])

    folds = np.array_split(np.arange(len(X)), num_folds)
    return {k: [score(k, rows) for rows in folds] for k in k_choices}
