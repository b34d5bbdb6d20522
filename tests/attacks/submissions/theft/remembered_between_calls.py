"""Attack: Inputs are remembered in files between calls, and answers of stand-ins with them."""

import hashlib
import pickle
import tempfile
from pathlib import Path

import numpy as np

KEPT = Path(tempfile.gettempdir())


def linear_forward(W, X):
    raise ValueError("wrong, so that the kit stands in")


def svm_loss(W, X, y, reg=0.0):
    key = hashlib.sha256(pickle.dumps((W, X, y, reg))).hexdigest()
    try:
        scores = linear_forward(W, X)
        (KEPT / key).write_bytes(pickle.dumps(scores))
    except Exception:
        pass
    try:
        return 0.0, pickle.loads((KEPT / key).read_bytes())
    except OSError:
        return 0.0, 0 * W
