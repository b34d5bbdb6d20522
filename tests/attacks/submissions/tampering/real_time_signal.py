"""Attack: The worker is ended by a signal that has no name."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    os.kill(os.getpid(), 40)


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
