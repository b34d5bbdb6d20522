"""Attack: An object that lies about its class."""

import numpy as np


class Liar:
    __class__ = np.ndarray
    dtype = np.dtype(float)
    shape = (3, 3)
    ndim, size, nbytes = 2, 9, 72

    def __array__(self, *args, **kwargs):
        return np.zeros((3, 3))

    def __eq__(self, other):
        return True


def wrong(*args, **kwargs):
    return Liar(), Liar()


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
