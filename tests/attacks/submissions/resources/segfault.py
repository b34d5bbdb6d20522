"""Attack: It reads from address 0."""

import ctypes
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    ctypes.string_at(0)


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
