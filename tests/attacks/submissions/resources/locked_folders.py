"""Attack: Folders that may not be read or written are left."""

import os
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    os.makedirs("locked/inner", exist_ok=True)
    os.chmod("locked", 0)
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
