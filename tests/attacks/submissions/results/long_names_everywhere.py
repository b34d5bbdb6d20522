"""Attack: Exceptions with names of 900,000 characters, in each function."""

import numpy as np


def wrong(*args, **kwargs):
    raise type("E" * 900_000, (Exception,), {})


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])


def linear_forward(W, X):
    return X @ W
