"""A class does the work; the functions that are asked for call its methods."""

from dataclasses import dataclass, field

import numpy as np


class LinearClassifier:
    def __init__(self, W, reg=0.0):
        self.W = W
        self.reg = reg

    def scores(self, X):
        return np.matmul(X, self.W)

    def data_term(self, X, y):
        raise NotImplementedError

    def loss(self, X, y):
        data, dscores = self.data_term(X, y)
        dW = np.matmul(X.T, dscores)
        return data + self.reg * np.vdot(self.W, self.W), dW + 2 * self.reg * self.W

    def predict(self, X):
        return self.scores(X).argmax(1)

    def step(self, X, y, lr):
        loss, dW = self.loss(X, y)
        self.W = self.W - lr * dW
        return loss


class SVM(LinearClassifier):
    delta = 1.0

    def data_term(self, X, y):
        s = self.scores(X)
        n = np.arange(y.size)
        h = s - s[n, y, np.newaxis] + self.delta
        h[n, y] = 0
        h[h < 0] = 0
        d = np.where(h > 0, 1.0, 0.0)
        d[n, y] -= d.sum(1)
        return h.sum(1).mean(), d / y.size


class Softmax(LinearClassifier):
    def data_term(self, X, y):
        s = self.scores(X)
        n = np.arange(y.size)
        s = s - np.amax(s, 1)[:, None]
        logs = s - np.log(np.exp(s).sum(1))[:, None]
        d = np.exp(logs)
        d[n, y] -= 1
        return -logs[n, y].mean(), d / y.size


@dataclass
class Trainer:
    model: LinearClassifier
    lr: float
    rng: np.random.Generator
    losses: list = field(default_factory=list)

    def run(self, X, y, batch, steps):
        for _ in range(steps):
            rows = self.rng.choice(len(X), size=batch, replace=False)
            self.losses.append(self.model.step(X[rows], y[rows], self.lr))
        return self


def add_bias(X):
    return np.c_[X, np.ones(X.shape[0])]


def linear_forward(W, X):
    return LinearClassifier(W).scores(X)


def svm_loss_naive(W, X, y, reg=0.0):
    total, grads = 0.0, []
    for i in range(len(X)):
        grad = np.zeros(W.shape)
        own = X[i] @ W[:, y[i]]
        for j in range(W.shape[1]):
            if j != y[i] and X[i] @ W[:, j] - own + SVM.delta > 0:
                total += X[i] @ W[:, j] - own + SVM.delta
                grad[:, j] = X[i]
                grad[:, y[i]] -= X[i]
        grads.append(grad)
    return total / len(X) + reg * (W * W).sum(), np.mean(grads, axis=0) + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    return SVM(W, reg).loss(X, y)


def softmax_loss(W, X, y, reg=0.0):
    return Softmax(W, reg).loss(X, y)


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    done = Trainer(SVM(W, reg), lr, np.random.default_rng(seed)).run(X, y, batch, num_iters)
    return done.losses, done.model.W


def predict_svm(W, X):
    return LinearClassifier(W).predict(X)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    models, results = {}, {}
    for lr in lrs:
        for reg in regs:
            rng = np.random.default_rng(seed)
            model = SVM(1e-4 * rng.standard_normal((X_train.shape[1], y_train.max() + 1)), reg)
            # not this rng: training starts a fresh one from the same seed
            Trainer(model, lr, np.random.default_rng(seed)).run(X_train, y_train, 200, num_iters)
            models[lr, reg] = model
            results[lr, reg] = np.mean(model.predict(X_val) == y_val)
    best = list(results)[int(np.argmax(list(results.values())))]
    return models[best].W, best, results
