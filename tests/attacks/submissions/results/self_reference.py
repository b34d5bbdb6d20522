"""Attack: A list that holds itself."""

import numpy as np

ITSELF = []
ITSELF.append(ITSELF)


def wrong(*args, **kwargs):
    return ITSELF


svm_loss_naive = svm_loss = softmax_loss = train_svm = predict_svm = tune_svm = wrong


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
