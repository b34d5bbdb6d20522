"""Attack: Right, but slow: a batch takes longer than it may, and its calls are made one by one; honest."""

import time

import numpy as np


def add_bias(X):
    time.sleep(0.3)
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])


def linear_forward(W, X):
    return X @ W
