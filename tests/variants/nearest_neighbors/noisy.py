"""Left as it was while it was written: prints, warnings, a plot, experiments at the top level."""

import sys
import time
import warnings

import matplotlib.pyplot as plt
import numpy as np

try:
    from autograder import datasets

    data = datasets.load("mnist")
    print("loaded", data)
except Exception as e:
    print("no data here:", e)

np.set_printoptions(precision=3)
np.random.seed(42)
t0 = time.time()


def compute_distance(a, b):
    print("a", a.shape, "b", b.shape, a.dtype)
    a = a.copy()
    a -= b
    a *= a
    return np.sqrt(a.sum())


def compute_distances(X, X_train):
    dists = np.zeros((X.shape[0], X_train.shape[0]))
    for i in range(X.shape[0]):
        for j in range(X_train.shape[0]):
            dists[i, j] = compute_distance(X[i], X_train[j])
    print(dists, file=sys.stderr)
    return dists


def compute_distances_one_loop(X, X_train):
    warnings.warn("slow!")
    dists = np.zeros((X.shape[0], X_train.shape[0]))
    for i in range(X.shape[0]):
        dists[i, :] = np.sqrt(np.sum(np.square(X_train - np.tile(X[i], (len(X_train), 1))), axis=1))
    return dists


def compute_distances_vectorized(X, X_train):
    X = X.astype(np.float64)
    X_train = X_train.astype(np.float64)
    x2 = np.sum(np.square(X), axis=1, keepdims=True)
    t2 = np.sum(np.square(X_train), axis=1, keepdims=True)
    d2 = x2 + t2.T + (-2) * np.matmul(X, np.transpose(X_train))
    dists = np.sqrt(np.where(d2 > 0, d2, 0))
    print("nan?", np.isnan(dists).any())
    return dists


def compute_distances_l1(X, X_train):
    result = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            result[i, j] = np.abs(X[i] - X_train[j]).sum()
    return result


def nearest_neighbor(x, X_train):
    d = [compute_distance(x, t) for t in X_train]
    return d.index(min(d))


def predict_nn_labels(X, X_train, y_train, k=1):
    dists = compute_distances(X, X_train)
    y_pred = np.zeros(X.shape[0]).astype(int)
    for i in range(X.shape[0]):
        idx = sorted(range(len(X_train)), key=lambda j: dists[i, j])  # sorted is stable
        closest_y = [y_train[j] for j in idx[:k]]
        y_pred[i] = max(sorted(set(closest_y)), key=closest_y.count)
    return y_pred


def accuracy(y_pred, y_true):
    num_correct = np.sum(y_pred == y_true)
    acc = float(num_correct) / len(y_true)
    print("Got %d / %d correct => accuracy: %f" % (num_correct, len(y_true), acc))
    return acc


def cross_validate_k(X, y, k_choices, num_folds=5):
    X_train_folds = np.array_split(X, num_folds)
    y_train_folds = np.array_split(y, num_folds)
    k_to_accuracies = {}
    for k in k_choices:
        k_to_accuracies[k] = []
        for fold in range(num_folds):
            temp_X = X_train_folds[:]
            temp_y = y_train_folds[:]
            X_val = temp_X.pop(fold)
            y_val = temp_y.pop(fold)
            temp_X = np.concatenate(temp_X)
            temp_y = np.concatenate(temp_y)
            acc = accuracy(predict_nn_labels(X_val, temp_X, temp_y, k), y_val)
            k_to_accuracies[k].append(acc)
    for k in sorted(k_to_accuracies):
        for a in k_to_accuracies[k]:
            print("k = %d, accuracy = %f" % (k, a))
    return k_to_accuracies


A = np.random.randn(5, 3)
print("test:", compute_distances_vectorized(A, A), time.time() - t0)
plt.imshow(compute_distances(A, A))
plt.show()
