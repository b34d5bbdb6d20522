"""Columns are samples inside, as the lecture writes it: W x + b with W (H, D)."""

import numpy as np
from numpy import sum, maximum, zeros


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    W1 = eps * rng.standard_normal((dim, hidden_dims))
    W2 = eps * rng.standard_normal((hidden_dims, num_classes))
    params = {"W1": W1, "b1": zeros((1, hidden_dims)), "W2": W2, "b2": zeros((1, num_classes))}
    return params


def relu(x):
    return maximum.reduce([x, np.zeros(x.shape)])


def nn_forward(params, X):
    x = X.T
    h = relu(params["W1"].T @ x + params["b1"].T)
    s = params["W2"].T @ h + params["b2"].T
    return s.T, h.T


def nn_svm_grad(params, X, y, scores, hidden, reg):
    s, h, x = scores.T, hidden.T, X.T
    C, N = s.shape
    ds = zeros((C, N))
    for i in range(N):
        count = 0
        for c in range(C):
            if c != y[i]:
                if s[c, i] - s[y[i], i] + 1 > 0:
                    ds[c, i] = 1
                    count = count + 1
        ds[y[i], i] = -count
    ds = ds / N
    dW2 = ds @ h.T
    db2 = sum(ds, axis=1)
    dh = params["W2"] @ ds
    dh = dh * (h > 0)
    dW1 = dh @ x.T
    db1 = sum(dh, axis=1)
    return {
        "W1": dW1.T + 2 * reg * params["W1"],
        "b1": db1.reshape(1, -1),
        "W2": dW2.T + 2 * reg * params["W2"],
        "b2": db2.reshape(1, -1),
    }


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    s = scores.T
    N = X.shape[0]
    loss = 0.0
    for i in range(N):
        m = s[:, i] - s[y[i], i] + 1
        m[y[i]] = 0
        loss = loss + sum(maximum(0, m))
    loss = loss / N
    loss = loss + reg * sum(params["W1"] ** 2) + reg * sum(params["W2"] ** 2)
    grads = nn_svm_grad(params, X, y, scores, hidden, reg)
    return loss, grads


def train_nn(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    params = {k: v.copy() for (k, v) in params.items()}
    rng = np.random.default_rng(seed)
    losses = zeros(num_iters)
    for i in range(num_iters):
        indices = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[indices, :], y[indices], reg)
        losses[i] = loss
        for key, value in grads.items():
            params[key][...] = params[key] - lr * value
        if i % print_freq == 0:
            print(f"iteration {i}: loss {loss}")
    return losses, params


def predict_nn(params, X):
    scores = nn_forward(params, X)[0]
    y = zeros(len(X), dtype=int)
    for i in range(len(X)):
        y[i] = np.argmax(scores[i, :])
    return y


def tune_nn(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    results = {}
    best_params = {}
    best = ()
    best_accuracy = -1.0
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                losses, params = train_nn(
                    params, X_train, y_train, max(y_train) + 1,
                    lr=lr, reg=reg, num_iters=num_iters, print_freq=1000, seed=seed,
                )
                accuracy = len(np.where(predict_nn(params, X_val) == y_val)[0]) / len(X_val)
                results[(lr, reg, hidden)] = accuracy
                if accuracy > best_accuracy:
                    best_accuracy = accuracy
                    best_params = params
                    best = (lr, reg, hidden)
    return best_params, best, results
