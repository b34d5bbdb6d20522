"""take_along_axis, put_along_axis, np.where, np.add.at, bincount: NumPy's lesser used corners."""

import numpy as np


def add_bias(X):
    return np.insert(X, X.shape[1], 1, axis=1)


def linear_forward(W, X):
    return np.inner(X, W.T)


def svm_loss_naive(W, X, y, reg=0.0):
    N, C = len(X), W.shape[1]
    loss = 0.0
    dWT = np.zeros(W.T.shape)
    for i in range(N):
        s = linear_forward(W, X[i][None])[0]
        for j in range(C):
            gap = s[y[i]] - s[j]
            if gap < 1 and j != y[i]:
                loss += 1 - gap
                np.add.at(dWT, j, X[i])
                np.subtract.at(dWT, y[i], X[i])
    return np.add(loss / N, reg * np.sum(W**2)), dWT.T / N + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    N = len(X)
    s = linear_forward(W, X)
    margins = 1 + s - np.take_along_axis(s, y[:, None], axis=1)
    np.put_along_axis(margins, y[:, None], -np.inf, axis=1)
    rows, classes = np.where(margins > 0)
    loss = np.sum(margins[rows, classes]) / N
    dWT = np.zeros((W.shape[1], W.shape[0]))
    np.add.at(dWT, classes, X[rows])
    np.add.at(dWT, y[rows], -X[rows])
    return loss + reg * np.sum(W**2), np.ascontiguousarray(dWT.T) / N + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    N = len(X)
    s = linear_forward(W, X)
    s = s - s[np.arange(N), s.argmax(axis=1)][:, None]
    lse = np.logaddexp.reduce(s, axis=1)
    losses = lse - np.take_along_axis(s, y[:, None], axis=1)[:, 0]
    p = np.exp(s - lse[:, None])
    p.ravel()[np.ravel_multi_index((np.arange(N), y), p.shape)] -= 1
    return losses.mean() + reg * np.sum(W**2), np.divide(X.T @ p, N) + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    rows = np.array([rng.choice(len(X), size=batch, replace=False) for _ in range(num_iters)])
    X_batches, y_batches = X[rows], y[rows]
    Ws = np.empty((num_iters + 1, *W.shape))
    Ws[0] = W
    losses = np.full(num_iters, np.nan)
    for i in range(num_iters):
        losses[i], dW = svm_loss(Ws[i], X_batches[i], y_batches[i], reg)
        np.subtract(Ws[i], lr * dW, out=Ws[i + 1])
    return losses, Ws[-1]


def predict_svm(W, X):
    return np.argsort(-linear_forward(W, X), axis=1, kind="stable")[:, 0]


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    grid = np.stack(np.meshgrid(lrs, regs, indexing="ij"), axis=-1).reshape(-1, 2)
    C = len(np.bincount(y_train))
    Ws = []
    for lr, reg in grid:
        W = 1e-4 * np.random.default_rng(seed).standard_normal((X_train.shape[1], C))
        Ws.append(train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)[1])
    Ws = np.stack(Ws)
    accuracies = np.array([np.count_nonzero(predict_svm(W, X_val) == y_val) for W in Ws])
    accuracies = accuracies / y_val.size
    best = np.argmax(accuracies)
    return Ws[best], tuple(grid[best]), dict(zip(map(tuple, grid), accuracies))
