"""Attack: Frames and objects of the worker are searched for answers."""

import gc
import sys
import numpy as np

FOUND = []


def search():
    if FOUND:
        return None
    frame = sys._getframe()
    while frame:
        FOUND.extend(frame.f_locals.values())
        frame = frame.f_back
    FOUND.extend(gc.get_objects())
    for thing in FOUND:
        try:
            known = type(thing).__name__ in ("Reference", "Call", "StageCheck", "Diagnosis")
            if known or "solutions" in getattr(thing, "__module__", ""):
                return thing
        except Exception:
            pass
    return None


def svm_loss(W, X, y, reg=0.0):
    thing = search()
    if thing is not None:
        raise RuntimeError("### BEGIN " + "SOLUTION " + repr(thing))
    return 0.0, 0 * W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
