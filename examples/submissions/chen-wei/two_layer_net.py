"""Assignment 3, Chen Wei. Layers as objects; the functions at the end wrap them."""

from __future__ import annotations

import itertools

import numpy as np


class Dense:
    """z = x W + b; backward() remembers the x of the last forward()."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dz):
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0, keepdims=True)
        return dz @ self.W.T


class ReLU:
    def forward(self, x):
        self.out = relu(x)
        return self.out

    def backward(self, dout):
        return np.where(self.out > 0, dout, 0.0)


class Network:
    def __init__(self, params):
        self.first = Dense(params["W1"], params["b1"])
        self.kink = ReLU()
        self.second = Dense(params["W2"], params["b2"])

    def forward(self, X):
        hidden = self.kink.forward(self.first.forward(X))
        return self.second.forward(hidden), hidden

    def load(self, X, hidden):
        """Put the layers into the state after forward(X) without doing it again."""
        self.first.x, self.kink.out, self.second.x = X, hidden, hidden

    def backward(self, dscores, reg):
        self.first.backward(self.kink.backward(self.second.backward(dscores)))
        return {
            "W1": self.first.dW + 2 * reg * self.first.W,
            "b1": self.first.db,
            "W2": self.second.dW + 2 * reg * self.second.W,
            "b2": self.second.db,
        }

    def penalty(self):
        return np.square(self.first.W).sum() + np.square(self.second.W).sum()


def hinge(scores, y):
    """Mean hinge loss and its derivative by the scores."""
    N = len(y)
    margins = np.maximum(scores - scores[range(N), y][:, None] + 1, 0)
    margins[range(N), y] = 0
    slope = np.sign(margins)
    slope[range(N), y] = -slope.sum(axis=1)
    return margins.sum() / N, slope / N


def relu(x):
    return np.maximum(x, 0)


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    generator = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, num_classes]
    params = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), start=1):
        params[f"W{layer}"] = eps * generator.standard_normal((n_in, n_out))
        params[f"b{layer}"] = np.zeros((1, n_out))
    return params


def nn_forward(params, X):
    return Network(params).forward(X)


def nn_svm_grad(params, X, y, scores, hidden, reg):
    network = Network(params)
    network.load(X, hidden)
    return network.backward(hinge(scores, y)[1], reg)


def nn_svm_loss(params, X, y, reg=0.0):
    network = Network(params)
    scores, _ = network.forward(X)
    loss, slope = hinge(scores, y)
    return loss + reg * network.penalty(), network.backward(slope, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    generator = np.random.default_rng(seed)
    current = {name: np.array(value) for name, value in params.items()}
    losses = np.empty(num_iters)
    for step in range(num_iters):
        rows = generator.choice(len(X), size=batch, replace=False)
        losses[step], grads = nn_svm_loss(current, X[rows], y[rows], reg)
        for name, slope in grads.items():
            current[name] -= lr * slope
        if print_freq and (step + 1) % print_freq == 0:
            print(f"{step + 1:6d} {losses[step]:.5f}")
    return losses, current


def predict_nn(params, X):
    return nn_forward(params, X)[0].argmax(axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    results, kept = {}, {}
    for setting in itertools.product(lrs, regs, hidden_dims):
        lr, reg, hidden = setting
        start = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
        _, kept[setting] = train_nn(start, X_train, y_train, num_classes, lr=lr, reg=reg,
                                    num_iters=num_iters, print_freq=None, seed=seed)
        results[setting] = float((predict_nn(kept[setting], X_val) == y_val).mean())
    best = max(results, key=results.__getitem__)
    return kept[best], best, results
