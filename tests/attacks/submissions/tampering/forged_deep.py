"""Attack: A forged value nested 900 deep."""

import msgpack
from forge import frame
import numpy as np


def add_bias(X):
    value = []
    for _ in range(900):
        value = [value]
    frame({"status": "ok", "value": value, "changed": False, "aliased": False})
