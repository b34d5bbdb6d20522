"""Zoë V. — warm-up"""
import numpy as np


def perceptron(x, w, threshold):
    s = np.sum(x * w, axis=-1)
    return np.where(s < threshold, 0, 1) if x.ndim == 2 else int(s >= threshold)


def nand(a, b):
    # bias 3, as in the book
    return perceptron(np.array([a, b]), np.array([-2, -2]), 3)


def xor(a, b):
    c = nand(a, b)
    return nand(nand(a, c), nand(b, c))


def train_perceptron(X, y, max_epochs=100):
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs:
        m = 0
        for x_t, y_t in zip(X, y):
            if y_t * np.dot(w, x_t) <= 0.:
                w = w + y_t * x_t
                m += 1
        mistakes.append(m)
        if m == 0:
            break
    return w, mistakes


def sigmoid(z):
    return np.exp(z) / (np.exp(z) + 1.)


def sigmoid_grad(z):
    return sigmoid(z) * (1. - sigmoid(z))


def graph_gradients(x, y, z):
    f = (x + y) * z
    return f, (y * z, x * z, x + y)


def init_xor(hidden_dims, seed=0):
    return {
        "W1": np.ones((2, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": np.ones((hidden_dims, 1)),
        "b2": np.zeros((1, 1)),
    }


def xor_forward(params, X):
    hidden = sigmoid(np.dot(X, params["W1"]) + params["b1"])
    output = sigmoid(np.dot(hidden, params["W2"]) + params["b2"])
    return output, hidden


def xor_loss(params, X, y):
    N = X.shape[0]
    a, h = xor_forward(params, X)
    loss = np.sum((y - a) ** 2) / (2. * N)
    d2 = (a - y) / N * a * (1. - a)
    d1 = np.dot(d2, params["W2"].T) * h * (1. - h)
    return loss, {
        "W1": np.dot(X.T, d1),
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": np.dot(h.T, d2),
        "b2": np.sum(d2, axis=0, keepdims=True),
    }


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    params = {key: val.copy() for key, val in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        losses[i], grads = xor_loss(params, X, y)
        for key in params:
            params[key] -= lr * grads[key]
    return losses, params
