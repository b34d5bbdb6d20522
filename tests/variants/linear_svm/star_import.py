"""from numpy import *, as in a MATLAB course: sum, max and abs are NumPy's here."""

from numpy import *
from numpy.random import *


def add_bias(X):
    return hstack((X, ones((X.shape[0], 1))))


def linear_forward(W, X):
    return dot(X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    loss = 0.
    dW = zeros(shape(W))
    N = size(X, 0)
    for i in arange(N):
        s = dot(X[i, :], W)
        for j in arange(size(W, 1)):
            if j == y[i]: continue
            m = s[j] - s[y[i]] + 1
            if m > 0:
                loss = loss + m
                dW[:, j] = dW[:, j] + X[i, :]
                dW[:, y[i]] = dW[:, y[i]] - X[i, :]
    loss = loss/N + reg*sum(W**2)
    dW = dW/N + 2*reg*W
    return loss, dW


def svm_loss(W, X, y, reg=0.0):
    N = size(X, 0)
    s = dot(X, W)
    sy = s[arange(N), y]; sy = sy.reshape(N, 1)
    m = s - sy + 1
    m[arange(N), y] = 0
    m = maximum(m, 0)
    k = zeros(shape(m))
    k[nonzero(m)] = 1
    k[arange(N), y] = -sum(k, 1)
    return sum(m)/N + reg*sum(W**2), dot(transpose(X), k)/N + 2*reg*W


def softmax_loss(W, X, y, reg=0.0):
    N = size(X, 0)
    s = dot(X, W)
    s = s - tile(amax(s, 1).reshape(N, 1), (1, size(s, 1)))
    e = exp(s)
    t = tile(sum(e, 1).reshape(N, 1), (1, size(s, 1)))
    p = e/t
    loss = mean(log(t[:, 0]) - s[arange(N), y]) + reg*sum(W*W)
    p[arange(N), y] = p[arange(N), y] - 1
    return loss, dot(p.T, X).T/N + 2*reg*W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = default_rng(seed)
    W = copy(W)
    losses = zeros(num_iters)
    for k in range(num_iters):
        i = rng.choice(size(X, 0), size=batch, replace=False)
        (losses[k], dW) = svm_loss(W, X[i, :], y[i], reg)
        W = W - lr*dW
    return (losses, W)


def predict_svm(W, X):
    return argmax(dot(X, W), 1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    acc = zeros((len(lrs), len(regs)))
    Ws = []
    for a in range(len(lrs)):
        Ws.append([])
        for b in range(len(regs)):
            W = 1e-4*default_rng(seed).standard_normal((size(X_train, 1), max(y_train) + 1))
            W = train_svm(W, X_train, y_train, lrs[a], regs[b], num_iters=num_iters, seed=seed)[1]
            Ws[a].append(W)
            acc[a, b] = mean(predict_svm(W, X_val) == y_val)
    (a, b) = unravel_index(argmax(acc), shape(acc))
    results = {}
    for i in range(len(lrs)):
        for j in range(len(regs)):
            results[(lrs[i], regs[j])] = acc[i, j]
    return Ws[a][b], (lrs[a], regs[b]), results
