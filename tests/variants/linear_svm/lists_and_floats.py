"""Lists for tuples, lists for losses and labels, float() around everything that is one number."""

import numpy as np


def add_bias(X):
    return np.column_stack([X, np.ones(len(X))])


def linear_forward(W, X):
    return np.array([[float(x @ w) for w in W.T] for x in X])


def svm_loss_naive(W, X, y, reg=0.0):
    data_loss = 0.0
    dW = np.zeros(W.shape)
    for x, t in zip(X, y.tolist()):
        s = [float(v) for v in x @ W]
        for j in range(len(s)):
            margin = max(0.0, s[j] - s[t] + 1.0)
            if margin == 0.0 or j == t:
                continue
            data_loss += margin
            dW[:, j] = dW[:, j] + x
            dW[:, t] = dW[:, t] - x
    dW = dW / len(y) + 2.0 * float(reg) * W
    return [float(data_loss / len(y)) + float(reg) * float(np.sum(W * W)), dW]


def svm_loss(W, X, y, reg=0.0):
    N = len(y)
    s = X @ W
    right = s[range(N), y]
    h = np.maximum(s.T - right + 1.0, 0.0).T
    loss = float(h.sum()) / N - 1.0  # each right class has added exactly one
    g = (h > 0.0) * 1.0
    g[range(N), y] -= g.sum(axis=1)
    return [float(loss + reg * np.square(W).sum()), np.array(X.T @ g / N + 2.0 * reg * W)]


def softmax_loss(W, X, y, reg=0.0):
    N = len(y)
    s = X @ W
    s = (s.T - s.max(axis=1)).T
    logp = (s.T - np.log(np.exp(s).sum(axis=1))).T
    loss = -float(logp[range(N), y].sum()) / N + float(reg) * float((W**2).sum())
    g = np.exp(logp)
    g[range(N), y] -= 1.0
    return [loss, X.T @ g / N + 2.0 * float(reg) * W]


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = [0.0] * num_iters
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False).tolist()
        loss, dW = svm_loss(W, X[rows], y[rows], reg)
        losses[i] = float(loss)
        W = W - lr * dW
    return [losses, W]


def predict_svm(W, X):
    return [int(np.argmax(scores)) for scores in X @ W]


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    C = max(y_train.tolist()) + 1
    trained, best = [], None
    results = {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal((X_train.shape[1], C))
            losses, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            hits = [int(a == b) for a, b in zip(predict_svm(W, X_val), y_val)]
            results[float(lr), float(reg)] = sum(hits) / len(hits)
            trained.append([results[lr, reg], [lr, reg], W])
    for entry in trained:
        if best is None or entry[0] > best[0]:
            best = entry
    return [best[2], best[1], results]
