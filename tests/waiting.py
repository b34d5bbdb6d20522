"""Wait for what other processes do."""

import time
from collections.abc import Callable


def soon(holds: Callable[[], bool], seconds: float = 5) -> bool:
    """Wait up to so many seconds for something to hold, and tell whether it does."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()
