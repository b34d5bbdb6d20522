"""Attack: The reference is asked for the very function that is judged."""

import sys
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    worker = sys._getframe(1).f_locals["self"]
    return worker.stand_in("svm_loss")(W, X, y, reg)


def softmax_loss(W, X, y, reg=0.0):
    worker = sys._getframe(1).f_locals["self"]
    return worker.stand_in("softmax_loss")(W, X, y, reg)


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
