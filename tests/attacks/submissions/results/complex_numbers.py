"""Attack: Complex numbers."""

import numpy as np


def wrong(*args, **kwargs):
    return 1j, np.ones((3, 3)) * 1j


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
