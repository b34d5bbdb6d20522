"""Attack: As many open files as there may be."""

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    kept = []
    try:
        while True:
            kept.append(open("/dev/null"))
    except OSError:
        pass
    return 0.0, W, kept[0].fileno()


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
