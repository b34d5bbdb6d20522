"""Attack: Built-in functions lie."""

import builtins
import numpy as np

builtins.isinstance = lambda *args: True
builtins.abs = lambda x: 0
builtins.len = lambda x: 3
builtins.AssertionError = builtins.Exception = ZeroDivisionError


def svm_loss(W, X, y, reg=0.0):
    return 0.0, 0 * W
