"""Attack: An array of 32 axes."""

import numpy as np


def wrong(*args, **kwargs):
    return np.zeros((1,) * 32), np.arange(16.0).reshape((2,) * 4 + (1,) * 20)


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
