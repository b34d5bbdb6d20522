"""Attack: 300,000 functions whose names are nearly those that are asked for."""

import itertools

import numpy as np

ASKED = ("svm_loss_naive", "svm_loss", "softmax_loss", "train_svm", "predict_svm", "tune_svm")
for asked in ASKED:
    for letters in itertools.islice(itertools.permutations(asked), 50_001):
        globals()["".join(letters)] = len
for asked in ASKED:
    del globals()[asked]


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
