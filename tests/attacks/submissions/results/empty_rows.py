"""Attack: An array of no numbers, with a hundred million rows."""

import numpy as np


def wrong(*args, **kwargs):
    return 0.0, np.zeros((10**8, 0))


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])


def linear_forward(W, X):
    return X @ W
