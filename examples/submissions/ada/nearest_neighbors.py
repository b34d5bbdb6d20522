# Ada - assignment 1
# I always wrote the slow version first and then compared the fast one with it.

import math

import numpy as np


def compute_distance(a, b):
    total = 0.0
    for i in range(len(a)):
        diff = float(a[i]) - float(b[i])
        total += diff * diff
    return math.sqrt(total)


def compute_distances(X, X_train):
    n_test = X.shape[0]
    n_train = X_train.shape[0]
    dists = np.zeros((n_test, n_train))
    for i in range(n_test):
        for j in range(n_train):
            dists[i, j] = compute_distance(X[i], X_train[j])
    return dists


def compute_distances_one_loop(X, X_train):
    n_test = X.shape[0]
    dists = np.zeros((n_test, X_train.shape[0]))
    for i in range(n_test):
        # X[i] is a single row, broadcasting subtracts it from every train row
        diff = X_train.astype(float) - X[i]
        dists[i, :] = np.sqrt((diff ** 2).sum(axis=1))
    return dists


def compute_distances_vectorized(X, X_train):
    # (a-b)^2 = a^2 - 2ab + b^2, from the lecture
    X = X.astype(float)
    X_train = X_train.astype(float)
    a2 = (X ** 2).sum(axis=1).reshape(-1, 1)
    b2 = (X_train ** 2).sum(axis=1).reshape(1, -1)
    ab = X.dot(X_train.T)
    d2 = a2 - 2 * ab + b2
    d2[d2 < 0] = 0  # rounding gave me -1e-15 once and then sqrt says nan
    return np.sqrt(d2)


def compute_distances_l1(X, X_train):
    dists = np.zeros((X.shape[0], X_train.shape[0]))
    for i in range(X.shape[0]):
        for j in range(X_train.shape[0]):
            s = 0.0
            for p in range(X.shape[1]):
                s += abs(float(X[i, p]) - float(X_train[j, p]))
            dists[i, j] = s
    return dists


def nearest_neighbor(x, X_train):
    best_index = 0
    best_distance = compute_distance(x, X_train[0])
    for j in range(1, len(X_train)):
        d = compute_distance(x, X_train[j])
        if d < best_distance:  # < and not <= so the first one stays
            best_distance = d
            best_index = j
    return best_index


def predict_nn_labels(X, X_train, y_train, k=1):
    dists = compute_distances_vectorized(X, X_train)
    labels = []
    for i in range(len(X)):
        # sort the pairs (distance, index): python compares the index if the distances are equal
        pairs = [(dists[i, j], j) for j in range(len(X_train))]
        pairs.sort()
        votes = {}
        for _, j in pairs[:k]:
            label = int(y_train[j])
            votes[label] = votes.get(label, 0) + 1
        winner = None
        for label in sorted(votes):
            if winner is None or votes[label] > votes[winner]:
                winner = label
        labels.append(winner)
    return np.array(labels)


def accuracy(y_pred, y_true):
    right = 0
    for p, t in zip(y_pred, y_true):
        if p == t:
            right += 1
    return right / len(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_parts = np.array_split(X, num_folds)
    y_parts = np.array_split(y, num_folds)
    results = {}
    for k in k_choices:
        results[k] = []
        for f in range(num_folds):
            train_x = [X_parts[g] for g in range(num_folds) if g != f]
            train_y = [y_parts[g] for g in range(num_folds) if g != f]
            pred = predict_nn_labels(X_parts[f], np.vstack(train_x), np.hstack(train_y), k)
            results[k].append(accuracy(pred, y_parts[f]))
    return results
