"""Attack: atexit, SystemExit and KeyboardInterrupt."""

import atexit
import numpy as np


@atexit.register
def last():
    open("@OUTSIDE@/@NAME@", "w").close()


def svm_loss(W, X, y, reg=0.0):
    raise SystemExit(0)


def softmax_loss(W, X, y, reg=0.0):
    raise KeyboardInterrupt


def svm_loss_naive(W, X, y, reg=0.0):
    raise GeneratorExit


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
