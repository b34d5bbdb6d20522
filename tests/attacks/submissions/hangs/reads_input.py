"""Attack: It waits for input and for a window to be closed."""

import sys
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    try:
        input("Name? ")
    except EOFError:
        pass
    sys.stdin.read()
    import matplotlib.pyplot as plt

    plt.plot([1, 2])
    plt.show()
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
