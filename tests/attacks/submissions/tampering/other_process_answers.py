"""Attack: A child answers in the worker's place, with what its parent is asked."""

import os

from forge import array, frame
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    if not os.fork():
        for _ in range(30):
            frame({"status": "ok", "value": [0.0, array(0, 0)], "replies": []})
        os._exit(0)
    os.wait()
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
