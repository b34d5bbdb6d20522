"""Attack: Arrays of 10 million small numbers, each time of another size."""

import itertools

import numpy as np


sizes = itertools.count(10_000_000)


def wrong(*args, **kwargs):
    return 0.0, np.ones(next(sizes), np.int8)


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])


def linear_forward(W, X):
    return X @ W
