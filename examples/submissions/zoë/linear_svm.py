"""Zoë V. — SVM"""
import numpy as np


def add_bias(X):
    return np.hstack([X, np.ones([X.shape[0], 1], X.dtype)])


def linear_forward(W, X):
    return np.dot(X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    N = X.shape[0]
    C = W.shape[1]
    loss = 0.
    dW = np.zeros(W.shape)
    for i in range(N):
        s = np.dot(X[i], W)
        for j in range(C):
            if j != y[i]:
                hinge = max(0., s[j] - s[y[i]] + 1.)
                loss += hinge / N
                if hinge:
                    dW[:, j] += X[i] / N
                    dW[:, y[i]] -= X[i] / N
    return loss + reg * np.sum(W * W), dW + 2. * reg * W


def svm_loss(W, X, y, reg=0.0):
    N = X.shape[0]
    s = linear_forward(W, X)
    hinge = np.maximum(0., s - s[np.arange(N), y][:, np.newaxis] + 1.)
    # the right class always counts 1 too much
    loss = np.mean(np.sum(hinge, axis=1) - 1.) + reg * np.sum(W * W)
    d = np.sign(hinge)
    d[np.arange(N), y] -= np.sum(d, axis=1)
    return loss, np.dot(X.T, d) / N + 2. * reg * W


def softmax_loss(W, X, y, reg=0.0):
    N = X.shape[0]
    s = linear_forward(W, X)
    s = s - np.max(s, axis=1)[:, np.newaxis]
    z = np.sum(np.exp(s), axis=1)
    loss = np.mean(np.log(z) - s[np.arange(N), y]) + reg * np.sum(W * W)
    d = np.exp(s) / z[:, np.newaxis]
    d[np.arange(N), y] -= 1.
    return loss, np.dot(X.T, d) / N + 2. * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        mini = rng.choice(X.shape[0], size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[mini], y[mini], reg)
        W -= lr * dW
    return losses, W


def predict_svm(W, X):
    return np.argmax(linear_forward(W, X), axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    D, C = X_train.shape[1], int(np.max(y_train)) + 1
    results, best_W, best = {}, None, None
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal((D, C))
            W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)[1]
            results[lr, reg] = np.mean(predict_svm(W, X_val) == y_val)
            if best is None or results[best] < results[lr, reg]:
                best_W, best = W, (lr, reg)
    return best_W, best, results
