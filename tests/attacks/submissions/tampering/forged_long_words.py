"""Attack: A forged exception with 20 MB of words."""

from forge import frame
import numpy as np


def add_bias(X):
    frame({"status": "raised", "type": "E", "words": "x" * 20_000_000, "where": {}})
