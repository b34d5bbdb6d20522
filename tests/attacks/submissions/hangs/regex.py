"""Attack: A pattern that backtracks for ever, in C."""

import re
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    re.match(r"(a+)+$", "a" * 60 + "b")


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
