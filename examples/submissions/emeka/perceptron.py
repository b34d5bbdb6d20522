"""
CS 4xx Neural Networks - Assignment 0
Emeka O.
"""
import numpy as np


def perceptron(x, w, threshold):
    # fires if the weighted sum exceeds the threshold
    weighted_sum = np.dot(x, w)
    if np.ndim(weighted_sum) == 0:
        return int(weighted_sum > threshold)
    return (weighted_sum > threshold).astype(int)


def nand(a, b):
    return perceptron(np.array([a, b]), np.array([-2, -2]), -3)


def xor(a, b):
    # (a nand not b) nand (not a nand b)
    not_a = nand(a, a)
    not_b = nand(b, b)
    return nand(nand(a, not_b), nand(not_a, b))


def train_perceptron(X, y, max_epochs=100):
    weights = np.zeros(X.shape[1])
    updates_per_epoch = []
    for epoch in range(max_epochs):
        number_of_updates = 0
        for sample, label in zip(X, y):
            if label * np.dot(weights, sample) <= 0:
                weights = weights + label * sample
                number_of_updates += 1
        updates_per_epoch.append(number_of_updates)
        if number_of_updates == 0:
            break  # converged
    return weights, np.array(updates_per_epoch, dtype=int)


def sigmoid(z):
    magnitude = np.exp(-np.abs(z))
    return np.where(z < 0, magnitude, 1) / (1 + magnitude)


def sigmoid_grad(z):
    activation = sigmoid(z)
    return activation - activation ** 2


def graph_gradients(x, y, z):
    total = x + y
    return total * z, (z, z, total)


def init_xor(hidden_dims, seed=0):
    generator = np.random.default_rng(seed)
    return {
        "W1": generator.uniform(-1, 1, (2, hidden_dims)),
        "b1": generator.uniform(-1, 1, (1, hidden_dims)),
        "W2": generator.uniform(-1, 1, (hidden_dims, 1)),
        "b2": generator.uniform(-1, 1, (1, 1)),
    }


def xor_forward(params, X):
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    output = sigmoid(hidden @ params["W2"] + params["b2"])
    return output, hidden


def xor_loss(params, X, y):
    num_samples = X.shape[0]
    target = np.reshape(y, (num_samples, 1))
    output, hidden = xor_forward(params, X)

    # mean squared error
    loss = np.mean((output - target) ** 2)

    d_output = (output - target) / num_samples * output * (1 - output)
    d_hidden = d_output @ params["W2"].T * hidden * (1 - hidden)
    return loss, {
        "W1": X.T @ d_hidden,
        "b1": np.sum(d_hidden, axis=0, keepdims=True),
        "W2": hidden.T @ d_output,
        "b2": np.sum(d_output, axis=0, keepdims=True),
    }


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    weights = {name: np.copy(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for iteration in range(num_iters):
        losses[iteration], gradient = xor_loss(weights, X, y)
        weights = {name: weights[name] - lr * gradient[name] for name in weights}
    return losses, weights
