import itertools
import numpy as np

# Goran P.


def add_bias(X):
    n, d = X.shape
    B = np.empty((n, d + 1), dtype=X.dtype)
    B[:, :d] = X
    B[:, d] = 1
    return B


def linear_forward(W, X):
    return X.dot(W)


def svm_loss_naive(W, X, y, reg=0.0):
    loss, grad = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            if j != y[i]:
                m = scores[j] - scores[y[i]] + 1.0
                loss += max(m, 0.0)
                if m > 0:
                    grad[:, j] += X[i]
                    grad[:, y[i]] -= X[i]
    return loss / len(X) + reg * np.square(W).sum(), grad / len(X) + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    n = len(X)
    idx = np.arange(n), y
    scores = linear_forward(W, X)
    m = (scores.T - scores[idx] + 1.0).T
    m[idx] = 0.0
    mask = (m > 0).astype(np.float64)
    loss = (m * mask).sum() / n
    mask[idx] -= mask.sum(axis=1)
    return loss + reg * np.square(W).sum(), X.T.dot(mask) / n + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    n = len(X)
    idx = np.arange(n), y
    scores = linear_forward(W, X)
    scores = (scores.T - scores.max(axis=1)).T
    logs = np.log(np.exp(scores).sum(axis=1))
    loss = (logs - scores[idx]).sum() / n
    p = np.exp((scores.T - logs).T)
    p[idx] -= 1
    return loss + reg * np.square(W).sum(), X.T.dot(p) / n + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W = np.array(W)
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        Xb, yb = X[rows], y[rows]
        _, grad = svm_loss(W, Xb, yb, reg)
        W -= lr * grad
        # how good are we now?
        loss, _ = svm_loss(W, Xb, yb, reg)
        losses.append(loss)
    return np.array(losses), W


def predict_svm(W, X):
    return linear_forward(W, X).argmax(axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    results = {}
    best_acc = 0
    best, best_W = None, None
    for lr, reg in itertools.product(lrs, regs):
        W = 1e-4 * np.random.default_rng(seed).standard_normal((X_train.shape[1], y_train.max() + 1))
        _, W = train_svm(W, X_train, y_train, lr=lr, reg=reg, num_iters=num_iters, seed=seed)
        acc = (predict_svm(W, X_val) == y_val).mean()
        results[lr, reg] = acc
        if acc >= best_acc:
            best_acc, best, best_W = acc, (lr, reg), W
    return best_W, best, results
