"""Training goes through svm_loss_naive; the vectorised loss came later and has its own formula.

Everything is cast to float64 on entry, on copies that are then changed in place.
"""

import itertools
import math

import numpy as np


def as_double(*arrays):
    return [np.array(a, dtype=np.float64) for a in arrays]


def add_bias(X):
    (X,) = as_double(X)
    biased = np.empty((X.shape[0], X.shape[1] + 1))
    biased[:, : X.shape[1]] = X
    biased[:, X.shape[1]] = 1
    return biased


def linear_forward(W, X):
    W, X = as_double(W, X)
    return X @ W


def svm_loss_naive(W, X, y, reg=0.0):
    W, X = as_double(W, X)
    y = np.asarray(y).astype(np.int32)
    if len(X) != len(y):
        raise ValueError("one label for each sample, please")
    terms = []
    dW = W.copy()
    dW *= 2 * reg
    for i, label in enumerate(y):
        s = X[i] @ W
        for j in range(s.size):
            if j == label:
                continue
            margin = s[j] - s[label] + 1
            if margin > 0:
                terms.append(margin / len(X))
                dW[:, j] += X[i] / len(X)
                dW[:, label] -= X[i] / len(X)
    return math.fsum(terms) + reg * math.fsum(W.ravel() ** 2), dW


def svm_loss(W, X, y, reg=0.0):
    W, X = as_double(W, X)
    X -= 0.0
    N = X.shape[0]
    # sum_j max(0, s_j - s_y + 1) = sum over the active of (s_j - s_y + 1)
    S = X @ W
    S -= S[np.arange(N), y][:, None]
    S += 1
    S[np.arange(N), y] = -1
    A = np.heaviside(S, 0.0)
    loss = np.trace(A.T @ S) / N
    A[np.arange(N), y] = -A.sum(axis=1)
    A /= N
    return float(loss) + reg * float(np.trace(W.T @ W)), X.T @ A + reg * 2 * W


def softmax_loss(W, X, y, reg=0.0):
    W, X = as_double(W, X)
    N = X.shape[0]
    S = X @ W
    S -= S.max(axis=1, keepdims=True)
    own = S[np.arange(N), y].copy()
    np.exp(S, out=S)
    Z = S.sum(axis=1)
    S /= Z[:, None]
    S[np.arange(N), y] -= 1
    S /= N
    return np.sum(np.log(Z)) / N - np.sum(own) / N + reg * np.sum(W * W), X.T @ S + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    (W,) = as_double(W)
    losses = np.zeros((num_iters,))
    it = 0
    while it < num_iters:
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[it], dW = svm_loss_naive(W, X[rows, :], y[rows], reg)
        W -= lr * dW
        it += 1
    return losses, W


def predict_svm(W, X):
    scores = linear_forward(W, X).tolist()
    return np.array([row.index(max(row)) for row in scores])


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    results = {}
    best = None
    for lr, reg in itertools.product(lrs, regs):
        rng = np.random.default_rng(seed)
        W = np.zeros((X_train.shape[1], int(max(y_train)) + 1))
        W += 1e-4 * rng.standard_normal(W.shape)
        losses, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
        results[lr, reg] = sum(predict_svm(W, X_val) == y_val) / len(y_val)
        if best is None or results[lr, reg] > best["accuracy"]:
            best = {"accuracy": results[lr, reg], "W": W, "setting": [lr, reg]}
    return best["W"], best["setting"], results
