"""Attack: Time stands still."""

import time
import numpy as np

time.time = time.monotonic = time.perf_counter = lambda: 0.0
time.sleep = lambda seconds: None


def svm_loss(W, X, y, reg=0.0):
    while True:
        pass


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
