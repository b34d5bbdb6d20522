"""math.dist and heapq; tuples for lists; NumPy scalars for numbers; statistics.multimode."""

import heapq
import math
import statistics

import numpy as np


def compute_distance(a, b):
    return np.float64(math.dist(a, b))


def compute_distances(X, X_train):
    return np.array([[math.dist(x, t) for t in X_train.tolist()] for x in X.tolist()])


def compute_distances_one_loop(X, X_train):
    return np.vstack([np.hypot.reduce(X_train - x, axis=1) for x in X])


def compute_distances_vectorized(X, X_train):
    # A loop over the D numbers of a row is no loop over samples.
    total = np.zeros((len(X), len(X_train)))
    for x, t in zip(X.T, X_train.T):
        total += (x[:, None] - t) ** 2
    return np.sqrt(total)


def compute_distances_l1(X, X_train):
    return np.sum(np.abs(np.expand_dims(X, 1) - np.expand_dims(X_train, 0)), axis=2)


def nearest_neighbor(x, X_train):
    return min(range(len(X_train)), key=lambda i: math.dist(x, X_train[i]))


def predict_nn_labels(X, X_train, y_train, k=1):
    labels = y_train.tolist()
    stored = list(zip(X_train.tolist(), range(len(labels))))
    found = ()
    for x in X.tolist():
        near = heapq.nsmallest(k, ((math.dist(x, t), i) for t, i in stored))
        found += (min(statistics.multimode(labels[i] for _, i in near)),)
    return found


def accuracy(y_pred, y_true):
    return np.float32(np.mean(np.asarray(y_pred) == np.asarray(y_true)))


def cross_validate_k(X, y, k_choices, num_folds=5):
    results = {np.int64(k): np.zeros(num_folds) for k in k_choices}
    for f, rows in enumerate(np.array_split(np.arange(len(X)), num_folds)):
        rest = [i for i in range(len(X)) if i not in rows]
        for k in results:
            labels = np.array(predict_nn_labels(X[rows], X[rest], y[rest], int(k)))
            results[k][f] = (labels == y[rows]).sum() / len(rows)
    return results
