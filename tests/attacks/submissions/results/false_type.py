"""Attack: An object of a type with a name of 900,000 characters."""

import numpy as np


def wrong(*args, **kwargs):
    return type("E" * 900_000, (), {})()


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
