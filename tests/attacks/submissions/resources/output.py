"""Attack: 10 GB of output."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for _ in range(10_000):
        os.write(1, b"x" * 10**6)
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
