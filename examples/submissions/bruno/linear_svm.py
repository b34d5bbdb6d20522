"""Bruno S. — linear classifier. s: scores (N, C), G: dL/ds (N, C)."""
from itertools import product

import numpy as np


def add_bias(X):
    return np.pad(X, ((0, 0), (0, 1)), constant_values=1)


def linear_forward(W, X):
    return np.einsum("nd,dc->nc", X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    L, dW = 0.0, np.zeros(W.shape)
    for x, t in zip(X, y):
        s = x @ W
        for j in set(range(W.shape[1])) - {t}:
            if (m := s[j] - s[t] + 1) > 0:
                L += m
                dW[:, j] += x
                dW[:, t] -= x
    return L / len(X) + reg * (W**2).sum(), dW / len(X) + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    T = np.eye(W.shape[1])[y]  # one-hot
    s = linear_forward(W, X)
    M = (s - np.einsum("nc,nc->n", s, T)[:, None] + 1) * (1 - T)
    on = M > 0
    G = on - T * on.sum(axis=1, keepdims=True)
    L = np.einsum("nc,nc->", M, on) / len(X) + reg * np.einsum("dc,dc->", W, W)
    return L, np.einsum("nd,nc->dc", X, G) / len(X) + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    T = np.eye(W.shape[1])[y]
    s = linear_forward(W, X)
    s = s - s.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    L = -np.einsum("nc,nc->", T, logp) / len(X) + reg * np.einsum("dc,dc->", W, W)
    return L, np.einsum("nd,nc->dc", X, np.exp(logp) - T) / len(X) + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng, losses = np.random.default_rng(seed), []
    for _ in range(num_iters):
        b = rng.choice(len(X), size=batch, replace=False)
        L, dW = svm_loss(W, X[b], y[b], reg)
        W, losses = W - lr * dW, losses + [L]
    return losses, W


def predict_svm(W, X):
    return linear_forward(W, X).argmax(axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    shape = X_train.shape[1], y_train.max() + 1
    runs = {}
    for lr, reg in product(lrs, regs):
        W0 = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
        runs[lr, reg] = train_svm(W0, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)[1]
    acc = {key: np.mean(predict_svm(W, X_val) == y_val) for key, W in runs.items()}
    best = max(acc, key=acc.get)  # max keeps the first of equals
    return runs[best], best, acc
