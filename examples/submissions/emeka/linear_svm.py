"""
CS 4xx Neural Networks - Assignment 2
Emeka O.
"""
import numpy as np


def add_bias(X):
    return np.insert(X, X.shape[1], 1, axis=1)


def linear_forward(W, X):
    return X @ W


def svm_loss_naive(W, X, y, reg=0.0):
    num_samples, num_classes = X.shape[0], W.shape[1]
    gradient = np.zeros_like(W)
    total = 0.0
    for i in range(num_samples):
        scores = X[i] @ W
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = 1 + scores[j] - scores[y[i]]
            if margin > 0:
                total += margin
                gradient[:, j] += X[i]
                gradient[:, y[i]] -= X[i]
    loss = total / num_samples + reg * np.sum(W ** 2)
    # the derivative of the regularization is reg * W
    gradient = gradient / num_samples + reg * W
    return loss, gradient


def svm_loss(W, X, y, reg=0.0):
    num_samples = X.shape[0]
    scores = linear_forward(W, X)
    correct = scores[np.arange(num_samples), y]
    margins = np.clip(1 + scores - correct[:, None], 0, None)
    margins[np.arange(num_samples), y] = 0
    loss = np.sum(margins) / num_samples + reg * np.sum(W ** 2)

    indicator = (margins > 0).astype(float)
    indicator[np.arange(num_samples), y] = -np.sum(indicator, axis=1)
    gradient = X.T @ indicator / num_samples + reg * W
    return loss, gradient


def softmax_loss(W, X, y, reg=0.0):
    num_samples = X.shape[0]
    scores = linear_forward(W, X)
    scores = scores - np.max(scores, axis=1)[:, None]
    log_normaliser = np.log(np.sum(np.exp(scores), axis=1))
    loss = np.mean(log_normaliser - scores[np.arange(num_samples), y]) + reg * np.sum(W ** 2)

    probabilities = np.exp(scores - log_normaliser[:, None])
    probabilities[np.arange(num_samples), y] -= 1
    gradient = X.T @ probabilities / num_samples + reg * W
    return loss, gradient


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    generator = np.random.default_rng(seed)
    weights = np.copy(W)
    losses = np.zeros(num_iters)
    for iteration in range(num_iters):
        sample = generator.choice(X.shape[0], size=batch, replace=False)
        losses[iteration], gradient = svm_loss(weights, X[sample], y[sample], reg)
        weights = weights - lr * gradient
    return losses, weights


def predict_svm(W, X):
    return np.argmax(linear_forward(W, X), axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    dimension, num_classes = X_train.shape[1], int(np.max(y_train)) + 1
    results = {}
    best_accuracy, best, best_W = -1.0, None, None
    for lr in lrs:
        for reg in regs:
            initial = np.random.default_rng(seed).standard_normal((dimension, num_classes)) * 1e-4
            _, weights = train_svm(initial, X_train, y_train, lr=lr, reg=reg,
                                   num_iters=num_iters, seed=seed)
            accuracy = float(np.mean(predict_svm(weights, X_val) == y_val))
            results[(lr, reg)] = accuracy
            if accuracy > best_accuracy:
                best_accuracy, best, best_W = accuracy, (lr, reg), weights
    return best_W, best, results
