import numpy as np
import matplotlib.pyplot as plt

print("=" * 60)
print("Oskar L.  -  Assignment 1  -  numpy", np.__version__)
print("=" * 60)

DEBUG = True


def debug(*what):
    if DEBUG:
        print("[debug]", *what)


def compute_distance(a, b):
    debug("compute_distance", a.shape, b.shape)
    return np.sqrt(((a.astype(float) - b.astype(float)) ** 2).sum())


def compute_distances(X, X_train):
    debug("compute_distances", X.shape, X_train.shape)
    D = np.zeros((len(X), len(X_train)))
    for i, j in np.ndindex(D.shape):
        D[i, j] = np.sqrt(((X[i].astype(float) - X_train[j]) ** 2).sum())
    return D


def compute_distances_one_loop(X, X_train):
    D = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        D[i] = np.sqrt(((X[i].astype(float)[None, :] - X_train) ** 2).sum(1))
    debug("one loop: mean distance is", D.mean())
    return D


def compute_distances_vectorized(X, X_train):
    X, X_train = X.astype(float), X_train.astype(float)
    a = (X ** 2).sum(1, keepdims=True)
    b = (X_train ** 2).sum(1, keepdims=True).T
    D2 = a + b - 2 * (X @ X_train.T)
    debug("smallest square before the cut:", D2.min())
    return np.sqrt(np.maximum(0, D2))


def compute_distances_l1(X, X_train):
    D = np.zeros((len(X), len(X_train)))
    for j in range(len(X_train)):
        D[:, j] = np.abs(X.astype(float) - X_train[j]).sum(1)
    return D


def nearest_neighbor(x, X_train):
    D = compute_distances_one_loop(x.reshape(1, -1), X_train)
    debug("distances:", D)
    return D.argmin()


def predict_nn_labels(X, X_train, y_train, k=1):
    D = compute_distances_vectorized(X, X_train)
    C = y_train.max() + 1
    out = np.zeros(len(X), dtype=int)
    for i in range(len(X)):
        neighbours = np.argsort(D[i], kind="stable")[:k]
        counts = np.bincount(y_train[neighbours], minlength=C)
        out[i] = counts.argmax()
        debug("sample", i, "neighbours", neighbours, "votes", counts, "->", out[i])
    return out


def accuracy(y_pred, y_true):
    return float((y_pred == y_true).sum()) / y_true.size


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    table = {k: num_folds * [None] for k in k_choices}
    for f in range(num_folds):
        X_t = np.concatenate([X_folds[g] for g in range(num_folds) if g != f])
        y_t = np.concatenate([y_folds[g] for g in range(num_folds) if g != f])
        for k in k_choices:
            table[k][f] = accuracy(predict_nn_labels(X_folds[f], X_t, y_t, k), y_folds[f])
    print("k-table:", table)
    return table


# ---------------------------------------------------------------- my tests
print("3-4-5 triangle:", compute_distance(np.array([0, 0]), np.array([3, 4])))
points = np.random.rand(30, 2)
colours = (points.sum(axis=1) > 1).astype(int)
print(predict_nn_labels(points[:5], points, colours, k=3), "should be", colours[:5])
plt.scatter(points[:, 0], points[:, 1], c=colours)
plt.title("Oskar's points")
plt.savefig("points.png")
plt.show()
print("ALL GOOD!")
