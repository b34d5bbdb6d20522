"""The dtype of the arguments is kept; everything is written into arrays made beforehand."""

import numpy as np


def compute_distance(a, b):
    difference = np.empty_like(a)
    np.subtract(a, b, out=difference)
    np.multiply(difference, difference, out=difference)
    return np.sqrt(difference.sum(dtype=a.dtype))


def compute_distances(X, X_train):
    table = np.empty((X.shape[0], X_train.shape[0]), X.dtype)
    for j in range(X_train.shape[0]):
        for i in range(X.shape[0]):
            table[i, j] = compute_distance(X[i], X_train[j])
    return table


def compute_distances_one_loop(X, X_train):
    table = np.empty((X.shape[0], X_train.shape[0]), X.dtype)
    lengths = np.sum(X_train**2, axis=1)
    for i, x in enumerate(X):
        table[i] = lengths - 2 * X_train @ x + x @ x
    np.maximum(table, 0, out=table)
    return np.sqrt(table, out=table)


def compute_distances_vectorized(X, X_train):
    table = X @ X_train.T
    table *= -2
    table += np.sum(X * X, axis=-1)[:, None]
    table += np.sum(X_train * X_train, axis=-1)
    np.clip(table, 0, None, out=table)
    np.sqrt(table, out=table)
    return table


def compute_distances_l1(X, X_train):
    table = np.empty((X.shape[0], X_train.shape[0]), X.dtype)
    for i, x in enumerate(X):
        np.abs(X_train - x).sum(axis=1, out=table[i])
    return table


def nearest_neighbor(x, X_train):
    return compute_distances_vectorized(x[None, :], X_train).argmin()


def predict_nn_labels(X, X_train, y_train, k=1):
    order = np.argsort(compute_distances_vectorized(X, X_train), axis=1, stable=True)
    labels = np.empty(len(X), y_train.dtype)
    for i, row in enumerate(order):
        labels[i] = np.bincount(y_train[row[:k]]).argmax()
    return labels


def accuracy(y_pred, y_true):
    return np.sum(y_pred == y_true) / np.size(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    table = np.empty((len(k_choices), num_folds))
    folds = np.array_split(np.arange(len(y)), num_folds)
    for f in range(num_folds):
        rest = np.setdiff1d(np.arange(len(y)), folds[f])
        for i, k in enumerate(k_choices):
            found = predict_nn_labels(X[folds[f]], X[rest], y[rest], k)
            table[i, f] = accuracy(found, y[folds[f]])
    return {k: list(row) for k, row in zip(k_choices, table)}
