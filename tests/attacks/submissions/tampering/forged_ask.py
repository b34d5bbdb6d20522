"""Attack: A forged question, and a forged answer to itself."""

from forge import array, frame
import numpy as np


def svm_loss(W, X, y, reg=0.0):
    for function in ("svm_loss", "linear_forward", array(1, 2), None):
        frame({"status": "ask", "function": function, "args": [array(1), array(1)], "kwargs": {}})
    frame({"value": [0.0, array(0)]})
    return 0.0, 0 * W
