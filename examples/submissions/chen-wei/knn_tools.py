"""Helpers shared by nearest_neighbors.py (my own file, please keep it in the folder)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class KNearest:
    """Remembers the training data; ``predict`` lets the k nearest vote."""

    X: np.ndarray
    y: np.ndarray

    def distances(self, queries: np.ndarray) -> np.ndarray:
        # Shifted by the mean: the squares stay small, so less is lost by rounding.
        centre = self.X.mean(axis=0)
        A, B = queries - centre, self.X - centre
        squared = (A * A).sum(1)[:, np.newaxis] - 2.0 * (A @ B.T) + (B * B).sum(1)
        return np.sqrt(np.maximum(squared, 0.0))

    def predict(self, distances: np.ndarray, k: int) -> np.ndarray:
        order = np.argsort(distances, axis=1, kind="mergesort")  # mergesort is stable
        return np.array([self._vote(self.y[row[:k]]) for row in order])

    @staticmethod
    def _vote(labels: np.ndarray) -> int:
        values, counts = np.unique(labels, return_counts=True)  # values come sorted
        return int(values[np.argmax(counts)])


@dataclass
class Folds:
    """Cuts data into folds, in order."""

    X: np.ndarray
    y: np.ndarray
    number: int

    def __iter__(self):
        for part in np.array_split(np.arange(len(self.X)), self.number):
            held_out = np.zeros(len(self.X), dtype=bool)
            held_out[part] = True
            yield KNearest(self.X[~held_out], self.y[~held_out]), self.X[part], self.y[part]
