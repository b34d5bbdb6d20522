"""Lexsort by distance and index; a table of votes filled with np.add.at; star import."""

from numpy import *
import numpy as np


def compute_distance(a, b):
    return sqrt(((a - b) ** 2).sum())


def compute_distances(X, X_train):
    D = empty((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            D[i][j] = compute_distance(X[i], X_train[j])
    return D


def compute_distances_one_loop(X, X_train):
    D = zeros((len(X), len(X_train)), dtype=X.dtype)
    for i in range(len(X)):
        D[i] = sqrt(dot((X_train - X[i]) ** 2, ones(X.shape[1])))
    return D


def compute_distances_vectorized(X, X_train):
    # three matrix products in one: [x, |x|^2, 1] . [-2t, 1, |t|^2]
    left = c_[X, (X**2).sum(axis=1), ones(len(X))]
    right = c_[-2 * X_train, ones(len(X_train)), (X_train**2).sum(axis=1)]
    return sqrt(maximum(left @ right.T, 0.0))


def compute_distances_l1(X, X_train):
    D = zeros((len(X), len(X_train)))
    for j, t in enumerate(X_train):
        D[:, j] = abs(X - t).sum(axis=1)
    return D


def nearest_neighbor(x, X_train):
    return np.int64(argmin(compute_distances_one_loop(x.reshape(1, -1), X_train)[0]))


def predict_nn_labels(X, X_train, y_train, k=1):
    D = compute_distances_one_loop(X, X_train)
    index = broadcast_to(arange(len(X_train)), D.shape)
    order = np.lexsort((index, D), axis=1)[:, :k]
    votes = zeros((len(X), y_train.max() + 1), dtype=int)
    add.at(votes, (arange(len(X))[:, None], y_train[order]), 1)
    return argmax(votes, axis=1).astype(np.int32)


def accuracy(y_pred, y_true):
    return (y_pred == y_true).mean()


def cross_validate_k(X, y, k_choices, num_folds=5):
    results = {}
    for k in k_choices:
        results[k] = ()
        for i, (Xv, yv) in enumerate(zip(array_split(X, num_folds), array_split(y, num_folds))):
            Xs, ys = array_split(X, num_folds), array_split(y, num_folds)
            Xs.pop(i), ys.pop(i)
            results[k] += (accuracy(predict_nn_labels(Xv, concatenate(Xs), concatenate(ys), k), yv),)
    return results
