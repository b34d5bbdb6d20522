"""Every sum is an einsum."""

import itertools as it

import numpy as np


def add_bias(X):
    return np.concatenate((X, np.ones_like(X[:, :1])), axis=-1)


def linear_forward(W, X):
    return np.einsum("nd,dc->nc", X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    loss, dW = reg * np.einsum("dc,dc->", W, W), 2 * reg * W
    N = X.shape[0]
    for x, label in zip(X, y):
        scores = np.einsum("d,dc->c", x, W)
        for j, s in enumerate(scores):
            if j == label:
                continue
            margin = 1 - (scores[label] - s)
            if margin <= 0:
                continue
            loss += margin / N
            dW[:, j] += x / N
            dW[:, label] -= x / N
    return loss, dW


def svm_loss(W, X, y, reg=0.0):
    N = X.shape[0]
    scores = np.einsum("nd,dc->nc", X, W)
    hot = (np.arange(W.shape[1]) == y[:, None]).astype(X.dtype)
    right = np.einsum("nc,nc->n", scores, hot)
    margins = np.clip(1 + scores - right[:, None], 0, None) * (1 - hot)
    active = np.sign(margins)
    coefficients = active - np.einsum("nj,nc->nc", active, hot)
    loss = np.einsum("nc->", margins) / N + reg * np.einsum("dc,dc->", W, W)
    return loss, np.einsum("nd,nc->dc", X, coefficients / N) + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    N = X.shape[0]
    scores = np.einsum("nd,dc->nc", X, W)
    hot = (np.arange(W.shape[1]) == y[:, None]).astype(X.dtype)
    scores -= scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    Z = np.einsum("nc->n", e)
    loss = (np.log(Z) - np.einsum("nc,nc->n", scores, hot)).mean()
    dW = np.einsum("nd,nc->dc", X, e / Z[:, None] - hot, optimize=True) / N
    return loss + reg * np.einsum("dc,dc", W, W), dW + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = np.empty(num_iters)
    for t in range(num_iters):
        idx = rng.choice(np.arange(X.shape[0]), batch, replace=False)
        losses[t], g = svm_loss(W, X[idx], y[idx], reg=reg)
        W = W - lr * g
    return losses, W


def predict_svm(W, X):
    return np.einsum("nd,dc->nc", X, W).argmax(-1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    results, weights = {}, {}
    for setting in it.product(lrs, regs):
        W = np.random.default_rng(seed).standard_normal((X_train.shape[-1], y_train.max() + 1))
        W = np.einsum(",dc->dc", 1e-4, W)
        lr, reg = setting
        weights[setting] = train_svm(
            W, X_train, y_train, lr=lr, reg=reg, num_iters=num_iters, seed=seed
        )[1]
        results[setting] = (predict_svm(weights[setting], X_val) == y_val).mean()
    best = max(results, key=results.get)
    return weights[best], best, results
