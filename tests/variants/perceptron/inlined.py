"""Each function does all by itself; no one calls another."""

import numpy as np


def perceptron(x, w, threshold):
    s = (x * w).sum(-1)
    if x.ndim == 1:
        if s < threshold:
            return 0
        return 1
    out = np.ones(len(x), dtype=int)
    out[s < threshold] = 0
    return out


def nand(a, b):
    return int(-2 * a - 2 * b + 3 >= 0)


def xor(a, b):
    n = int(-2 * a - 2 * b + 3 >= 0)
    p = int(-2 * a - 2 * n + 3 >= 0)
    q = int(-2 * b - 2 * n + 3 >= 0)
    return int(-2 * p - 2 * q + 3 >= 0)


def train_perceptron(X, y, max_epochs=100):
    w = 0 * X[0].astype(float)
    epochs = []
    for _ in range(max_epochs):
        epochs.append(0)
        for t in range(len(y)):
            right = (w * X[t]).sum() * y[t] > 0
            if not right:
                w = w + X[t] * y[t]
                epochs[-1] += 1
        if epochs[-1] == 0:
            break
    return w, np.array(epochs)


def sigmoid(z):
    return np.where(z > 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def sigmoid_grad(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def graph_gradients(x, y, z):
    f = x * z + y * z
    return f, (z, z, x + y)


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    return dict(
        W1=rng.random((2, hidden_dims)) - 0.5,
        b1=rng.random((1, hidden_dims)) - 0.5,
        W2=rng.random((hidden_dims, 1)) - 0.5,
        b2=rng.random((1, 1)) - 0.5,
    )


def xor_forward(params, X):
    h = 0.5 + 0.5 * np.tanh(0.5 * (X.dot(params["W1"]) + params["b1"]))
    o = 0.5 + 0.5 * np.tanh(0.5 * (h.dot(params["W2"]) + params["b2"]))
    return o, h


def xor_loss(params, X, y):
    h = 0.5 + 0.5 * np.tanh(0.5 * (X.dot(params["W1"]) + params["b1"]))
    o = 0.5 + 0.5 * np.tanh(0.5 * (h.dot(params["W2"]) + params["b2"]))
    d = o - y.reshape(len(X), 1)
    e2 = d * (o - o * o) / len(X)
    e1 = np.outer(e2, params["W2"]) * (h - h * h)
    return (d * d).sum() / 2 / len(X), {
        "W1": X.T.dot(e1),
        "b1": e1.sum(0)[np.newaxis],
        "W2": h.T.dot(e2),
        "b2": e2.sum(0)[np.newaxis],
    }


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    W1, b1, W2, b2 = (params[key].copy() for key in ("W1", "b1", "W2", "b2"))
    t = y.reshape(-1, 1)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        o = 1 / (1 + np.exp(-(h @ W2 + b2)))
        losses[i] = ((t - o) ** 2).sum() / (2 * len(X))
        e2 = (o - t) * o * (1 - o) / len(X)
        e1 = e2 @ W2.T * h * (1 - h)
        W2 -= lr * (h.T @ e2)
        b2 -= lr * e2.sum(axis=0, keepdims=True)
        W1 -= lr * (X.T @ e1)
        b1 -= lr * e1.sum(axis=0, keepdims=True)
    return losses, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
