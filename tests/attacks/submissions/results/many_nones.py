"""Attack: A list of 999,900 times None, each a leaf of its own."""

import numpy as np


NOTHING = [None] * 999_900


def wrong(*args, **kwargs):
    return NOTHING


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])


def linear_forward(W, X):
    return X @ W
