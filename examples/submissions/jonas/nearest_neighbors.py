from math import sqrt

import numpy as np

# Jonas W. -- before this course I only knew C, so I count with while.


def compute_distance(a, b):
    i = 0
    s = 0.0
    while i < len(a):
        s += (float(a[i]) - float(b[i])) ** 2
        i += 1
    return sqrt(s)


def compute_distances(X, X_train):
    out = np.zeros((len(X), len(X_train)))
    i = 0
    while i < len(X):
        j = 0
        while j < len(X_train):
            out[i, j] = compute_distance(X[i], X_train[j])
            j += 1
        i += 1
    return out


def compute_distances_one_loop(X, X_train):
    out = np.zeros((len(X), len(X_train)))
    Y = X_train.astype(np.float64)
    i = 0
    while i < len(X):
        out[i] = np.sqrt(np.power(Y - X[i], 2).sum(axis=1))
        i += 1
    return out


def compute_distances_vectorized(X, X_train):
    A = X.astype(np.float64)
    B = X_train.astype(np.float64)
    sq = np.power(A, 2).sum(axis=1)[:, None] + np.power(B, 2).sum(axis=1) - 2.0 * A.dot(B.T)
    sq = np.where(sq < 0.0, 0.0, sq)
    return np.sqrt(sq)


def compute_distances_l1(X, X_train):
    out = np.zeros((len(X), len(X_train)))
    Y = X_train.astype(np.float64)
    i = 0
    while i < len(X):
        out[i] = np.abs(Y - X[i]).sum(axis=1)
        i += 1
    return out


def nearest_neighbor(x, X_train):
    best = 0
    j = 1
    while j < len(X_train):
        if compute_distance(x, X_train[j]) < compute_distance(x, X_train[best]):
            best = j
        j += 1
    return best


def predict_nn_labels(X, X_train, y_train, k=1):
    distances = compute_distances_one_loop(X, X_train)
    num_labels = int(max(y_train)) + 1
    out = []
    for row in distances:
        votes = [0] * num_labels
        used = [False] * len(row)
        n = 0
        while n < k:
            # the nearest that was not used yet
            best = -1
            j = 0
            while j < len(row):
                if not used[j] and (best < 0 or row[j] < row[best]):
                    best = j
                j += 1
            used[best] = True
            votes[y_train[best]] += 1
            n += 1
        out.append(votes.index(max(votes)))
    return np.array(out)


def accuracy(y_pred, y_true):
    i = 0
    right = 0
    while i < len(y_true):
        right += int(y_pred[i] == y_true[i])
        i += 1
    return right / len(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds = np.array_split(X, num_folds)
    y_folds = np.array_split(y, num_folds)
    out = {}
    for k in k_choices:
        out[k] = []
        fold = 0
        while fold < num_folds:
            rest = [f for f in range(num_folds) if f != fold]
            y_pred = predict_nn_labels(X_folds[fold], np.concatenate([X_folds[f] for f in rest]),
                                       np.concatenate([y_folds[f] for f in rest]), k)
            out[k].append(accuracy(y_pred, y_folds[fold]))
            fold += 1
    return out
