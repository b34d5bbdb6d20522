"""Attack: The worker ends itself in the middle of each batch, so that the calls are asked for again."""

import os

import numpy as np

made = 0


def svm_loss(W, X, y, reg=0.0):
    global made
    made += 1
    if made == 3:
        os._exit(0)
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
