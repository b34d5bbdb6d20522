"""One-hot matrices and boolean masks; norms; means instead of sums over N."""

import numpy as np


def one_hot(y, C):
    Y = np.zeros((len(y), C), dtype=bool)
    Y[np.arange(len(y)), y] = True
    return Y


def penalty(W, reg):
    return reg * np.linalg.norm(W) ** 2, reg * (W + W)


def add_bias(X):
    out = np.ones((X.shape[0], X.shape[1] + 1))
    out[:, :-1] = X
    return out


def linear_forward(W, X):
    return X.dot(W)


def svm_loss_naive(W, X, y, reg=0.0):
    loss, dW = penalty(W, reg)
    Y = one_hot(y, W.shape[1])
    losses = []
    for i in range(len(X)):
        s = linear_forward(W, X[i : i + 1])[0]
        margins = []
        for j in np.flatnonzero(~Y[i]):
            m = s[j] - s[Y[i]][0] + 1.0
            if m > 0:
                margins.append(m)
                dW[:, j] += X[i] / len(X)
                dW[:, y[i]] -= X[i] / len(X)
        losses.append(sum(margins))
    return np.mean(losses) + loss, dW


def svm_loss(W, X, y, reg=0.0):
    r, dr = penalty(W, reg)
    Y = one_hot(y, W.shape[1])
    S = linear_forward(W, X)
    M = S - S[Y].reshape(-1, 1) + 1
    active = (M > 0) & ~Y
    loss = np.mean(np.sum(M * active, axis=1)) + r
    G = active.astype(float) - Y * np.count_nonzero(active, axis=1).reshape(-1, 1)
    return loss, dr + X.T.dot(G / len(X))


def softmax_loss(W, X, y, reg=0.0):
    r, dr = penalty(W, reg)
    Y = one_hot(y, W.shape[1])
    S = linear_forward(W, X)
    S = S - S[Y][:, None]  # relative to the right class; then the maximum
    top = S.max(axis=1)
    E = np.exp(S - top[:, None])
    loss = np.average(top + np.log(E.sum(axis=1)))
    P = E / E.sum(axis=1)[:, None]
    return r + loss, dr + X.T.dot((P - Y) / len(X))


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W = np.array(W)
    history = []
    for _ in range(num_iters):
        picked = rng.choice(len(y), size=batch, replace=False)
        mask = np.zeros(len(y), dtype=bool)
        mask[picked] = True  # the same samples, in the order of the data
        loss, dW = svm_loss(W, X[mask], y[mask], reg)
        history += [loss]
        W -= dW * lr
    return np.array(history), W


def predict_svm(W, X):
    S = linear_forward(W, X)
    return (S == S.max(axis=1, keepdims=True)).argmax(axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    C = 1 + np.max(y_train)
    results = {}
    best_W = best = None
    top = -np.inf
    for lr in lrs:
        for reg in regs:
            start = np.random.default_rng(seed).standard_normal(size=(X_train.shape[1], C)) / 1e4
            _, W = train_svm(start, X_train, y_train, lr, reg, 200, num_iters, seed)
            acc = 1 - np.mean(predict_svm(W, X_val) != y_val)
            results[lr, reg] = acc
            if acc > top:
                top, best, best_W = acc, (lr, reg), W
    return best_W, best, results
