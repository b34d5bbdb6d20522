"""np.linalg.norm wherever it goes; the absolute value under the root."""

import numpy as np
from numpy.linalg import norm


def compute_distance(a, b):
    return norm(a - b)


def compute_distances(X, X_train):
    return np.array([[norm(x - t) for t in X_train] for x in X])


def compute_distances_one_loop(X, X_train):
    return np.array([norm(X_train - x, axis=1) for x in X])


def compute_distances_vectorized(X, X_train):
    nx = norm(X, axis=1, keepdims=True) ** 2
    nt = norm(X_train, axis=1) ** 2
    return np.sqrt(np.abs(nx + nt - 2 * (X @ X_train.T)))


def compute_distances_l1(X, X_train):
    return np.array([norm(X_train - x, ord=1, axis=1) for x in X])


def nearest_neighbor(x, X_train):
    return norm(X_train - x, axis=1).argmin()


def predict_nn_labels(X, X_train, y_train, k=1):
    y_pred = np.zeros(len(X), dtype=y_train.dtype)
    for i, x in enumerate(X):
        closest = y_train[np.argsort(norm(X_train - x, axis=1), kind="stable")[:k]]
        values, counts = np.unique(closest, return_counts=True)
        y_pred[i] = values[np.argmax(counts)]
    return y_pred


def accuracy(y_pred, y_true):
    return np.mean(y_pred == y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds = np.array_split(X, num_folds)
    y_folds = np.array_split(y, num_folds)
    k_to_accuracies = {}
    for k in k_choices:
        k_to_accuracies[k] = []
        for i in range(num_folds):
            X_tr = np.vstack([X_folds[j] for j in range(num_folds) if j != i])
            y_tr = np.hstack([y_folds[j] for j in range(num_folds) if j != i])
            y_pred = predict_nn_labels(X_folds[i], X_tr, y_tr, k)
            k_to_accuracies[k].append(accuracy(y_pred, y_folds[i]))
    return k_to_accuracies
