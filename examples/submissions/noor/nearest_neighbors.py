import numpy as np


# squared distance of two vectors, everything else is made of this
def _sq(a, b):
    d = a.astype('float64') - b.astype('float64')
    return (d * d).sum(axis=-1)


def compute_distance(a, b):
    return _sq(a, b) ** 0.5


def compute_distances(X, X_train):
    return np.array([[_sq(x, t) for t in X_train] for x in X]) ** 0.5


def compute_distances_one_loop(X, X_train):
    return np.array([_sq(x, X_train) for x in X]) ** 0.5


def compute_distances_vectorized(X, X_train):
    x = X.astype('float64')
    t = X_train.astype('float64')
    sq = (x * x).sum(1).reshape(-1, 1) + (t * t).sum(1) - 2 * x @ t.T
    sq[sq < 0] = 0
    return sq ** 0.5


def compute_distances_l1(X, X_train):
    return np.array([abs(X_train.astype('float64') - x).sum(1) for x in X])


def nearest_neighbor(x, X_train):
    return _sq(x, X_train).argmin()


def predict_nn_labels(X, X_train, y_train, k=1):
    y_pred = []
    for x in X:
        order = _sq(x, X_train).argsort(kind='stable')
        y_pred.append(np.bincount(y_train[order[:k]]).argmax())
    return np.array(y_pred)


def accuracy(y_pred, y_true):
    return sum(y_pred == y_true) / len(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    ends = np.cumsum([0] + [len(part) for part in np.array_split(y, num_folds)])
    scores = {}
    for k in k_choices:
        scores[k] = []
        for a, b in zip(ends[:-1], ends[1:]):
            X_rest = np.r_[X[:a], X[b:]]
            y_rest = np.r_[y[:a], y[b:]]
            scores[k].append(accuracy(predict_nn_labels(X[a:b], X_rest, y_rest, k), y[a:b]))
    return scores
