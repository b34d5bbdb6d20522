"""Attack: os._exit with the code of success."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    os._exit(0)


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
