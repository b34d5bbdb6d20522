# Ada - assignment 0 (warm-up)

import numpy as np


def perceptron(x, w, threshold):
    if x.ndim == 1:
        total = 0
        for d in range(len(w)):
            total = total + x[d] * w[d]
        if total < threshold:
            return 0
        else:
            return 1
    # several samples: one after the other
    out = np.zeros(x.shape[0], dtype=int)
    for i in range(x.shape[0]):
        out[i] = perceptron(x[i], w, threshold)
    return out


def nand(a, b):
    # sums: 00 -> 0, 01 -> -2, 10 -> -2, 11 -> -4, so anything between -4 and -2
    return perceptron(np.array([a, b]), np.array([-2, -2]), -3)


def xor(a, b):
    # like the picture in the book
    top = nand(a, b)
    left = nand(a, top)
    right = nand(top, b)
    return nand(left, right)


def train_perceptron(X, y, max_epochs=100):
    w = np.zeros(X.shape[1])
    mistakes = []
    for epoch in range(max_epochs):
        count = 0
        for t in range(X.shape[0]):
            score = 0.0
            for d in range(X.shape[1]):
                score = score + w[d] * X[t, d]
            if y[t] * score <= 0:
                for d in range(X.shape[1]):
                    w[d] = w[d] + y[t] * X[t, d]
                count = count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, np.array(mistakes, dtype=int)


def sigmoid(z):
    out = np.zeros(z.shape, dtype=float)
    # two cases, or exp gets too big
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


def sigmoid_grad(z):
    return sigmoid(z) * (1 - sigmoid(z))


def graph_gradients(x, y, z):
    # forward
    q = x + y
    f = q * z
    # backward
    dq = z
    dz = q
    dx = dq
    dy = dq
    return f, (dx, dy, dz)


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = rng.standard_normal((2, hidden_dims))
    params["W2"] = rng.standard_normal((hidden_dims, 1))
    params["b1"] = np.zeros((1, hidden_dims))
    params["b2"] = np.zeros((1, 1))
    return params


def xor_forward(params, X):
    hidden = sigmoid(X.dot(params["W1"]) + params["b1"])
    output = sigmoid(hidden.dot(params["W2"]) + params["b2"])
    return output, hidden


def xor_loss(params, X, y):
    num_train = X.shape[0]
    output, hidden = xor_forward(params, X)
    target = np.asarray(y).reshape(num_train)
    a = output[:, 0]
    loss = np.sum((target - a) ** 2) / (2 * num_train)

    grads = {}
    for key in params:
        grads[key] = np.zeros(params[key].shape)

    # 1. output unit
    delta2 = (a - target) / num_train * a * (1 - a)
    grads["b2"][0, 0] = delta2.sum()
    # 2. hidden units, one after the other (a loop over the samples took minutes)
    for h in range(hidden.shape[1]):
        grads["W2"][h, 0] = hidden[:, h].dot(delta2)
        delta1 = delta2 * params["W2"][h, 0] * hidden[:, h] * (1 - hidden[:, h])
        grads["b1"][0, h] = delta1.sum()
        grads["W1"][:, h] = X.T.dot(delta1)
    return loss, grads


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    current = {}
    for key in params:
        current[key] = params[key].copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        loss, grads = xor_loss(current, X, y)
        losses[i] = loss
        for key in current:
            current[key] = current[key] - lr * grads[key]
    return losses, current
