"""Plain Python: loops over numbers, math.sqrt, lists until the end."""

import math

import numpy as np


def compute_distance(a, b):
    total = 0.0
    for i in range(len(a)):
        total += (float(a[i]) - float(b[i])) ** 2
    return math.sqrt(total)


def compute_distances(X, X_train):
    table = []
    for x in X:
        row = []
        for t in X_train:
            row.append(compute_distance(x, t))
        table.append(row)
    return np.array(table)


def compute_distances_one_loop(X, X_train):
    out = np.empty((X.shape[0], X_train.shape[0]))
    for i in range(X.shape[0]):
        out[i, :] = np.sqrt(((X_train - X[i, :]) ** 2).sum(1))
    return out


def compute_distances_vectorized(X, X_train):
    a = (X * X).sum(axis=1).reshape(-1, 1)
    b = (X_train * X_train).sum(axis=1).reshape(1, -1)
    d = a + b - 2 * np.dot(X, X_train.T)
    d[d < 0] = 0
    return np.sqrt(d)


def compute_distances_l1(X, X_train):
    table = []
    for x in X:
        table.append([float(sum(abs(p - q) for p, q in zip(x, t))) for t in X_train])
    return np.array(table)


def nearest_neighbor(x, X_train):
    best = 0
    best_distance = float("inf")
    for i in range(len(X_train)):
        d = compute_distance(x, X_train[i])
        if d < best_distance:
            best_distance = d
            best = i
    return best


def predict_nn_labels(X, X_train, y_train, k=1):
    labels = []
    for x in X:
        distances = []
        for i, t in enumerate(X_train):
            distances.append((compute_distance(x, t), i))
        distances.sort()
        votes = {}
        for _, i in distances[:k]:
            label = int(y_train[i])
            votes[label] = votes.get(label, 0) + 1
        best = None
        for label in sorted(votes):
            if best is None or votes[label] > votes[best]:
                best = label
        labels.append(best)
    return labels


def accuracy(y_pred, y_true):
    right = 0
    for p, t in zip(y_pred, y_true):
        if p == t:
            right += 1
    return right / len(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    n = len(X)
    sizes = [n // num_folds + (1 if i < n % num_folds else 0) for i in range(num_folds)]
    result = {}
    for k in k_choices:
        result[k] = []
        start = 0
        for size in sizes:
            stop = start + size
            X_rest = [row for i, row in enumerate(X) if not start <= i < stop]
            y_rest = [label for i, label in enumerate(y) if not start <= i < stop]
            found = predict_nn_labels(X[start:stop], np.array(X_rest), np.array(y_rest), k)
            result[k].append(accuracy(found, y[start:stop]))
            start = stop
    return result
