"""Attack: An exception whose message takes for ever."""

import numpy as np


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def svm_loss(W, X, y, reg=0.0):
    raise Endless


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
