import numpy as np

# Hana K.


def add_bias(X):
    return np.column_stack([X, np.ones_like(X[:, 0])])


def linear_forward(W, X):
    return X @ W


def svm_loss_naive(W, X, y, reg=0.0):
    N, C = len(X), W.shape[1]
    loss = 0
    dW = np.zeros_like(W)
    for i in range(N):
        s = X[i] @ W
        for j in [c for c in range(C) if c != y[i]]:
            m = s[j] - s[y[i]] + 1
            if m > 0:
                loss += m
                dW[:, j] += X[i]
                dW[:, y[i]] += -X[i]
    return loss / N + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    N = len(X)
    s = linear_forward(W, X)
    m = np.maximum(0, s - s[range(N), y].reshape(N, 1) + 1)
    m[range(N), y] = 0
    loss = m.sum() / N + reg * np.sum(W**2)
    g = np.where(m > 0, 1.0, 0.0)
    g[range(N), y] = -g.sum(axis=1)
    dW = X.T @ g + 2 * reg * W
    return loss, dW


def softmax_loss(W, X, y, reg=0.0):
    N = len(X)
    s = linear_forward(W, X)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    loss = -np.log(p[range(N), y]).mean() + reg * np.sum(W**2)
    p[range(N), y] -= 1
    dW = X.T @ p / N + 2 * reg * W
    return loss, dW


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = []
    while len(losses) < num_iters:
        i = rng.choice(len(X), size=batch, replace=False)
        loss, dW = svm_loss(W, X[i], y[i], reg)
        W -= lr * dW
        losses.append(loss)
    return np.array(losses), W


def predict_svm(W, X):
    return np.argmax(linear_forward(W, X), axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    C = y_train.max() + 1
    results, weights = {}, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal((X_train.shape[1], C))
            weights[lr, reg] = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)[1]
            results[lr, reg] = np.mean(predict_svm(weights[lr, reg], X_val) == y_val)
    best = max(results, key=lambda setting: results[setting])
    return weights[best], best, results
