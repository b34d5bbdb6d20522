# Ada - assignment 2

import numpy as np


def add_bias(X):
    out = np.ones((X.shape[0], X.shape[1] + 1), dtype=X.dtype)
    out[:, :-1] = X
    return out


def linear_forward(W, X):
    return X.dot(W)


def svm_loss_naive(W, X, y, reg=0.0):
    num_train = X.shape[0]
    num_classes = W.shape[1]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(num_train):
        scores = X[i].dot(W)
        correct = y[i]
        for j in range(num_classes):
            if j == correct:
                continue
            margin = scores[j] - scores[correct] + 1
            if margin > 0:
                loss = loss + margin
                dW[:, j] = dW[:, j] + X[i]
                dW[:, correct] = dW[:, correct] - X[i]
    loss = loss / num_train
    dW = dW / num_train
    # d/dW of reg*W^2 is 2*reg*W
    loss = loss + reg * np.sum(W * W)
    dW = dW + 2 * reg * W
    return loss, dW


def svm_loss(W, X, y, reg=0.0):
    num_train = X.shape[0]
    scores = linear_forward(W, X)
    # the score of the right class of every sample, as a column
    correct = scores[np.arange(num_train), y].reshape(-1, 1)
    margins = scores - correct + 1
    margins[np.arange(num_train), y] = 0
    margins[margins < 0] = 0
    loss = margins.sum() / num_train + reg * np.sum(W * W)

    # same as the if in the naive version: 1 where the margin counts
    counts = np.zeros(margins.shape)
    counts[margins > 0] = 1
    counts[np.arange(num_train), y] = -counts.sum(axis=1)
    dW = X.T.dot(counts) / num_train + 2 * reg * W
    return loss, dW


def softmax_loss(W, X, y, reg=0.0):
    num_train = X.shape[0]
    scores = linear_forward(W, X)
    scores = scores - scores.max(axis=1).reshape(-1, 1)
    exps = np.exp(scores)
    sums = exps.sum(axis=1).reshape(-1, 1)
    # log(e^s / sum) = s - log(sum)
    right = scores[np.arange(num_train), y]
    loss = np.sum(np.log(sums[:, 0]) - right) / num_train + reg * np.sum(W * W)
    probs = exps / sums
    probs[np.arange(num_train), y] -= 1
    dW = X.T.dot(probs) / num_train + 2 * reg * W
    return loss, dW


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = []
    for it in range(num_iters):
        index = rng.choice(X.shape[0], size=batch, replace=False)
        loss, dW = svm_loss(W, X[index], y[index], reg)
        losses.append(loss)
        W = W - lr * dW  # not -= because that changes the W of the caller!!
    return np.array(losses), W


def predict_svm(W, X):
    scores = linear_forward(W, X)
    y_pred = np.zeros(X.shape[0], dtype=int)
    for i in range(X.shape[0]):
        best = 0
        for j in range(scores.shape[1]):
            if scores[i, j] > scores[i, best]:
                best = j
        y_pred[i] = best
    return y_pred


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    num_classes = int(max(y_train)) + 1
    results = {}
    best_acc = -1
    best_W = None
    best = None
    for lr in lrs:
        for reg in regs:
            rng = np.random.default_rng(seed)
            W = 1e-4 * rng.standard_normal((X_train.shape[1], num_classes))
            losses, W = train_svm(W, X_train, y_train, lr=lr, reg=reg, num_iters=num_iters, seed=seed)
            y_pred = predict_svm(W, X_val)
            acc = sum(1 for p, t in zip(y_pred, y_val) if p == t) / len(y_val)
            results[(lr, reg)] = acc
            if acc > best_acc:
                best_acc = acc
                best_W = W
                best = (lr, reg)
    return best_W, best, results
