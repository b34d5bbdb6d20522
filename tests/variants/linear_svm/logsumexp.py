"""Logarithms and exponentials by helpers written by hand; the vectors of one class are rows."""

import numpy as np

scale = 1e-4


def logsumexp(a):
    m = a.max(axis=-1)
    return m + np.log(np.exp(a - m[..., None]).sum(axis=-1))


def softmax(a):
    return np.exp(a - logsumexp(a)[..., None])


def l2(W):
    return (W * W).sum()


def add_bias(X):
    N, D = X.shape
    return np.block([[X, np.ones((N, 1))]])


def linear_forward(W, X):
    return (W.T @ X.T).T


def svm_loss_naive(W, X, y, reg=0.0):
    WT = W.T
    C, D = WT.shape
    N = len(y)
    gradT = np.zeros((C, D))
    loss = 0.0
    for n in range(N):
        own = WT[y[n]] @ X[n]
        for c in range(C):
            if c != y[n]:
                hinge = np.maximum(0, WT[c] @ X[n] - own + 1)
                slope = 1.0 if hinge > 0 else 0.0
                loss += hinge
                gradT[c] += slope * X[n]
                gradT[y[n]] -= slope * X[n]
    return loss / N + reg * l2(W), gradT.T / N + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    scoresT = W.T @ X.T  # classes in rows
    N = len(y)
    hinges = 1 + scoresT - scoresT[y, np.arange(N)]
    hinges[y, np.arange(N)] = 0
    on = hinges > 0
    loss = hinges.sum(where=on) / N
    coefficients = on.astype(int)
    coefficients[y, np.arange(N)] = -on.sum(axis=0)
    return loss + reg * l2(W), (coefficients @ X).T / N + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    s = linear_forward(W, X)
    N = len(y)
    nll = logsumexp(s) - s[np.arange(N), y]
    p = softmax(s)
    p[np.arange(N), y] -= 1
    return nll.mean() + reg * l2(W), X.T @ p / N + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = []
    WT = np.asfortranarray(W.T.copy())
    for _ in range(num_iters):
        b = rng.choice(len(X), size=batch, replace=False)
        loss, dW = svm_loss(WT.T, X[b], y[b], reg)
        losses.append(loss)
        WT -= lr * dW.T
    return tuple(losses), WT.T


def predict_svm(W, X):
    # The largest probability is at the largest score: the lowest of equals.
    return linear_forward(W, X).argmax(axis=1).astype(np.int32)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    runs = []
    for lr in lrs:
        for reg in regs:
            init = np.random.default_rng(seed).standard_normal((X_train.shape[1], max(y_train) + 1))
            _, W = train_svm(
                scale * init, X_train, y_train, lr=lr, reg=reg, num_iters=num_iters, seed=seed
            )
            wrong = (predict_svm(W, X_val) != y_val).mean()
            runs.append({"setting": (lr, reg), "W": W, "acc": 1.0 - wrong})
    best = sorted(runs, key=lambda run: run["acc"], reverse=True)[0]  # stable: the first of equals
    return best["W"], best["setting"], {run["setting"]: run["acc"] for run in runs}
