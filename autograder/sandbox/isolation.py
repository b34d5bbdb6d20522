"""Choose how workers are isolated, and refuse what this system can't do."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Literal

from autograder.errors import UserError
from autograder.sandbox.plain import PlainProcess
from autograder.sandbox.warm_parent import Ended, NotIsolated, WarmParent
from autograder.sandbox.worker_process import (
    Launch,
    Started,
    TimedOut,
    WorkerDied,
    WorkerProcess,
)
from autograder.stage import Limits

Isolation = Literal["strict", "process"]
STRICT = {"process", "rlimits", "filesystem", "network", "seccomp"}


@contextlib.contextmanager
def launcher(isolation: Isolation) -> Iterator[Launch]:
    """Give the function that starts workers with this isolation, or raise a UserError.

    Strict means STRICT at least: by bubblewrap's namespaces, or where they are refused by Landlock.
    """
    if isolation == "process":
        yield PlainProcess
        return
    strict = _Strict()
    try:
        yield strict.start
    finally:
        strict.parent.close()


class _Strict:
    """Starts workers from a warm parent, and another parent if that one has ended."""

    def __init__(self) -> None:
        self.parent = _strict_parent()

    def start(self, files: dict[str, bytes], module: str, limits: Limits) -> Started:
        try:
            return self.parent.start(files, module, limits)
        except Ended:
            self.parent.close()
            self.parent = _strict_parent()
            return self.parent.start(files, module, limits)


def best() -> Isolation:
    """Return the strictest isolation that is to be had here."""
    try:
        _strict_parent().close()
    except UserError:
        return "process"
    return "strict"


def _strict_parent() -> WarmParent:
    reasons = []
    for namespaces in (True, False):
        try:
            return _tried(namespaces)
        except NotIsolated as reason:
            reasons.append(str(reason))
    raise UserError(
        f"Strict isolation is not to be had here: with bubblewrap, {reasons[0]}; with Landlock, "
        f"{reasons[1]}. Install bubblewrap (apt install bubblewrap; on Ubuntu 24.04 and newer "
        "also: sysctl kernel.apparmor_restrict_unprivileged_userns=0), or pass --isolation "
        "process and accept that submissions can read what this user can read."
    )


def _tried(namespaces: bool) -> WarmParent:
    """Start a warm parent and one worker, whose layers must be those of strict isolation."""
    if sys.platform != "linux":
        raise NotIsolated(f"{sys.platform} has no such thing")
    parent = WarmParent(namespaces)
    started = parent.start({"empty.py": b""}, "empty", Limits())
    try:
        worker = WorkerProcess(started)
    except (TimedOut, WorkerDied) as failure:
        parent.close()
        raise NotIsolated(str(failure) or "a worker gives no answer") from None
    worker.close()
    missing = STRICT - set(worker.layers)
    if missing:
        parent.close()
        raise NotIsolated(f"a worker lacks {', '.join(sorted(missing))}")
    return parent
