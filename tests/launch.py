"""Workers for tests that need hundreds, isolated as a class's are: forked from a warm parent."""

import atexit
import contextlib
import functools

from autograder.sandbox.isolation import best, launcher
from autograder.sandbox.worker_process import Launch


@functools.cache
def warm() -> Launch:
    """Give the function that starts workers, the strictest that are to be had, until we end."""
    held = contextlib.ExitStack()
    atexit.register(held.close)
    return held.enter_context(launcher(best()))
