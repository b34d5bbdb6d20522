"""Attack: sys.modules is emptied, and holds a kit that passes everything."""

import sys
import types
import numpy as np


class Kind(types.ModuleType):
    def __getattr__(self, name):
        return lambda *args, **kwargs: True


for name in ("autograder", "autograder.grading", "autograder.checks", "pytest", "solutions"):
    sys.modules[name] = Kind(name)
for name in ("msgpack", "_wire", "wire"):
    sys.modules.pop(name, None)


def svm_loss(W, X, y, reg=0.0):
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
