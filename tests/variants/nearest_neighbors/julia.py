"""Columns are samples inside, as the Julia course had it; the order of the sums is another."""

import numpy as np


def compute_distance(x, y):
    s = 0
    for k in range(x.shape[0] - 1, -1, -1):
        s = s + (x[k] - y[k]) ** 2
    return np.sqrt(s)


def compute_distances(X, X_train):
    A, B = X.T, X_train.T
    D = np.zeros((B.shape[1], A.shape[1]))
    for i in range(A.shape[1]):
        for j in range(B.shape[1]):
            D[j, i] = compute_distance(A[:, i], B[:, j])
    return D.T


def compute_distances_one_loop(X, X_train):
    A, B = X.T.copy(), X_train.T.copy()
    D = np.zeros((B.shape[1], A.shape[1]))
    for i in range(A.shape[1]):
        D[:, i] = np.sqrt(np.sum((B - A[:, i : i + 1]) ** 2, axis=0))
    return D.T


def compute_distances_vectorized(X, X_train):
    A, B = X.T, X_train.T
    s = np.sum(B**2, axis=0)[:, None] - 2 * (B.T @ A) + np.sum(A**2, axis=0)[None, :]
    return np.sqrt(np.maximum(0, s)).T


def compute_distances_l1(X, X_train):
    return np.array([[np.sum(np.abs(x - t)) for x in X] for t in X_train]).T


def nearest_neighbor(x, X_train):
    D = compute_distances(x.reshape(1, len(x)), X_train)
    return np.where(D[0] == D[0].min())[0][0]


def predict_nn_labels(X, X_train, y_train, k=1):
    D = compute_distances(X, X_train)
    labels = np.zeros(len(X), dtype=np.int64)
    for i in range(len(X)):
        d = D[i].copy()
        votes = np.zeros(np.max(y_train) + 1)
        for _ in range(k):
            j = np.argmin(d)
            votes[y_train[j]] += 1
            d[j] = np.inf
        labels[i] = np.argmax(votes)
    return labels


def accuracy(y_pred, y_true):
    return sum(y_pred == y_true) / len(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    results = {}
    for k in k_choices:
        results[k] = []
    Xs, ys = np.array_split(X, num_folds), np.array_split(y, num_folds)
    for f in range(num_folds):
        Xt = np.concatenate([Xs[g] for g in range(num_folds) if g != f], axis=0)
        yt = np.concatenate([ys[g] for g in range(num_folds) if g != f], axis=0)
        for k in k_choices:
            results[k].append(float(accuracy(predict_nn_labels(Xs[f], Xt, yt, k), ys[f])))
    return results
