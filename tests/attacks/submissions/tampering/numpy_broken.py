"""Attack: NumPy is of no use for whoever shares the process."""

import numpy as np


def add_bias(X):
    np.asarray = np.may_share_memory = np.frombuffer = np.dtype = None
    return X
