"""Attack: Arguments are changed, and the worker's own wire says that they are not."""

import sys

import numpy as np


def add_bias(X):
    frame = sys._getframe()
    while frame and "arguments" not in frame.f_locals:
        frame = frame.f_back
    if frame:
        arguments = frame.f_locals["arguments"]
        frame.f_globals["wire"].pack = lambda *_: arguments
    result = np.hstack([X, np.ones((len(X), 1), X.dtype)])
    X[:] = 0
    return result
