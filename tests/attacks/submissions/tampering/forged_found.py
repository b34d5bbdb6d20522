"""Attack: A forged reply with an array for what was found."""

from forge import array, frame
import numpy as np


def add_bias(X):
    frame({"status": "missing", "found": array(1, 2)})
