"""Attack: NumPy's own functions say that all is equal."""

import numpy as np


def yes(*args, **kwargs):
    return True


np.allclose = np.isclose = np.array_equal = np.any = np.all = np.isfinite = yes
np.testing.assert_allclose = np.testing.assert_array_equal = yes


def svm_loss(W, X, y, reg=0.0):
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
