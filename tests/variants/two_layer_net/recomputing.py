"""The gradient takes nothing that it is given for granted and computes everything again."""

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    numbers = np.random.default_rng(seed).standard_normal((dim + num_classes) * hidden_dims)
    W1, W2 = np.split(eps * numbers, [dim * hidden_dims])
    return {
        "b2": np.zeros((1, num_classes)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": W2.reshape(hidden_dims, num_classes),
        "W1": W1.reshape(dim, hidden_dims),
    }


def relu(x):
    return (np.abs(x) + x) / 2


def nn_forward(params, X):
    W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
    Xb = np.hstack([X, np.ones((len(X), 1))])
    hidden = relu(Xb @ np.vstack([W1, b1]))
    hb = np.hstack([hidden, np.ones((len(X), 1))])
    return [hb @ np.vstack([W2, b2]), hidden]


def nn_svm_grad(params, X, y, scores, hidden, reg):
    A = X @ params["W1"] + params["b1"]
    Z = np.maximum(A, 0)
    S = Z @ params["W2"] + params["b2"]
    N, C = S.shape
    G = np.zeros((N, C))
    for i in range(N):
        wrong = [j for j in range(C) if j != y[i] and S[i, j] > S[i, y[i]] - 1]
        G[i, wrong] = 1.0
        G[i, y[i]] = -len(wrong)
    dZ = G @ params["W2"].T
    dA = dZ.copy()
    dA[A <= 0] = 0
    return {
        "W1": (X.T @ dA) / N + 2 * reg * params["W1"],
        "b1": np.ones((1, N)) @ dA / N,
        "W2": (Z.T @ G) / N + 2 * reg * params["W2"],
        "b2": np.ones((1, N)) @ G / N,
    }


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    losses = []
    for s, t in zip(scores, y):
        margins = s - s[t] + 1
        losses.append(margins[margins > 0].sum() - 1)
    loss = np.mean(losses) + reg * (np.trace(params["W1"] @ params["W1"].T)
                                    + np.trace(params["W2"].T @ params["W2"]))
    return [loss, nn_svm_grad(params, X, y, None, None, reg)]


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100,
             print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    now = params
    losses = ()
    for _ in range(num_iters):
        rows = rng.choice(X.shape[0], size=batch, replace=False)
        Xb, yb = X[rows], y[rows]
        loss = nn_svm_loss(now, Xb, yb, reg)[0]
        step = nn_svm_grad(now, Xb, yb, *nn_forward(now, Xb), reg)
        now = {k: now[k] + (-lr) * step[k] for k in step}
        losses = losses + (loss,)
    return [losses, now]


def predict_nn(params, X):
    return np.array([int(np.flatnonzero(s == s.max())[0]) for s in nn_forward(params, X)[0]])


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100,
            seed=0):
    settings = [[lr, reg, h] for lr in lrs for reg in regs for h in hidden_dims]
    nets = []
    for lr, reg, h in settings:
        start = init_params(X_train.shape[1], h, num_classes, seed=seed)
        nets.append(train_nn(start, X_train, y_train, num_classes, lr, reg, num_iters=num_iters,
                             seed=seed)[1])
    accuracies = [np.mean(predict_nn(net, X_val) == y_val) for net in nets]
    winner = int(np.argmax(accuracies))
    results = {tuple(s): a for s, a in zip(settings, accuracies)}
    return [nets[winner], settings[winner], results]
