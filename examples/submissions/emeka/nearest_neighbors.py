"""
CS 4xx Neural Networks - Assignment 1
Emeka O.

I worked with Goran on the idea of the folds, the code is my own.
"""
import numpy as np
from collections import Counter


def compute_distance(a, b):
    difference = np.array(a, dtype=float) - np.array(b, dtype=float)
    return np.sqrt(np.dot(difference, difference))


def compute_distances(X, X_train):
    return np.array([[compute_distance(test, train) for train in X_train] for test in X])


def compute_distances_one_loop(X, X_train):
    distances = np.zeros((X.shape[0], X_train.shape[0]))
    for column, train in enumerate(X_train):
        distances[:, column] = np.sqrt(np.sum((X - train.astype(float)) ** 2, axis=1))
    return distances


def compute_distances_vectorized(X, X_train):
    """
    ||x - t||^2 = x.x - 2 x.t + t.t
    """
    X = X.astype(float)
    T = X_train.astype(float)
    xx = np.sum(X * X, axis=1)
    tt = np.sum(T * T, axis=1)
    xt = X @ T.T
    squared = xx[:, None] - 2 * xt + tt[None, :]
    return np.sqrt(np.fmax(squared, 0.0))


def compute_distances_l1(X, X_train):
    distances = np.zeros((X.shape[0], X_train.shape[0]))
    for column, train in enumerate(X_train):
        distances[:, column] = np.sum(np.abs(X - train.astype(float)), axis=1)
    return distances


def nearest_neighbor(x, X_train):
    distances = compute_distances(x[None, :], X_train)[0]
    return min(range(len(distances)), key=lambda index: distances[index])


def predict_nn_labels(X, X_train, y_train, k=1):
    predictions = []
    for row in compute_distances_vectorized(X, X_train):
        order = sorted(range(len(row)), key=lambda index: (row[index], index))
        votes = Counter(int(y_train[index]) for index in order[:k])
        # most votes first; if equal the smaller label
        label, _ = min(votes.items(), key=lambda item: (-item[1], item[0]))
        predictions.append(label)
    return np.array(predictions)


def accuracy(y_pred, y_true):
    return float(np.mean(np.asarray(y_pred) == np.asarray(y_true)))


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds = np.array_split(X, num_folds)
    y_folds = np.array_split(y, num_folds)

    def run(k, fold):
        X_rest = np.vstack(X_folds[:fold] + X_folds[fold + 1:])
        y_rest = np.hstack(y_folds[:fold] + y_folds[fold + 1:])
        return accuracy(predict_nn_labels(X_folds[fold], X_rest, y_rest, k), y_folds[fold])

    return {k: [run(k, fold) for fold in range(num_folds)] for k in k_choices}
