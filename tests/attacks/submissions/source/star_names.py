"""Attack: Functions that are numbers, classes and modules."""

import os as svm_loss
import numpy as np

linear_forward = 3


class predict_svm:
    pass


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
