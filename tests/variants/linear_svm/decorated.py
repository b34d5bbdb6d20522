"""Decorators, callable objects and partial functions in the place of functions; small int types."""

import functools
import time

import numpy as np


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            wrapper.seconds += time.perf_counter() - start

    wrapper.seconds = 0.0
    return wrapper


def on_copies(function):
    """Whatever the function does, the caller's arrays stay as they are."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        args = [a.copy() if isinstance(a, np.ndarray) else a for a in args]
        kwargs = {k: a.copy() if isinstance(a, np.ndarray) else a for k, a in kwargs.items()}
        return function(*args, **kwargs)

    return wrapper


@timed
def add_bias(X):
    return np.r_["1", X, np.ones((len(X), 1))]


@timed
def linear_forward(W, X):
    return np.add.reduce(X[:, :, np.newaxis] * W[np.newaxis, :, :], axis=1)


class Loss:
    def __init__(self, name, dscores):
        self.__name__ = name
        self.dscores = dscores

    def __call__(self, W, X, y, reg=0.0):
        scores = X @ W
        losses, d = self.dscores(scores, y.astype(np.uint8))
        dW = X.T @ d
        dW /= len(X)
        if reg:
            losses = losses + reg * np.power(W, 2).sum()
            dW += 2 * reg * W
        return np.mean(losses), dW


def hinge(scores, y):
    rows = np.arange(len(y), dtype=np.uint16)
    margins = scores + 1
    margins -= scores[rows, y, None]
    margins[rows, y] = 0
    margins *= margins > 0
    d = np.ceil(np.minimum(margins, 1))
    d[rows, y] = -d.sum(axis=1)
    return margins.sum(axis=1), d


def cross_entropy(scores, y):
    rows = np.arange(len(y), dtype=np.uint16)
    shifted = scores - scores.max(axis=1)[:, None]
    log_total = np.log1p(np.exp(shifted).sum(axis=1) - 1)
    d = np.exp(shifted - log_total[:, None])
    d[rows, y] -= 1
    return log_total - shifted[rows, y], d


svm_loss = Loss("svm_loss", hinge)
softmax_loss = Loss("softmax_loss", dscores=cross_entropy)


@timed
@on_copies
def svm_loss_naive(W, X, y, reg=0.0):
    loss = reg * (W**2).sum()
    dW = np.zeros_like(W)
    for x, label in zip(X, y):
        scores = x @ W
        scores -= scores[label] - 1
        scores[label] = 0
        for j in range(len(scores)):
            if scores[j] > 0:
                loss += scores[j] / len(X)
                dW[:, j] += x
                dW[:, label] -= x
    dW /= len(X)
    W *= 2 * reg  # a copy
    dW += W
    return loss, dW


def sgd(loss, W, X, y, lr, reg, batch, num_iters, seed):
    rng = np.random.default_rng(seed=seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(X.shape[0], batch, False)
        losses[i], dW = loss(W, X.take(rows, axis=0), y.take(rows), reg)
        dW *= lr
        W -= dW
    return losses, W


@timed
@on_copies
def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    return sgd(svm_loss, W, X, y, lr, reg, batch, num_iters, seed)


def predict_svm(W, X):
    return linear_forward(W, X).argmax(axis=1).astype(np.uint8)


@timed
def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    @functools.lru_cache(maxsize=None)
    def run(lr, reg):
        W = np.random.default_rng(seed).standard_normal((X_train.shape[1], y_train.max() + 1))
        W *= 1e-4
        return train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)[1]

    @functools.lru_cache(maxsize=None)
    def accuracy(setting):
        return np.float64(np.mean(predict_svm(run(*setting), X_val) == y_val))

    settings = [(lr, reg) for lr in lrs for reg in regs]
    best = max(settings, key=accuracy)
    return run(*best), best, {setting: accuracy(setting) for setting in settings}
