"""It prints, warns, shows progress and keeps a log: all of which is nobody's business."""

import sys
import warnings

import numpy as np

LOG = []


def perceptron(x, w, threshold):
    print("perceptron", x.shape)
    total = np.dot(x, w)
    return np.int64(total >= threshold) if x.ndim == 1 else np.greater_equal(total, threshold) + 0


def nand(a, b):
    warnings.warn("a gate")
    return 0 if a == 1 and b == 1 else 1


def xor(a, b):
    print(a, b, file=sys.stderr)
    return (nand(a, b) + max(a, b)) // 2


def train_perceptron(X, y, max_epochs=100):
    w, mistakes = np.zeros(X.shape[1], dtype=X.dtype), []
    for epoch in range(max_epochs):
        n = 0
        for i in range(len(X)):
            if y[i] * w.dot(X[i]) <= 0:
                w += (y[i] * X[i]).astype(w.dtype)
                n += 1
        print(f"epoch {epoch}: {n} mistakes")
        LOG.append(n)
        mistakes.append(n)
        if n == 0:
            break
    return w, tuple(mistakes)


def sigmoid(z):
    with np.errstate(over="warn"):
        return 1 / (1 + np.exp(-z))


def sigmoid_grad(z):
    return sigmoid(z) * (1 - sigmoid(z))


def graph_gradients(x, y, z):
    print("x + y =", x + y)
    return np.float64((x + y) * z), (np.float64(z), np.float64(z), np.float64(x + y))


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((2, hidden_dims)),
        "b1": rng.standard_normal((1, hidden_dims)),
        "W2": rng.standard_normal((hidden_dims, 1)),
        "b2": rng.standard_normal((1, 1)),
    }


def xor_forward(params, X):
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    output = sigmoid(hidden @ params["W2"] + params["b2"])
    return output, hidden


def xor_loss(params, X, y):
    output, hidden = xor_forward(params, X)
    t = np.expand_dims(y, 1) if y.ndim == 1 else y
    delta2 = (output - t) * sigmoid_grad(np.log(output / (1 - output))) / len(X)
    if not np.isfinite(delta2).all():
        delta2 = (output - t) * output * (1 - output) / len(X)
    delta1 = delta2 @ params["W2"].T * (hidden - hidden**2)
    grads = {}
    for k, inputs, delta in (("2", hidden, delta2), ("1", X, delta1)):
        grads["W" + k] = inputs.T @ delta
        grads["b" + k] = delta.sum(0, keepdims=True)
    LOG.append(len(X))
    return 0.5 * np.mean(np.square(t - output)), grads


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    p = {k: v.copy() for k, v in params.items()}
    losses = []
    for i in range(num_iters):
        loss, grads = xor_loss(p, X, y)
        losses.append(float(loss))
        for k in p:
            p[k] -= lr * grads[k]
        if i % 500 == 0:
            print(f"step {i}: {loss:.4f}")
    return losses, p
