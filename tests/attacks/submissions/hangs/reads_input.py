"""Attack: It waits for input, twice."""

import sys

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    try:
        input("Name? ")
    except EOFError:
        pass
    sys.stdin.read()
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
