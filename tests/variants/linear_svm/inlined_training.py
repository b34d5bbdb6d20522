"""train_svm has the loss written into it; tune_svm trains by itself as well. Few names, long lines."""

import numpy as np

add_bias = lambda X: np.hstack([X, np.ones((X.shape[0], 1))])
linear_forward = lambda W, X: X @ W
predict_svm = lambda W, X: np.array([max(range(W.shape[1]), key=lambda c: s[c]) for s in X @ W])


def svm_loss_naive(W, X, y, reg=0.0):
    D, C = W.shape
    total = sum(max(0, X[i] @ W[:, j] - X[i] @ W[:, y[i]] + 1) for i in range(len(X)) for j in range(C) if j != y[i])
    dW = np.zeros((D, C))
    for i in range(len(X)):
        hit = [j for j in range(C) if j != y[i] and X[i] @ W[:, j] - X[i] @ W[:, y[i]] + 1 > 0]
        for j in hit:
            dW[:, j] += X[i]
        dW[:, y[i]] -= len(hit) * X[i]
    return total / len(X) + reg * sum(w * w for w in W.flat), dW / len(X) + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    s = X @ W
    m = np.maximum(0, s - s[np.arange(len(y)), y][:, None] + 1) * (np.arange(W.shape[1])[None, :] != y[:, None])
    g = (m > 0).astype(np.float64)
    g -= (np.arange(W.shape[1])[None, :] == y[:, None]) * g.sum(1, keepdims=True)
    return m.sum() / len(y) + reg * (W ** 2).sum(), X.T @ g / len(y) + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    s = X @ W - (X @ W).max(1, keepdims=True)
    q = np.exp(s) / np.exp(s).sum(1, keepdims=True) - (np.arange(W.shape[1])[None, :] == y[:, None])
    return (np.log(np.exp(s).sum(1)) - s[np.arange(len(y)), y]).sum() / len(y) + reg * (W ** 2).sum(), X.T @ q / len(y) + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng, losses, V = np.random.default_rng(seed), [], W + 0
    for _ in range(num_iters):
        r = rng.choice(len(X), size=batch, replace=False)
        Xb, yb, k = X[r], y[r], np.arange(batch)
        s = Xb @ V
        m = s - s[k, yb][:, None] + 1
        m[k, yb] = 0
        m = m.clip(min=0)
        losses.append(m.sum(axis=1).mean() + reg * (V ** 2).sum())
        g = (m > 0) / batch
        g[k, yb] = -g.sum(1)
        V = (1 - 2 * lr * reg) * V - lr * (Xb.T @ g)  # weight decay, the same thing
    return np.array(losses), V


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    W0 = 1e-4 * np.random.default_rng(seed).standard_normal((X_train.shape[1], y_train.max() + 1))  # the same in every setting
    Ws = {(lr, reg): train_svm(W0, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)[1] for lr in lrs for reg in regs}
    results = {k: float((predict_svm(W, X_val) == y_val).mean()) for k, W in Ws.items()}
    best = next(k for k in results if results[k] == max(results.values()))
    return Ws[best], best, results
