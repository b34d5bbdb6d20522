"""How long a function takes."""

import time
from collections.abc import Callable
from typing import Any


def seconds_of(function: Callable[..., Any], *args: Any, repeats: int = 3) -> float:
    """Measure the time of a call: the shortest of a few, for whatever else the machine does adds.

    Parameters
    ----------
    function : callable
        What to call.
    *args
        With what.
    repeats : int
        How often.

    Returns
    -------
    float
        Seconds.
    """
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        function(*args)
        times.append(time.perf_counter() - started)
    return min(times)
