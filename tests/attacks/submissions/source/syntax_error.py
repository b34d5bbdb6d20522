"""Attack: A syntax error."""

import numpy as np


def svm_loss(W, X, y, reg=0.0:
    return 0
