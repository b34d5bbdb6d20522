import numpy as np


def _f(a):
    return np.asarray(a, dtype=np.float64)


def compute_distance(a, b):
    return np.sqrt(np.inner(_f(a) - _f(b), _f(a) - _f(b)))


def compute_distances(X, X_train):
    out = np.empty((len(X), len(X_train)))
    for (i, j), _ in np.ndenumerate(out):
        out[i, j] = compute_distance(X[i], X_train[j])
    return out


def compute_distances_one_loop(X, X_train):
    out = np.empty((len(X), len(X_train)))
    for i in range(len(X)):
        out[i] = np.hypot.reduce(_f(X_train) - _f(X[i]), axis=1)
    return out


def compute_distances_vectorized(X, X_train):
    X, X_train = _f(X), _f(X_train)
    norms = np.sum(X * X, axis=1, keepdims=True)
    norms_train = np.sum(X_train * X_train, axis=1, keepdims=True)
    gram = np.matmul(X, np.transpose(X_train))
    return np.sqrt(np.maximum(norms - 2.0 * gram + np.transpose(norms_train), 0.0))


def compute_distances_l1(X, X_train):
    return np.array([np.sum(np.abs(_f(X_train) - _f(x)), axis=1) for x in X])


def nearest_neighbor(x, X_train):
    diff = _f(X_train) - _f(x)
    return np.argmin(np.sum(diff * diff, axis=1))


def predict_nn_labels(X, X_train, y_train, k=1):
    # lexsort: last key first, so by distance and then by index
    index = np.arange(len(X_train))
    out = []
    for row in compute_distances_vectorized(X, X_train):
        chosen = np.lexsort((index, row))[:k]
        out.append(np.argmax(np.bincount(y_train[chosen])))
    return np.array(out)


def accuracy(y_pred, y_true):
    return np.average(np.equal(y_pred, y_true))


def cross_validate_k(X, y, k_choices, num_folds=5):
    parts = list(zip(np.array_split(X, num_folds), np.array_split(y, num_folds)))
    result = {k: [] for k in k_choices}
    for i, (X_val, y_val) in enumerate(parts):
        others = parts[:i] + parts[i + 1:]
        X_rest = np.concatenate([p[0] for p in others])
        y_rest = np.concatenate([p[1] for p in others])
        for k in k_choices:
            result[k].append(accuracy(predict_nn_labels(X_val, X_rest, y_rest, k), y_val))
    return result
