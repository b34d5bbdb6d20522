"""Attack: All file descriptors are closed."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    os.closerange(0, 256)
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
