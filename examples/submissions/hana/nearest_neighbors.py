import numpy as np

# Hana K.


def pairwise(A, B, p):
    """p-norm of the differences of all rows (broadcasts, so only for small data)"""
    return np.linalg.norm(A[:, np.newaxis, :].astype(float) - B[np.newaxis, :, :], ord=p, axis=2)


def compute_distance(a, b):
    return np.linalg.norm(a.astype(float) - b)


def compute_distances(X, X_train):
    D = [[compute_distance(x, t) for t in X_train] for x in X]
    return np.array(D)


def compute_distances_one_loop(X, X_train):
    return np.concatenate([pairwise(x[np.newaxis], X_train, 2) for x in X])


def compute_distances_vectorized(X, X_train):
    X, T = X.astype(float), X_train.astype(float)
    D = -2 * X @ T.T
    D += np.sum(X**2, axis=1, keepdims=True)
    D += np.sum(T**2, axis=1)
    return np.sqrt(np.abs(D))  # abs, else nan for equal rows


def compute_distances_l1(X, X_train):
    return np.concatenate([pairwise(x[np.newaxis], X_train, 1) for x in X])


def nearest_neighbor(x, X_train):
    return int(compute_distances_one_loop(x[np.newaxis], X_train).argmin())


def predict_nn_labels(X, X_train, y_train, k=1):
    D = compute_distances_one_loop(X, X_train)
    y_pred = np.empty(len(X), dtype=y_train.dtype)
    for i, row in enumerate(D):
        nearest = y_train[np.argsort(row, kind="stable")[:k]].tolist()
        y_pred[i] = max(sorted(set(nearest)), key=nearest.count)
    return y_pred


def accuracy(y_pred, y_true):
    # in percent
    return 100 * np.mean(y_pred == y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    results = {k: [] for k in k_choices}
    for fold in np.array_split(np.arange(len(X)), num_folds):
        train = np.setdiff1d(np.arange(len(X)), fold)
        for k in k_choices:
            y_pred = predict_nn_labels(X[fold], X[train], y[train], k)
            results[k].append(accuracy(y_pred, y[fold]) / 100)
    return results
