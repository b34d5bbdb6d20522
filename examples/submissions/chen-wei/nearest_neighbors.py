"""Assignment 1, Chen Wei. The work is done in knn_tools.py."""

from __future__ import annotations

import numpy as np

from knn_tools import Folds, KNearest


def compute_distance(a: np.ndarray, b: np.ndarray) -> float:
    difference = np.asarray(a, float) - np.asarray(b, float)
    return float(np.sqrt(difference @ difference))


def compute_distances(X: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    table = np.empty((len(X), len(X_train)))
    for i, row in enumerate(X):
        for j, stored in enumerate(X_train):
            table[i, j] = compute_distance(row, stored)
    return table


def compute_distances_one_loop(X: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    table = np.empty((len(X), len(X_train)))
    for i, row in enumerate(np.asarray(X, float)):
        table[i] = np.linalg.norm(X_train - row, axis=1)
    return table


def compute_distances_vectorized(X: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    return KNearest(np.asarray(X_train, float), np.empty(0)).distances(np.asarray(X, float))


def compute_distances_l1(X: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    X_train = np.asarray(X_train, float)
    return np.array([np.abs(X_train - row).sum(axis=1) for row in X])


def nearest_neighbor(x: np.ndarray, X_train: np.ndarray) -> int:
    return int(np.argmin(compute_distances_one_loop(x[np.newaxis, :], X_train)[0]))


def predict_nn_labels(X: np.ndarray, X_train: np.ndarray, y_train: np.ndarray, k: int = 1) -> np.ndarray:
    # One loop instead of none: the expanded square could break a tie by rounding.
    table = compute_distances_one_loop(X, X_train)
    return KNearest(X_train, y_train).predict(table, k)


def accuracy(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return float((np.asarray(y_pred) == np.asarray(y_true)).mean())


def cross_validate_k(X: np.ndarray, y: np.ndarray, k_choices, num_folds: int = 5) -> dict[int, list[float]]:
    scores: dict[int, list[float]] = {k: [] for k in k_choices}
    for model, X_held, y_held in Folds(X, y, num_folds):
        table = compute_distances_one_loop(X_held, model.X)  # the same for every k
        for k in scores:
            scores[k].append(accuracy(model.predict(table, k), y_held))
    return scores
