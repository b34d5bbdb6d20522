"""Every product is an einsum."""

import numpy as np


def perceptron(x, w, threshold):
    fires = (np.einsum("...d,d->...", x, w) >= threshold).astype(int)
    return fires if fires.ndim else fires.item()


def nand(a, b):
    return 1 - a * b


def xor(a, b):
    return int(a != b)


def train_perceptron(X, y, max_epochs=100):
    signed = np.einsum("n,nd->nd", y, X)
    w = np.zeros(X.shape[1])
    mistakes = []
    for _ in range(max_epochs):
        wrong = 0
        for row in signed:
            if np.einsum("d,d->", row, w) <= 0:
                w = w + row
                wrong += 1
        mistakes += [wrong]
        if not wrong:
            break
    return w, np.asarray(mistakes, dtype=np.int64)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def sigmoid_grad(z):
    return sigmoid(z) * sigmoid(-z)


def graph_gradients(x, y, z):
    return float(np.einsum("i,->", np.array([x, y]), z)), (float(z), float(z), float(x + y))


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    limit = np.sqrt(6 / (2 + hidden_dims))
    return {
        "W1": rng.uniform(-limit, limit, (2, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": rng.uniform(-limit, limit, (hidden_dims, 1)),
        "b2": np.zeros((1, 1)),
    }


def xor_forward(params, X):
    hidden = sigmoid(np.einsum("nd,dh->nh", X, params["W1"]) + params["b1"])
    return sigmoid(np.einsum("nh,ho->no", hidden, params["W2"]) + params["b2"]), hidden


def xor_loss(params, X, y):
    a, h = xor_forward(params, X)
    t = y.reshape(a.shape)
    delta = np.einsum("no,no,no->no", a - t, a, 1 - a) / len(t)
    back = np.einsum("no,ho,nh,nh->nh", delta, params["W2"], h, 1 - h)
    grads = {
        "W1": np.einsum("nd,nh->dh", X, back),
        "b1": np.einsum("nh->h", back)[None],
        "W2": np.einsum("nh,no->ho", h, delta),
        "b2": np.einsum("no->o", delta)[None],
    }
    return np.einsum("no,no->", a - t, a - t) / (2 * len(t)), grads


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    losses = np.empty(num_iters)
    for i in range(num_iters):
        losses[i], grads = xor_loss(params, X, y)
        params = {key: value - lr * grads[key] for key, value in params.items()}
    return losses, params
