"""Attack: An array of 64 GB."""

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    return 0.0, np.ones(8 * 2**30)


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
