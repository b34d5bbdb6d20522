"""Attack: Each reply is one of success, with True for its value."""

import sys
import numpy as np

wire = sys.modules["__main__"].wire
encode = wire.encode


def passed(value):
    if isinstance(value, dict) and "status" in value:
        value = {"status": "ok", "value": True, "changed": False, "aliased": False,
                 "lines": 1, "peak_bytes": 1, "points": 8, "outcome": "passed"}
    return encode(value)


wire.encode = passed
