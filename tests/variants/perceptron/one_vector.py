"""All parameters in one vector while training; a bias is one more row of weights."""

import numpy as np


def with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


def perceptron(x, w, threshold):
    rows = with_ones(np.atleast_2d(x))
    fires = np.heaviside(rows @ np.append(w, -threshold), 1).astype(int)
    return fires if x.ndim == 2 else fires[0]


def nand(a, b):
    return perceptron(np.array([a, b]), np.array([-2.0, -2.0]), -3.0)


def xor(a, b):
    c = nand(a, b)
    return nand(nand(a, c), nand(b, c))


def train_perceptron(X, y, max_epochs=100):
    Z = X * y[:, None]
    w = np.zeros(Z.shape[1])
    mistakes = []
    for _ in range(max_epochs):
        before = len(mistakes)
        count = 0
        start = 0
        while True:
            wrong = np.flatnonzero(Z[start:] @ w <= 0)
            if not wrong.size:
                break
            first = start + wrong[0]
            w = w + Z[first]
            count += 1
            start = first + 1
        mistakes.append(count)
        assert len(mistakes) == before + 1
        if count == 0:
            break
    return w, np.array(mistakes)


def sigmoid(z):
    out = np.empty_like(z)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    e = np.exp(z[~up])
    out[~up] = e / (1 + e)
    return out


def sigmoid_grad(z):
    s = sigmoid(z)
    return s - s**2


def graph_gradients(x, y, z):
    h = 1.0
    f = (x + y) * z
    # f is linear in each input, so one difference is exact but for rounding.
    return f, ((x + h + y) * z - f, (x + y + h) * z - f, (x + y) * (z + h) - f)


def split(theta):
    H = (len(theta) - 1) // 4
    return theta[: 3 * H].reshape(3, H), theta[3 * H :].reshape(H + 1, 1)


def join(p):
    first = np.vstack([p["W1"], p["b1"]])
    second = np.vstack([p["W2"], p["b2"]])
    return np.concatenate([first.ravel(), second.ravel()])


def named(theta):
    first, second = split(theta)
    return {
        "W1": first[:2].copy(),
        "b1": first[2:].copy(),
        "W2": second[:-1].copy(),
        "b2": second[-1:].copy(),
    }


def init_xor(hidden_dims, seed=0):
    theta = np.random.default_rng(seed).normal(size=4 * hidden_dims + 1)
    return named(theta)


def forward(theta, X):
    first, second = split(theta)
    hidden = sigmoid(with_ones(X) @ first)
    return sigmoid(with_ones(hidden) @ second), hidden


def slope(theta, X, y):
    _, second = split(theta)
    a, h = forward(theta, X)
    error = a - y.reshape(-1, 1)
    delta = error * a * (1 - a) / len(X)
    back = delta * second[:-1].T * h * (1 - h)
    grad = np.concatenate([(with_ones(X).T @ back).ravel(), (with_ones(h).T @ delta).ravel()])
    return np.mean(error**2) / 2, grad


def xor_forward(params, X):
    return forward(join(params), X)


def xor_loss(params, X, y):
    loss, grad = slope(join(params), X, y)
    return loss, named(grad)


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    theta = join(params)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        losses[i], grad = slope(theta, X, y)
        theta -= lr * grad
    return losses, named(theta)
