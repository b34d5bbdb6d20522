# Freya H., assignment 1.  I come from Matlab, sorry for the style :)
import numpy as np
from numpy import sqrt, zeros, argsort, unique, argmax


def sqDist(A, B):
    """all squared distances, rows of A against rows of B"""
    A = np.asarray(A, dtype=float); B = np.asarray(B, dtype=float)
    nA = np.tile((A ** 2).sum(1)[:, None], (1, B.shape[0]))
    nB = np.tile((B ** 2).sum(1)[None, :], (A.shape[0], 1))
    S = nA + nB - 2 * np.dot(A, B.T)
    S[S < 0] = 0
    return S


def compute_distance(a, b):
    d = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    return float(sqrt(sum(d ** 2)))


def compute_distances(X, X_train):
    nTest, nTrain = X.shape[0], X_train.shape[0]
    D = zeros((nTest, nTrain))
    for iTest in range(nTest):
        for iTrain in range(nTrain):
            D[iTest, iTrain] = compute_distance(X[iTest, :], X_train[iTrain, :])
    return D


def compute_distances_one_loop(X, X_train):
    nTest, nTrain = X.shape[0], X_train.shape[0]
    D = zeros((nTest, nTrain))
    for iTest in range(nTest):
        delta = X_train - np.tile(X[iTest, :].astype(float), (nTrain, 1))
        D[iTest, :] = sqrt((delta ** 2).sum(1))
    return D


def compute_distances_vectorized(X, X_train):
    return sqrt(sqDist(X, X_train))


def compute_distances_l1(X, X_train):
    nTest, nTrain = X.shape[0], X_train.shape[0]
    D = zeros((nTest, nTrain))
    for iTest in range(nTest):
        delta = X_train - np.tile(X[iTest, :].astype(float), (nTrain, 1))
        D[iTest, :] = abs(delta).sum(1)
    return D


def nearest_neighbor(x, X_train):
    D = compute_distances_one_loop(x[None, :], X_train)
    return int(D[0, :].argmin())


def predict_nn_labels(X, X_train, y_train, k=1):
    D = compute_distances_one_loop(X, X_train)
    yPred = zeros(X.shape[0], dtype=int)
    for iTest in range(X.shape[0]):
        order = argsort(D[iTest, :], kind='stable')
        lab, cnt = unique(y_train[order[0:k]], return_counts=True)
        yPred[iTest] = lab[argmax(cnt)]
    return yPred


def accuracy(y_pred, y_true):
    return 1 - np.count_nonzero(np.asarray(y_pred) - np.asarray(y_true)) / len(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    idx = np.array_split(np.arange(X.shape[0]), num_folds)
    res = {k: [] for k in k_choices}
    for iFold in range(num_folds):
        val = idx[iFold]
        trn = np.concatenate(idx[:iFold] + idx[iFold + 1:])
        for k in k_choices:
            yPred = predict_nn_labels(X[val, :], X[trn, :], y[trn], k)
            res[k].append(accuracy(yPred, y[val]))
    return res
