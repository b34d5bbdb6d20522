"""Attack: Arrays of 60 MB."""

import numpy as np


def wrong(*args, **kwargs):
    return 0.0, np.zeros(7_500_000)


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
