"""Attack: A dict with odd keys."""

import numpy as np


def wrong(*args, **kwargs):
    return {(1, 2): 1, None: 2, 3.5: np.nan, float("nan"): 1, True: 0, b"x": 3}


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
