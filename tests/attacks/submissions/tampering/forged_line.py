"""Attack: A forged exception with an array for its line."""

from forge import array, frame
import numpy as np


def add_bias(X):
    frame({"status": "raised", "type": "E", "words": "", "where": {"line": array(1, 2)}})
