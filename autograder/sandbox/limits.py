"""Resource limits of a worker, as `resource` names them."""

import functools
import os
import time
from pathlib import Path

MAX_FILE_BYTES = 64 * 2**20
MAX_OPEN_FILES = 256
SPARE_PROCESSES = 64
COUNTED_EVERY = 2  # seconds


def resource_limits(memory_mb: int, cpu_seconds: float, user: int | None = None) -> dict[str, int]:
    """Limits for one worker: name of RLIMIT_* without the prefix, to its value.

    The limit on processes counts all of one user's, so it is what that user (this one, if no other
    is named) runs now and a few more; it does not bind root.
    """
    return {
        "AS": memory_mb * 2**20,
        "CPU": int(cpu_seconds) + 1,
        "FSIZE": MAX_FILE_BYTES,
        "NOFILE": MAX_OPEN_FILES,
        "CORE": 0,
        "NPROC": _threads_of(user, time.monotonic() // COUNTED_EVERY) + SPARE_PROCESSES,
    }


@functools.lru_cache(maxsize=4)
def _threads_of(user: int | None, _: float) -> int:
    """Count the threads of a user, where /proc tells; a cautious guess elsewhere."""
    own = os.getuid() if user is None and hasattr(os, "getuid") else user
    if not Path("/proc/self").exists():
        return 1024
    count = 0
    for entry in Path("/proc").glob("[0-9]*/task"):
        try:
            if entry.stat().st_uid == own:
                count += sum(1 for _ in entry.iterdir())
        except OSError:  # it has ended
            continue
    return count
