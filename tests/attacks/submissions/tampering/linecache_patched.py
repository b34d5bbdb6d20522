"""Attack: linecache and traceback lie, and raise."""

import linecache
import traceback
import numpy as np

linecache.getline = linecache.getlines = lambda *args, **kwargs: 1 / 0
traceback.extract_tb = lambda *args, **kwargs: 1 / 0


def svm_loss(W, X, y, reg=0.0):
    raise ValueError


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
