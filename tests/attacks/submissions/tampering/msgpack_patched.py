"""Attack: msgpack packs what is not asked."""

import msgpack
import numpy as np

msgpack.packb = lambda *args, **kwargs: b"\x81\xa6status\xa2ok"
msgpack.unpackb = lambda *args, **kwargs: {}
