# Freya H., assignment 2
import numpy as np
from numpy import zeros, ones, maximum, arange


def add_bias(X):
    return np.hstack((X, ones((X.shape[0], 1)).astype(X.dtype)))


def linear_forward(W, X):
    return np.dot(X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    nSmp = X.shape[0]
    nCls = W.shape[1]
    dW = zeros(W.shape)
    L = 0.0
    for i in range(nSmp):
        s = np.dot(X[i, :], W)
        nBad = 0
        for c in range(nCls):
            if c == y[i]:
                continue
            m = s[c] - s[y[i]] + 1
            if m > 0:
                L = L + m
                nBad = nBad + 1
                dW[:, c] = dW[:, c] + X[i, :]
        dW[:, y[i]] = dW[:, y[i]] - nBad * X[i, :]
    L = L / nSmp + reg * (W ** 2).sum()
    dW = dW / nSmp + 2 * reg * W
    return L, dW


def oneHot(y, nCls):
    Y = zeros((len(y), nCls))
    Y[arange(len(y)), y] = 1
    return Y


def svm_loss(W, X, y, reg=0.0):
    nSmp = X.shape[0]
    S = linear_forward(W, X)
    Y = oneHot(y, W.shape[1])
    sRight = (S * Y).sum(1, keepdims=True)
    M = maximum(0, S - sRight + 1) * (1 - Y)
    bad = (M > 0) * 1.0
    dS = bad - Y * bad.sum(1, keepdims=True)
    L = M.sum() / nSmp + reg * (W ** 2).sum()
    dW = np.dot(X.T, dS) / nSmp + 2 * reg * W
    return L, dW


def softmax_loss(W, X, y, reg=0.0):
    nSmp = X.shape[0]
    S = linear_forward(W, X)
    Y = oneHot(y, W.shape[1])
    S = S - S.max(1, keepdims=True)
    logP = S - np.log(np.exp(S).sum(1, keepdims=True))
    L = -(logP * Y).sum() / nSmp + reg * (W ** 2).sum()
    dW = np.dot(X.T, np.exp(logP) - Y) / nSmp + 2 * reg * W
    return L, dW


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    Wnew = W.copy()
    L = zeros(num_iters)
    for it in range(num_iters):
        sel = rng.choice(X.shape[0], size=batch, replace=False)
        L[it], dW = svm_loss(Wnew, X[sel, :], y[sel], reg)
        Wnew = Wnew - lr * dW
    return L, Wnew


def predict_svm(W, X):
    return linear_forward(W, X).argmax(1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    nDim = X_train.shape[1]
    nCls = y_train.max() + 1
    res = {}
    accBest = -np.inf
    for lr in lrs:
        for reg in regs:
            W0 = 1e-4 * np.random.default_rng(seed).standard_normal((nDim, nCls))
            L, W = train_svm(W0, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            acc = float((predict_svm(W, X_val) == y_val).mean())
            res[lr, reg] = acc
            if acc > accBest:
                accBest, keyBest, WBest = acc, (lr, reg), W
    return WBest, keyBest, res
