"""Attack: Long doubles that no float can hold."""

import numpy as np


def wrong(*args, **kwargs):
    return np.longdouble("1e4000"), np.full((3, 3), np.longdouble("1e4000"))


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
