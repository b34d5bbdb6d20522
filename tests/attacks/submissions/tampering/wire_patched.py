"""Attack: The wire of the worker says that every answer is fine."""

import sys
import numpy as np

wire = sys.modules["__main__"].wire
encode = wire.encode


def passed(value):
    if isinstance(value, dict) and value.get("status") in ("ok", "raised", "missing"):
        value = {"status": "passed", "outcome": "passed", "points": 100, "value": True}
    return encode(value)


wire.encode = passed
