"""Plain Python, as in a first programming course: lists, range, append. Arrays only at the end.

The two losses that must do without a loop over samples go class by class instead.
"""

import math

import numpy as np


def add_bias(X):
    rows = []
    for i in range(X.shape[0]):
        row = []
        for j in range(X.shape[1]):
            row.append(X[i, j])
        row.append(1.0)
        rows.append(row)
    return np.array(rows)


def linear_forward(W, X):
    N = X.shape[0]
    D = X.shape[1]
    C = W.shape[1]
    scores = np.zeros((N, C))
    for i in range(N):
        for c in range(C):
            total = 0
            for d in range(D):
                total = total + X[i, d] * W[d, c]
            scores[i, c] = total
    return scores


def svm_loss_naive(W, X, y, reg=0.0):
    num_train = X.shape[0]
    num_dims = X.shape[1]
    num_classes = W.shape[1]
    weights = W.tolist()
    data = X.tolist()
    loss = 0
    grad = [[0.0] * num_classes for _ in range(num_dims)]
    for i in range(num_train):
        scores = []
        for c in range(num_classes):
            s = 0.0
            for d in range(num_dims):
                s += data[i][d] * weights[d][c]
            scores.append(s)
        right = int(y[i])
        for c in range(num_classes):
            if c != right:
                if scores[c] + 1 > scores[right]:
                    loss += scores[c] + 1 - scores[right]
                    for d in range(num_dims):
                        grad[d][c] += data[i][d] / num_train
                        grad[d][right] -= data[i][d] / num_train
    loss = loss / num_train
    for d in range(num_dims):
        for c in range(num_classes):
            loss += reg * weights[d][c] * weights[d][c]
            grad[d][c] += 2 * reg * weights[d][c]
    return loss, np.array(grad)


def svm_loss(W, X, y, reg=0.0):
    N, D = X.shape
    C = W.shape[1]
    right = np.zeros(N)
    scores = []
    for c in range(C):
        scores.append(X.dot(W[:, c]))
        right = right + scores[c] * (y == c)
    loss = 0.0
    violations = np.zeros(N)
    masks = []
    for c in range(C):
        margin = scores[c] - right + 1
        mask = (margin > 0) & (y != c)
        masks.append(mask)
        loss += margin[mask].sum()
        violations += mask
    dW = np.zeros((D, C))
    for c in range(C):
        coefficient = masks[c] - violations * (y == c)
        dW[:, c] = X.T.dot(coefficient) / N + 2 * reg * W[:, c]
    return loss / N + reg * (W**2).sum(), dW


def softmax_loss(W, X, y, reg=0.0):
    N, D = X.shape
    C = W.shape[1]
    scores = [X.dot(W[:, c]) for c in range(C)]
    top = scores[0]
    for c in range(1, C):
        top = np.maximum(top, scores[c])
    total = np.zeros(N)
    right = np.zeros(N)
    for c in range(C):
        total += np.exp(scores[c] - top)
        right += (scores[c] - top) * (y == c)
    loss = (np.log(total) - right).sum() / N
    dW = np.zeros((D, C))
    for c in range(C):
        p = np.exp(scores[c] - top) / total
        dW[:, c] = X.T.dot(p - (y == c)) / N
        for d in range(D):
            loss += reg * W[d, c] ** 2
            dW[d, c] += reg * 2 * W[d, c]
    return loss, dW


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    D, C = W.shape
    now = [[W[d, c] for c in range(C)] for d in range(D)]
    losses = []
    for _ in range(num_iters):
        chosen = rng.choice(X.shape[0], size=batch, replace=False)
        X_batch = []
        y_batch = []
        for i in chosen:
            X_batch.append(X[i])
            y_batch.append(y[i])
        loss, grad = svm_loss(np.array(now), np.array(X_batch), np.array(y_batch), reg)
        losses.append(loss)
        for d in range(D):
            for c in range(C):
                now[d][c] = now[d][c] - lr * grad[d][c]
    return losses, np.array(now)


def predict_svm(W, X):
    scores = linear_forward(W, X)
    labels = []
    for i in range(len(scores)):
        best = 0
        best_score = -math.inf
        for c in range(len(scores[i])):
            if scores[i][c] > best_score:
                best = c
                best_score = scores[i][c]
        labels.append(best)
    return labels


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    D = X_train.shape[1]
    C = 0
    for label in y_train:
        if label + 1 > C:
            C = label + 1
    results = {}
    best_acc = -1
    best_W = None
    best = None
    for lr in lrs:
        for reg in regs:
            rng = np.random.default_rng(seed)
            W = rng.standard_normal((D, C)) * 1e-4
            losses, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            guesses = predict_svm(W, X_val)
            correct = 0
            for i in range(len(guesses)):
                if guesses[i] == y_val[i]:
                    correct += 1
            acc = correct / len(guesses)
            results[(lr, reg)] = acc
            if acc > best_acc:
                best_acc = acc
                best_W = W
                best = (lr, reg)
    return best_W, best, results
