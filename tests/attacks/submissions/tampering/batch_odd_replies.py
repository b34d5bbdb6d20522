"""Attack: A batch is answered by dicts, numbers, arrays and nothing, where frames should be."""

import sys

import numpy as np


def patched(self, calls):
    odd = [{"status": "ok"}, 5, np.zeros(3), None, "x", [b""], b"\xc1", b"\xc7"]
    return sys.modules["_wire_"].encode({"status": "ok", "replies": odd[len(calls) % 8 :] + odd})


def add_bias(X):
    frame = sys._getframe()
    while "self" not in frame.f_locals:
        frame = frame.f_back
    server = frame.f_locals["self"]
    sys.modules["_wire_"] = frame.f_globals["wire"]
    type(server).calls = patched
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
