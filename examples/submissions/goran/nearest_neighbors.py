import numpy as np

# Goran P.


def compute_distance(a, b):
    return np.sqrt(np.square(a.astype(np.float64) - b).sum())


def table(X, X_train, dist):
    """dist gets one test row and all train rows and gives one row of the table"""
    return np.vstack([dist(x.astype(np.float64), X_train.astype(np.float64)) for x in X])


def compute_distances(X, X_train):
    return table(X, X_train, lambda x, T: np.array([compute_distance(x, t) for t in T]))


def compute_distances_one_loop(X, X_train):
    return table(X, X_train, lambda x, T: np.sqrt(np.square(T - x).sum(axis=1)))


def compute_distances_vectorized(X, X_train):
    # x = [x.x, 1, -2x], t = [1, t.t, t]: then x . t is the squared distance
    X, T = X.astype(np.float64), X_train.astype(np.float64)
    left = np.hstack([np.square(X).sum(axis=1, keepdims=True), np.ones((len(X), 1)), -2 * X])
    right = np.hstack([np.ones((len(T), 1)), np.square(T).sum(axis=1, keepdims=True), T])
    return np.sqrt(np.maximum(left @ right.T, 0))


def compute_distances_l1(X, X_train):
    return table(X, X_train, lambda x, T: np.abs(T - x).sum(axis=1))


def nearest_neighbor(x, X_train):
    return int(np.argmin(np.square(X_train - x.astype(np.float64)).sum(axis=1)))


def predict_nn_labels(X, X_train, y_train, k=1):
    order = compute_distances_one_loop(X, X_train).argsort(axis=1, kind="stable")
    labels = np.unique(y_train)
    votes = y_train[order[:, :k]]
    counts = np.stack([(votes == label).sum(axis=1) for label in labels], axis=1)
    return labels[counts.argmax(axis=1)]


def accuracy(y_pred, y_true):
    return (y_pred == y_true).mean()


def cross_validate_k(X, y, k_choices, num_folds=5):
    which = np.concatenate([np.full(len(part), f) for f, part in enumerate(np.array_split(y, num_folds))])
    result = {}
    for k in k_choices:
        result[k] = []
        for f in range(num_folds):
            val, train = which == f, which != f
            result[k].append(accuracy(predict_nn_labels(X[val], X[train], y[train], k), y[val]))
    return result
