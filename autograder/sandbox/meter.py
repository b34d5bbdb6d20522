"""Count the lines of Python that a call runs, and the memory that it takes.

Both are the same on every machine, however busy it is, so they tell a loop from an operation on
whole arrays where a stopwatch can't. Lines count wherever they are, in NumPy's own Python too:
`np.vectorize` and `np.apply_along_axis` hide loops. So do jumps back to the begin of a loop, which
may fill one line, starts of functions and returns to generators. What NumPy does to print an
array doesn't count: it takes many lines for each row, and printing is no fault.
"""

import contextlib
import itertools
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PRINTING = tuple(str(Path("numpy", core, "arrayprint.py")) for core in ("_core", "core"))


def measured(function: Callable[..., Any], args: list, kwargs: dict) -> tuple[Any, dict[str, int]]:
    """Call a function; return its value, and its lines and its peak of memory by their names."""
    count = itertools.count()  # no thread interrupts a step of it
    tracemalloc.start()
    try:
        with _counting(count):
            value = function(*args, **kwargs)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return value, {"lines": next(count), "peak_bytes": peak_bytes}


if sys.version_info >= (3, 12):

    @contextlib.contextmanager
    def _counting(count: Iterator[int]) -> Iterator[None]:
        """Take a step of `count` for each line that any thread runs."""

        def ran(code: Any, _: int) -> None:
            if not code.co_filename.endswith(PRINTING):
                next(count)

        def jumped(code: Any, origin: int, destination: int) -> None:
            if destination < origin:
                ran(code, destination)

        monitoring, events = sys.monitoring, sys.monitoring.events
        callbacks: dict[int, Callable[..., None]] = {
            events.LINE: ran,
            events.PY_START: ran,
            events.PY_RESUME: ran,
            events.JUMP: jumped,
        }
        tool = monitoring.PROFILER_ID
        monitoring.use_tool_id(tool, "autograder")
        try:
            for event, callback in callbacks.items():
                monitoring.register_callback(tool, event, callback)
            monitoring.set_events(tool, sum(callbacks))
            yield
        finally:
            monitoring.set_events(tool, events.NO_EVENTS)
            monitoring.free_tool_id(tool)

else:

    @contextlib.contextmanager
    def _counting(count: Iterator[int]) -> Iterator[None]:
        """Take a step of `count` for each line that this thread runs, or one that it starts."""

        def trace(frame: Any, event: str, _: Any) -> Any:
            if frame.f_code.co_filename.endswith(PRINTING):
                return None
            if event in ("call", "line"):  # a jump back makes a line event, on one line too
                next(count)
            return trace

        threading.settrace(trace)
        sys.settrace(trace)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)
