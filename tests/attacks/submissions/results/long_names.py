"""Attack: An exception with a name of 900,000 characters."""

import numpy as np


def fail():
    raise type("E" * 900_000, (Exception,), {})("x" * 900_000)


def wrong(*args, **kwargs):
    return fail()


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
