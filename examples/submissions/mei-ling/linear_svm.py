import numpy as np


def add_bias(X):
    return np.append(X, np.ones((len(X), 1), X.dtype), 1)


def linear_forward(W, X):
    return np.matmul(X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    n = X.shape[0]
    loss = reg * np.sum(W * W)
    grad = 2.0 * reg * W
    for xi, yi in zip(X, y):
        scores = np.matmul(xi, W)
        margins = scores - scores[yi] + 1.0
        for j, margin in enumerate(margins):
            if j != yi and margin > 0.0:
                loss = loss + margin / n
                grad[:, j] += xi / n
                grad[:, yi] -= xi / n
    return loss, grad


def svm_loss(W, X, y, reg=0.0):
    n = X.shape[0]
    scores = linear_forward(W, X)
    margins = scores - np.take_along_axis(scores, y.reshape(n, 1), 1) + 1.0
    np.put_along_axis(margins, y.reshape(n, 1), 0.0, 1)
    positive = margins > 0.0
    loss = np.sum(margins, where=positive) / n + reg * np.sum(W * W)
    coefficient = positive.astype(np.float64)
    np.put_along_axis(coefficient, y.reshape(n, 1), -np.sum(positive, axis=1, keepdims=True), 1)
    return loss, np.matmul(X.T, coefficient) / n + 2.0 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    n = X.shape[0]
    scores = linear_forward(W, X)
    scores = scores - np.amax(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    total = np.sum(exps, axis=1, keepdims=True)
    right = np.take_along_axis(scores, y.reshape(n, 1), 1)
    loss = np.sum(np.log(total) - right) / n + reg * np.sum(W * W)
    target = np.zeros_like(scores)
    np.put_along_axis(target, y.reshape(n, 1), 1.0, 1)
    return loss, np.matmul(X.T, exps / total - target) / n + 2.0 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    now = W
    losses = []
    for _ in range(num_iters):
        chosen = rng.choice(X.shape[0], batch, replace=False)
        loss, grad = svm_loss(now, X[chosen], y[chosen], reg)
        losses.append(loss)
        now = now - lr * grad
    return np.asarray(losses), now


def predict_svm(W, X):
    return np.argmax(linear_forward(W, X), axis=-1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    size = (X_train.shape[1], np.amax(y_train) + 1)
    results = dict()
    best = (-1.0, None, None)
    for lr in lrs:
        for reg in regs:
            begin = 1e-4 * np.random.default_rng(seed).standard_normal(size)
            _, W = train_svm(begin, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            acc = np.average(predict_svm(W, X_val) == y_val)
            results[(lr, reg)] = acc
            if acc > best[0]:
                best = (acc, (lr, reg), W)
    return best[2], best[1], results
