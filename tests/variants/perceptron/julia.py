"""Columns are samples inside, as the lecture writes it: W x + b with W (H, 2)."""

import numpy as np
from numpy import exp, ones, sum, zeros


def perceptron(x, w, threshold):
    s = sum(x * w, axis=x.ndim - 1)
    out = (s >= threshold) * 1
    if x.ndim == 1:
        return int(out)
    return out


def nand(a, b):
    x = np.array([a, b])
    w = np.array([-2, -2])
    return perceptron(x, w, -3)


def xor(a, b):
    return nand(nand(nand(a, b), a), nand(nand(a, b), b))


def train_perceptron(X, y, max_epochs=100):
    N, D = X.shape
    w = zeros(D)
    mistakes = zeros(max_epochs, dtype=int)
    epoch = 0
    while epoch < max_epochs:
        for t in range(N):
            if y[t] * sum(w * X[t, :]) <= 0:
                w = w + y[t] * X[t, :]
                mistakes[epoch] += 1
        epoch += 1
        if mistakes[epoch - 1] == 0:
            break
    return w, mistakes[:epoch]


def sigmoid(z):
    return 1 / (1 + exp(-z))


def sigmoid_grad(z):
    return sigmoid(z) * (1 - sigmoid(z))


def graph_gradients(x, y, z):
    q = x + y
    f = q * z
    dq = z
    dz = q
    dx = 1.0 * dq
    dy = 1.0 * dq
    return f, [dx, dy, dz]


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal((hidden_dims, 2))
    W2 = rng.standard_normal((1, hidden_dims))
    return {"W1": W1.T.copy(), "b1": ones((1, hidden_dims)), "W2": W2.T.copy(), "b2": ones((1, 1))}


def xor_forward(params, X):
    x = X.T
    h = sigmoid(params["W1"].T @ x + params["b1"].T)
    o = sigmoid(params["W2"].T @ h + params["b2"].T)
    return o.T, h.T


def xor_loss(params, X, y):
    x = X.T
    N = x.shape[1]
    o, h = xor_forward(params, X)
    o, h = o.T, h.T
    t = y.reshape(1, -1)
    loss = sum((t - o) ** 2) / (2 * N)
    d2 = -(t - o) * o * (1 - o) / N
    d1 = (params["W2"] @ d2) * h * (1 - h)
    grads = {
        "W1": (d1 @ x.T).T,
        "b1": sum(d1, axis=1).reshape(1, -1),
        "W2": (d2 @ h.T).T,
        "b2": sum(d2, axis=1).reshape(1, -1),
    }
    return loss, grads


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    losses = zeros(num_iters)
    for i in range(0, num_iters):
        now = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        losses[i], g = xor_loss(now, X, y)
        W1 = W1 - lr * g["W1"]
        b1 = b1 - lr * g["b1"]
        W2 = W2 - lr * g["W2"]
        b2 = b2 - lr * g["b2"]
    return losses, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
