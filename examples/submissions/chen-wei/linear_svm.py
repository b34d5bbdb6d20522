"""Assignment 2, Chen Wei."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np


class ScoreLoss(ABC):
    """A loss of a table of scores: the mean over its rows, and the derivative by the scores."""

    @abstractmethod
    def rows(self, scores: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Loss of each row (N,) and its derivative (N, C)."""

    def regularised(self, W, X, y, reg):
        each, slope = self.rows(linear_forward(W, X), y)
        loss = each.mean() + reg * np.square(W).sum()
        gradient = X.T @ (slope / len(X)) + 2.0 * reg * W
        return loss, gradient


class Hinge(ScoreLoss):
    def rows(self, scores, y):
        picked = np.take_along_axis(scores, y[:, None], axis=1)
        margin = scores - picked + 1.0
        np.put_along_axis(margin, y[:, None], 0.0, axis=1)
        active = (margin > 0).astype(float)
        slope = active.copy()
        np.put_along_axis(slope, y[:, None], -active.sum(axis=1, keepdims=True), axis=1)
        return (margin * active).sum(axis=1), slope


class CrossEntropy(ScoreLoss):
    def rows(self, scores, y):
        peak = scores.max(axis=1, keepdims=True)
        log_sum = peak + np.log(np.exp(scores - peak).sum(axis=1, keepdims=True))
        slope = np.exp(scores - log_sum)
        slope[np.arange(len(y)), y] -= 1.0
        each = (log_sum - np.take_along_axis(scores, y[:, None], axis=1))[:, 0]
        return each, slope


@dataclass
class Descent:
    """Stochastic gradient descent that keeps a record of its losses."""

    lr: float
    batch: int
    seed: int
    losses: list[float] = field(default_factory=list)

    def run(self, W, X, y, steps, loss_of):
        generator = np.random.default_rng(self.seed)
        for _ in range(steps):
            chosen = generator.choice(len(X), size=self.batch, replace=False)
            loss, gradient = loss_of(W, X[chosen], y[chosen])
            self.losses.append(loss)
            W = W - self.lr * gradient
        return W


def add_bias(X):
    return np.column_stack((X, np.ones(len(X), X.dtype)))


def linear_forward(W, X):
    return X @ W


def svm_loss_naive(W, X, y, reg=0.0):
    total, gradient = 0.0, np.zeros(W.shape)
    for sample, label in zip(X, y):
        scores = sample @ W
        for other, score in enumerate(scores):
            margin = score - scores[label] + 1.0
            if other == label or margin <= 0:
                continue
            total += margin
            gradient[:, other] += sample
            gradient[:, label] -= sample
    return total / len(X) + reg * np.square(W).sum(), gradient / len(X) + 2.0 * reg * W


def svm_loss(W, X, y, reg=0.0):
    return Hinge().regularised(W, X, y, reg)


def softmax_loss(W, X, y, reg=0.0):
    return CrossEntropy().regularised(W, X, y, reg)


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    descent = Descent(lr, batch, seed)
    trained = descent.run(W.copy(), X, y, num_iters, lambda W, X, y: svm_loss(W, X, y, reg))
    return np.array(descent.losses), trained


def predict_svm(W, X):
    return linear_forward(W, X).argmax(axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    classes = int(y_train.max()) + 1
    results, weights = {}, {}
    for lr in lrs:
        for reg in regs:
            start = 1e-4 * np.random.default_rng(seed).standard_normal((X_train.shape[1], classes))
            _, W = train_svm(start, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            weights[lr, reg] = W
            results[lr, reg] = float((predict_svm(W, X_val) == y_val).mean())
    best = max(results, key=results.__getitem__)
    return weights[best], best, results
