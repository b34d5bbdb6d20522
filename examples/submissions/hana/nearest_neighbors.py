import numpy as np
from scipy.spatial.distance import cdist
from scipy.stats import mode


def compute_distance(a, b):
    return cdist([a], [b])[0, 0]


def compute_distances(X, X_train):
    return np.array([[compute_distance(x, t) for t in X_train] for x in X])


def compute_distances_one_loop(X, X_train):
    return np.concatenate([cdist([x], X_train) for x in X])


def compute_distances_vectorized(X, X_train):
    return cdist(X, X_train)


def compute_distances_l1(X, X_train):
    return cdist(X, X_train, metric="cityblock")


def nearest_neighbor(x, X_train):
    return int(cdist([x], X_train).argmin())


def predict_nn_labels(X, X_train, y_train, k=1):
    nearest = np.argsort(cdist(X, X_train), axis=1, kind="stable")[:, :k]
    # mode returns the smallest of the most common values
    return mode(y_train[nearest], axis=1, keepdims=False).mode


def accuracy(y_pred, y_true):
    # in percent
    return 100 * np.mean(y_pred == y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    results = {k: [] for k in k_choices}
    folds = np.array_split(np.arange(len(X)), num_folds)
    for fold in folds:
        train = np.setdiff1d(np.arange(len(X)), fold)
        for k in k_choices:
            y_pred = predict_nn_labels(X[fold], X[train], y[train], k)
            results[k].append(accuracy(y_pred, y[fold]) / 100)
    return results
