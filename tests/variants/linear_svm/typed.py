"""Annotations, named tuples, keyword arguments, functools: someone who writes Python for a living."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial, reduce
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Labels = NDArray[np.integer]

MARGIN: Final = 1.0


class LossAndGradient(NamedTuple):
    loss: float
    gradient: Floats


class Trained(NamedTuple):
    losses: Floats
    W: Floats


class Setting(NamedTuple):
    lr: float
    reg: float


def add_bias(X: Floats) -> Floats:
    return np.pad(X, pad_width=((0, 0), (0, 1)), mode="constant", constant_values=1)


def linear_forward(W: Floats, X: Floats) -> Floats:
    return np.tensordot(X, W, axes=1)


def _regularised(data: LossAndGradient, *, W: Floats, reg: float) -> LossAndGradient:
    return LossAndGradient(
        loss=data.loss + reg * float(np.sum(np.square(W))),
        gradient=data.gradient + 2 * reg * W,
    )


def svm_loss_naive(W: Floats, X: Floats, y: Labels, reg: float = 0.0) -> LossAndGradient:
    def of_one(x: Floats, label: int) -> LossAndGradient:
        scores = W.T @ x
        loss, gradient = 0.0, np.zeros_like(W)
        for j, score in enumerate(scores):
            if j != label and (margin := score - scores[label] + MARGIN) > 0:
                loss += margin
                gradient[:, j] += x
                gradient[:, label] -= x
        return LossAndGradient(loss, gradient)

    def add(a: LossAndGradient, b: LossAndGradient) -> LossAndGradient:
        return LossAndGradient(a.loss + b.loss, a.gradient + b.gradient)

    total = reduce(add, (of_one(x, label) for x, label in zip(X, y, strict=True)))
    mean = LossAndGradient(total.loss / len(X), total.gradient / len(X))
    return _regularised(mean, W=W, reg=reg)


def _loss(
    W: Floats,
    X: Floats,
    y: Labels,
    reg: float,
    on_scores: Callable[[Floats, Labels], LossAndGradient],
) -> LossAndGradient:
    data = on_scores(linear_forward(X=X, W=W), y)
    return _regularised(data._replace(gradient=X.T @ data.gradient), W=W, reg=reg)


def _hinge(scores: Floats, y: Labels) -> LossAndGradient:
    N: int = len(scores)
    every = np.arange(N)
    margins = np.maximum(scores - scores[every, y][:, None] + MARGIN, 0)
    margins[every, y] = 0
    gradient = np.where(margins > 0, 1 / N, 0.0)
    gradient[every, y] = -np.count_nonzero(margins, axis=1) / N
    return LossAndGradient(margins.sum().item() / N, gradient)


def _cross_entropy(scores: Floats, y: Labels) -> LossAndGradient:
    every = np.arange(len(scores))
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p)
    gradient[every, y] -= 1
    return LossAndGradient(np.negative(log_p[every, y]).mean().item(), gradient / len(scores))


def svm_loss(W: Floats, X: Floats, y: Labels, reg: float = 0.0) -> LossAndGradient:
    return _loss(W=W, X=X, y=y, reg=reg, on_scores=_hinge)


def softmax_loss(W: Floats, X: Floats, y: Labels, reg: float = 0.0) -> LossAndGradient:
    return _loss(W=W, X=X, y=y, reg=reg, on_scores=_cross_entropy)


def _batches(
    rng: np.random.Generator, N: int, *, size: int, count: int
) -> Iterator[NDArray[np.int64]]:
    for _ in range(count):
        yield rng.choice(N, size=size, replace=False)


def train_svm(
    W: Floats,
    X: Floats,
    y: Labels,
    lr: float = 1e-3,
    reg: float = 1e-5,
    batch: int = 200,
    num_iters: int = 100,
    seed: int = 0,
) -> Trained:
    losses: list[float] = []
    for rows in _batches(np.random.default_rng(seed), len(X), size=batch, count=num_iters):
        loss, gradient = svm_loss(W=W, X=X[rows], y=y[rows], reg=reg)
        losses.append(loss)
        W = W - lr * gradient
    return Trained(losses=np.asarray(losses), W=W)


def predict_svm(W: Floats, X: Floats) -> Labels:
    return np.argmax(linear_forward(W=W, X=X), axis=1)


def tune_svm(
    X_train: Floats,
    y_train: Labels,
    X_val: Floats,
    y_val: Labels,
    lrs: Sequence[float],
    regs: Sequence[float],
    num_iters: int = 100,
    seed: int = 0,
) -> tuple[Floats, Setting, dict[Setting, float]]:
    shape = (X_train.shape[1], int(y_train.max()) + 1)
    train = partial(train_svm, X=X_train, y=y_train, num_iters=num_iters, seed=seed)
    weights: dict[Setting, Floats] = {}
    for setting in (Setting(lr, reg) for lr in lrs for reg in regs):
        start = 1e-4 * np.random.default_rng(seed).standard_normal(size=shape)
        weights[setting] = train(W=start, **setting._asdict()).W
    results = {
        setting: float(np.mean(np.equal(predict_svm(W=W, X=X_val), y_val)))
        for setting, W in weights.items()
    }
    best = max(results, key=results.__getitem__)
    return weights[best], best, results
