"""Attack: An exception whose name has lines of Python, for whoever pastes the example."""

import numpy as np


def wrong(*args, **kwargs):
    raise type("E\nimport os; os.abort()\n\x1b[2J\u202e<script>alert(1)</script>", (Exception,), {})


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])


def linear_forward(W, X):
    return X @ W
