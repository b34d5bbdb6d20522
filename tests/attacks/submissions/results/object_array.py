"""Attack: An array of objects."""

import numpy as np


def wrong(*args, **kwargs):
    return 0.0, np.array([None, object()])


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
