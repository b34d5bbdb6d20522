"""Layers as objects with forward and backward; the functions that are asked for wrap them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


class Layer:
    def parameters(self):
        return ()


@dataclass
class Affine(Layer):
    W: np.ndarray
    b: np.ndarray
    dW: np.ndarray | None = field(default=None, repr=False)
    db: np.ndarray | None = field(default=None, repr=False)

    def forward(self, x):
        self.x = x
        return np.add(np.matmul(x, self.W), self.b)

    def backward(self, dout):
        self.dW = np.matmul(self.x.T, dout)
        self.db = dout.sum(0)[np.newaxis]
        return np.matmul(dout, self.W.T)


class ReLU(Layer):
    def forward(self, x):
        self.on = x > 0
        return x * self.on

    def backward(self, dout):
        return np.where(self.on, dout, 0)


class Hinge:
    def forward(self, scores, y):
        i = np.arange(y.size)
        m = scores - scores[i, y].reshape(-1, 1) + 1.0
        m[i, y] = 0.0
        self.m, self.i, self.y = np.clip(m, 0, None), i, y
        return self.m.sum() / y.size

    def backward(self):
        g = np.sign(self.m)
        g[self.i, self.y] -= np.count_nonzero(self.m, axis=1)
        return g / self.y.size


class Net:
    def __init__(self, params):
        self.first = Affine(params["W1"], params["b1"])
        self.relu = ReLU()
        self.second = Affine(params["W2"], params["b2"])
        self.hinge = Hinge()

    def forward(self, X):
        self.hidden = self.relu.forward(self.first.forward(X))
        return self.second.forward(self.hidden)

    def loss(self, X, y, reg):
        data = self.hinge.forward(self.forward(X), y)
        return data + reg * sum(np.linalg.norm(a.W) ** 2 for a in (self.first, self.second))

    def grads(self, reg):
        self.first.backward(self.relu.backward(self.second.backward(self.hinge.backward())))
        return {
            "W1": self.first.dW + 2 * reg * self.first.W,
            "W2": self.second.dW + 2 * reg * self.second.W,
            "b1": self.first.db,
            "b2": self.second.db,
        }


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, num_classes]
    params = {}
    for n, (i, o) in enumerate(zip(sizes, sizes[1:]), start=1):
        params[f"W{n}"] = rng.standard_normal((i, o)) * eps
        params[f"b{n}"] = np.zeros((1, o))
    return params


def relu(x):
    return ReLU().forward(x)


def nn_forward(params, X):
    net = Net(params)
    return net.forward(X), net.hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    net = Net(params)
    net.loss(X, y, reg)
    return net.grads(reg)


def nn_svm_loss(params, X, y, reg=0.0):
    net = Net(params)
    return float(net.loss(X, y, reg)), net.grads(reg)


def train_nn(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    params = {k: np.array(v) for k, v in params.items()}
    net = Net(params)
    rng = np.random.default_rng(seed)
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses += [net.loss(X[rows], y[rows], reg)]
        for k, g in net.grads(reg).items():
            params[k] -= lr * g  # the layers hold the same arrays
    return np.array(losses), params


def predict_nn(params, X):
    return np.argmax(Net(params).forward(X), axis=1)


def tune_nn(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    best, results = None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, 1e-4, seed)
                losses, params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, 20, num_iters, 100, seed
                )
                results[lr, reg, hidden] = (predict_nn(params, X_val) == y_val).mean()
                if best is None or results[lr, reg, hidden] > best[0]:
                    best = results[lr, reg, hidden], (lr, reg, hidden), params
    return best[2], best[1], results
