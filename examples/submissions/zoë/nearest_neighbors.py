"""Zoë V. — k-NN"""
import numpy as np


def compute_distance(a, b):
    return np.sqrt(np.sum(np.power(np.subtract(a, b, dtype=float), 2)))


def compute_distances(X, X_train):
    d = np.zeros((X.shape[0], X_train.shape[0]))
    for i in range(d.shape[0]):
        for j in range(d.shape[1]):
            d[i][j] = compute_distance(X[i], X_train[j])
    return d


def compute_distances_one_loop(X, X_train):
    # loop over the training rows, each gives all distances to the test rows
    d = []
    for t in X_train:
        d.append(np.sqrt(np.sum(np.power(X - t.astype(float), 2), axis=1)))
    return np.array(d)


def compute_distances_vectorized(X, X_train):
    X, X_train = X.astype(float), X_train.astype(float)
    x2 = np.sum(X * X, axis=1, keepdims=True)
    t2 = np.sum(X_train * X_train, axis=1, keepdims=True)
    return np.sqrt(x2 + t2.T - 2 * np.dot(X, X_train.T))


def compute_distances_l1(X, X_train):
    d = np.zeros((X.shape[0], X_train.shape[0]))
    for i in range(d.shape[0]):
        d[i] = np.sum(np.abs(X_train - X[i].astype(float)), axis=1)
    return d


def nearest_neighbor(x, X_train):
    d = [compute_distance(x, t) for t in X_train]
    return int(np.argmin(d))


def predict_nn_labels(X, X_train, y_train, k=1):
    labels = []
    for x in X:
        labels.append(y_train[nearest_neighbor(x, X_train)])
    return np.array(labels)


def accuracy(y_pred, y_true):
    return np.mean(y_pred == y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    Xf = np.array_split(X, num_folds)
    yf = np.array_split(y, num_folds)
    out = {}
    for k in k_choices:
        out[k] = []
        for i in range(num_folds):
            Xt = np.concatenate(Xf[:i] + Xf[i + 1:])
            yt = np.concatenate(yf[:i] + yf[i + 1:])
            out[k].append(accuracy(predict_nn_labels(Xf[i], Xt, yt, k=k), yf[i]))
    return out
