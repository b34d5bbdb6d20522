"""Attack: An exception whose words are HTML, markup and control sequences."""

import numpy as np


def fail():
    raise ValueError("<script>alert(1)</script> [red]{{7*7}} \x1b[2J \x00 \u202e")


def wrong(*args, **kwargs):
    return fail()


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
