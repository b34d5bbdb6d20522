"""Attack: Endless recursion."""

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    return svm_loss(W, X, y, reg)


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
