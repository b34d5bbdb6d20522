"""Attack: An object that raises when it is read."""

import numpy as np


class Raises(dict):
    def items(self):
        raise KeyboardInterrupt

    __iter__ = keys = __len__ = items


def wrong(*args, **kwargs):
    return Raises()


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
