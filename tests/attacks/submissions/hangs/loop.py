"""Attack: An endless loop in a call."""

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    while True:
        pass


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
