"""Loops over plain Python numbers wherever it goes."""

import math

import numpy as np


def perceptron(x, w, threshold):
    if np.ndim(x) == 1:
        total = 0.0
        for a, b in zip(x, w):
            total += a * b
        return 0 if total < threshold else 1
    answers = []
    for row in x:
        answers.append(perceptron(row, w, threshold))
    return np.array(answers)


def nand(a, b):
    return perceptron([a, b], [-2, -2], -3)


def xor(a, b):
    c = nand(a, b)
    d = nand(a, c)
    e = nand(b, c)
    return nand(d, e)


def train_perceptron(X, y, max_epochs=100):
    w = [0.0] * X.shape[1]
    mistakes = []
    for _ in range(max_epochs):
        count = 0
        for row, label in zip(X.tolist(), y.tolist()):
            total = 0.0
            for a, b in zip(row, w):
                total += a * b
            if label * total <= 0:
                for d in range(len(w)):
                    w[d] += label * row[d]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return np.array(w), mistakes


def one_sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


def sigmoid(z):
    return np.array([one_sigmoid(value) for value in z.ravel().tolist()]).reshape(z.shape)


def sigmoid_grad(z):
    values = []
    for value in z.ravel().tolist():
        s = one_sigmoid(value)
        values.append(s * (1 - s))
    return np.array(values).reshape(z.shape)


def graph_gradients(x, y, z):
    return (x + y) * z, (z, z, x + y)


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    W1 = np.zeros((2, hidden_dims))
    W2 = np.zeros((hidden_dims, 1))
    for j in range(hidden_dims):
        W1[0, j] = rng.uniform(-1, 1)
        W1[1, j] = rng.uniform(-1, 1)
        W2[j, 0] = rng.uniform(-1, 1)
    return {"W1": W1, "b1": np.zeros((1, hidden_dims)), "W2": W2, "b2": np.zeros((1, 1))}


def xor_forward(params, X):
    N, H = len(X), params["W1"].shape[1]
    hidden, output = np.zeros((N, H)), np.zeros((N, 1))
    for i in range(N):
        total = float(params["b2"][0, 0])
        for j in range(H):
            z = X[i, 0] * params["W1"][0, j] + X[i, 1] * params["W1"][1, j] + params["b1"][0, j]
            hidden[i, j] = one_sigmoid(z)
            total += hidden[i, j] * params["W2"][j, 0]
        output[i, 0] = one_sigmoid(total)
    return output, hidden


def xor_loss(params, X, y):
    N, H = len(X), params["W1"].shape[1]
    output, hidden = xor_forward(params, X)
    targets = [float(t) for t in np.ravel(y)]
    loss = 0.0
    grads = {key: np.zeros(np.shape(params[key])) for key in params}
    for i in range(N):
        a = output[i, 0]
        loss += (targets[i] - a) ** 2 / 2 / N
        delta = (a - targets[i]) * a * (1 - a) / N
        grads["b2"][0, 0] += delta
        for j in range(H):
            h = hidden[i, j]
            grads["W2"][j, 0] += delta * h
            back = delta * params["W2"][j, 0] * h * (1 - h)
            grads["b1"][0, j] += back
            grads["W1"][0, j] += back * X[i, 0]
            grads["W1"][1, j] += back * X[i, 1]
    return loss, grads


def vectors(params, X, y):
    hidden = 1 / (1 + np.exp(-np.clip(X @ params["W1"] + params["b1"], -500, 500)))
    output = 1 / (1 + np.exp(-np.clip(hidden @ params["W2"] + params["b2"], -500, 500)))
    delta = (output - np.reshape(y, (-1, 1))) * output * (1 - output) / len(X)
    back = np.dot(delta, params["W2"].T) * hidden * (1 - hidden)
    loss = 0.5 * np.mean((output - np.reshape(y, (-1, 1))) ** 2)
    grads = {"W1": X.T @ back, "b1": back.sum(0, keepdims=True)}
    grads["W2"], grads["b2"] = hidden.T @ delta, delta.sum(0, keepdims=True)
    return loss, grads


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        loss, grads = vectors(params, X, y)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return losses, params
