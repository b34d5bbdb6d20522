"""Attack: A call in C that never returns."""

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    return 10 ** 10**9, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
