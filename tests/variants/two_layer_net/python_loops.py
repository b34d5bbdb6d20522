"""Loops over samples and classes; every number by itself."""

import copy

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = rng.normal(0, 1, size=(dim, hidden_dims)) * eps
    params["b1"] = np.array([[0.0 for _ in range(hidden_dims)]])
    params["W2"] = rng.normal(0, 1, size=(hidden_dims, num_classes)) * eps
    params["b2"] = np.array([[0.0 for _ in range(num_classes)]])
    return params


def relu(x):
    out = x.copy()
    for index in np.ndindex(x.shape):
        if out[index] < 0:
            out[index] = 0
    return out


def nn_forward(params, X):
    hidden = []
    scores = []
    for x in X:
        h = [max(0.0, float(x @ w + b)) for w, b in zip(params["W1"].T, params["b1"][0])]
        hidden.append(h)
        scores.append([sum(a * v for a, v in zip(h, w)) + b
                       for w, b in zip(params["W2"].T, params["b2"][0])])
    return np.array(scores), np.array(hidden)


def nn_svm_grad(params, X, y, scores, hidden, reg):
    N = len(X)
    grads = {k: np.zeros(v.shape) for k, v in params.items()}
    for i in range(N):
        for j in range(scores.shape[1]):
            if j == y[i] or scores[i, j] - scores[i, y[i]] + 1 <= 0:
                continue
            for c, sign in ((j, 1), (y[i], -1)):
                grads["b2"][0, c] += sign
                grads["W2"][:, c] += sign * hidden[i]
                back = sign * params["W2"][:, c]
                for h in range(hidden.shape[1]):
                    if hidden[i, h] > 0:
                        grads["b1"][0, h] += back[h]
                        grads["W1"][:, h] += back[h] * X[i]
    for k in grads:
        grads[k] /= N
        if k[0] == "W":
            grads[k] += 2 * reg * params[k]
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    loss = 0.0
    for s, t in zip(scores, y):
        for j, v in enumerate(s):
            if j != t:
                loss += max(0, v - s[t] + 1)
    loss = loss / len(y)
    for k in ["W1", "W2"]:
        for w in params[k].flat:
            loss += reg * w * w
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100,
             print_freq=100, seed=0):
    params = copy.deepcopy(params)
    rng = np.random.default_rng(seed)
    losses = []
    for i in range(num_iters):
        rows = rng.choice(X.shape[0], batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        params["W1"] = params["W1"] - lr * grads["W1"]
        params["b1"] = params["b1"] - lr * grads["b1"]
        params["W2"] = params["W2"] - lr * grads["W2"]
        params["b2"] = params["b2"] - lr * grads["b2"]
        if i % print_freq == 0:
            print("iteration", i, "loss", loss)
    return losses, params


def predict_nn(params, X):
    scores, _ = nn_forward(params, X)
    labels = []
    for s in scores:
        best = 0
        for j in range(1, len(s)):
            if s[j] > s[best]:
                best = j
        labels.append(best)
    return labels


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100,
            seed=0):
    results = {}
    best_acc = -1
    for lr in lrs:
        for reg in regs:
            for h in hidden_dims:
                p = init_params(X_train.shape[1], h, num_classes, seed=seed)
                _, p = train_nn(p, X_train, y_train, num_classes, lr=lr, reg=reg,
                                num_iters=num_iters, seed=seed)
                acc = sum(a == b for a, b in zip(predict_nn(p, X_val), y_val)) / len(y_val)
                results[(lr, reg, h)] = acc
                if acc > best_acc:
                    best_acc = acc
                    best_params = p
                    best = (lr, reg, h)
    return best_params, best, results
