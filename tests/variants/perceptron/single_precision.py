"""float32 in gives float32 out; float64 stays."""

import numpy as np


def perceptron(x, w, threshold):
    return (x @ w >= threshold).astype(np.int32) if x.ndim > 1 else int(x @ w >= threshold)


def nand(a, b):
    return perceptron(np.array([a, b], dtype=np.float32), np.array([-1, -1], dtype=np.float32), -1.5)


def xor(a, b):
    return nand(nand(a, nand(a, b)), nand(b, nand(a, b)))


def train_perceptron(X, y, max_epochs=100):
    w = np.zeros(X.shape[1], dtype=X.dtype)
    mistakes = []
    for _ in range(max_epochs):
        wrong = 0
        for i in range(X.shape[0]):
            if y[i] * np.inner(X[i], w) <= 0:
                w = w + (X[i] if y[i] > 0 else -X[i])
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            return w, np.array(mistakes, dtype=np.int32)
    return w, np.array(mistakes, dtype=np.int32)


def sigmoid(z):
    one = z.dtype.type(1)
    return one / (one + np.exp(-np.maximum(z, -80)))


def sigmoid_grad(z):
    s = sigmoid(z)
    return s * (z.dtype.type(1) - s)


def graph_gradients(x, y, z):
    df = 1.0
    return (x + y) * z, (df * z, df * z, df * (x + y))


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((2, hidden_dims)).astype(np.float32),
        "b1": np.zeros((1, hidden_dims), dtype=np.float32),
        "W2": rng.standard_normal((hidden_dims, 1)).astype(np.float32),
        "b2": np.zeros((1, 1), dtype=np.float32),
    }


def xor_forward(params, X):
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    return sigmoid(hidden @ params["W2"] + params["b2"]), hidden


def xor_loss(params, X, y):
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1).astype(output.dtype)
    delta2 = error * output * (1 - output) / len(X)
    delta1 = (delta2 @ params["W2"].T) * hidden * (1 - hidden)
    ones = np.ones((1, len(X)), dtype=delta2.dtype)
    grads = {"W1": X.T @ delta1, "b1": ones @ delta1, "W2": hidden.T @ delta2, "b2": ones @ delta2}
    return np.sum(error * error) / (2 * len(X)), grads


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    losses = np.zeros(num_iters)
    current = params
    for i in range(num_iters):
        losses[i], grads = xor_loss(current, X, y)
        updated = {}
        for key in current:
            updated[key] = current[key] - lr * grads[key]
        current = updated
    return losses, current
