"""A neuron, a gate and a network are objects."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Neuron:
    weights: np.ndarray
    bias: float

    def fires(self, x):
        return self.weights @ x + self.bias >= 0


def perceptron(x, w, threshold):
    neuron = Neuron(w, -threshold)
    if x.ndim == 1:
        return int(neuron.fires(x))
    return np.array([int(neuron.fires(row)) for row in x])


class Gate:
    def __init__(self, w, threshold):
        self.w, self.threshold = np.asarray(w), threshold

    def __call__(self, *inputs):
        return perceptron(np.array(inputs), self.w, self.threshold)


NAND = Gate([-2, -2], -3)


def nand(a, b):
    return NAND(a, b)


def xor(a, b):
    first = NAND(a, b)
    return NAND(NAND(a, first), NAND(first, b))


class Learner:
    def __init__(self, D):
        self.w = np.zeros(D)

    def epoch(self, X, y):
        return sum(self.learn(x, label) for x, label in zip(X, y))

    def learn(self, x, label):
        wrong = label * np.dot(self.w, x) <= 0
        if wrong:
            self.w = self.w + label * x
        return int(wrong)


def train_perceptron(X, y, max_epochs=100):
    learner, mistakes = Learner(X.shape[1]), []
    while len(mistakes) < max_epochs:
        mistakes.append(learner.epoch(X, y))
        if mistakes[-1] == 0:
            break
    return learner.w, np.array(mistakes)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def sigmoid_grad(z):
    return 0.25 * (1 - np.tanh(z / 2) ** 2)


class Node:
    def __init__(self, value):
        self.value, self.grad = value, 0.0


def graph_gradients(x, y, z):
    x, y, z = Node(x), Node(y), Node(z)
    q = Node(x.value + y.value)
    f = Node(q.value * z.value)
    f.grad = 1.0
    q.grad += f.grad * z.value
    z.grad += f.grad * q.value
    x.grad += q.grad
    y.grad += q.grad
    return f.value, (x.grad, y.grad, z.grad)


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (2, hidden_dims), "b1": (1, hidden_dims), "W2": (hidden_dims, 1), "b2": (1, 1)}
    return {key: rng.normal(0, 0.5, size=shape) for key, shape in shapes.items()}


class Net:
    def __init__(self, params):
        self.params = dict(params)

    def forward(self, X):
        self.X = X
        self.hidden = sigmoid(X @ self.params["W1"] + self.params["b1"])
        self.output = sigmoid(self.hidden @ self.params["W2"] + self.params["b2"])
        return self.output

    def backward(self, y):
        error = self.output - y
        delta2 = error * self.output * (1 - self.output) / len(y)
        delta1 = (delta2 @ self.params["W2"].T) * self.hidden * (1 - self.hidden)
        return {
            "b2": delta2.sum(axis=0, keepdims=True),
            "W2": self.hidden.T @ delta2,
            "b1": delta1.sum(axis=0, keepdims=True),
            "W1": self.X.T @ delta1,
        }

    def loss(self, y):
        return 0.5 * float(((self.output - y) ** 2).mean())

    def step(self, grads, lr):
        for key, grad in grads.items():
            self.params[key] = self.params[key] - lr * grad


def xor_forward(params, X):
    net = Net(params)
    net.forward(X)
    return net.output, net.hidden


def xor_loss(params, X, y):
    net = Net(params)
    net.forward(X)
    y = y[:, None] if y.ndim == 1 else y
    return net.loss(y), net.backward(y)


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    net, losses = Net(params), []
    y = y[:, None] if y.ndim == 1 else y
    for _ in range(num_iters):
        net.forward(X)
        losses.append(net.loss(y))
        net.step(net.backward(y), lr)
    return np.array(losses), net.params
