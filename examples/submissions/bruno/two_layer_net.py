"""Bruno S. — two-layer net."""
from itertools import product

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    draw = np.random.default_rng(seed).standard_normal
    W1, W2 = eps * draw((dim, hidden_dims)), eps * draw((hidden_dims, num_classes))
    return dict(W1=W1, b1=np.zeros((1, hidden_dims)), W2=W2, b2=np.zeros((1, num_classes)))


def relu(x):
    return np.where(x > 0, x, 0)


def nn_forward(params, X):
    h = relu(np.einsum("nd,dh->nh", X, params["W1"]) + params["b1"])
    return np.einsum("nh,hc->nc", h, params["W2"]) + params["b2"], h


def margins(s, y):
    T = np.eye(s.shape[1])[y]
    return (s - np.einsum("nc,nc->n", s, T)[:, None] + 1) * (1 - T), T


def nn_svm_grad(params, X, y, scores, hidden, reg):
    M, T = margins(scores, y)
    on = M > 0
    G = (on - T * on.sum(axis=1, keepdims=True)) / len(X)
    H = np.einsum("nc,hc->nh", G, params["W2"]) * (hidden > 0)
    return dict(
        W1=np.einsum("nd,nh->dh", X, H) + 2 * reg * params["W1"],
        b1=np.einsum("nh->h", H)[None],
        W2=np.einsum("nh,nc->hc", hidden, G) + 2 * reg * params["W2"],
        b2=np.einsum("nc->c", G)[None],
    )


def nn_svm_loss(params, X, y, reg=0.0):
    s, h = nn_forward(params, X)
    data = margins(s, y)[0].clip(min=0).sum() / len(X)
    return (data + reg * sum((params[k] ** 2).sum() for k in ("W1", "W2")),
            nn_svm_grad(params, X, y, s, h, reg))


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng, losses = np.random.default_rng(seed), []
    for _ in range(num_iters):
        b = rng.choice(len(X), size=batch, replace=False)
        L, g = nn_svm_loss(params, X[b], y[b], reg)
        params = {k: p - lr * g[k] for k, p in params.items()}
        losses.append(L)
    return losses, params


def predict_nn(params, X):
    return nn_forward(params, X)[0].argmax(axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    runs = {}
    for lr, reg, h in product(lrs, regs, hidden_dims):
        p0 = init_params(X_train.shape[1], h, num_classes, seed=seed)
        runs[lr, reg, h] = train_nn(p0, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed)[1]
    acc = {key: np.mean(predict_nn(p, X_val) == y_val) for key, p in runs.items()}
    best = max(acc, key=acc.get)
    return runs[best], best, acc
