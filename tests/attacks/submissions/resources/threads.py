"""Attack: Threads that go on for 20 s after the call."""

import threading
import time
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for _ in range(20):
        threading.Thread(target=time.sleep, args=(20,)).start()
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
