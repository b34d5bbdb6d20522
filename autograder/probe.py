"""Try to break each layer of isolation, from inside a worker."""

import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from autograder.errors import UserError
from autograder.sandbox.isolation import Isolation, launcher
from autograder.sandbox.student import CallFailed, Student
from autograder.sandbox.wire import pack
from autograder.sandbox.worker_process import Launch
from autograder.stage import Function, Limits, Stage

PROBE = b"""
import ctypes, os, select, socket, time

def double(x):
    return 2 * x

def hang():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

def eat():
    import numpy as np
    return float(np.ones(2**33).sum())

def eat_together():
    ready, tell = os.pipe()
    children = []
    for _ in range(4):
        children.append(os.fork())
        if children[-1] == 0:
            try:
                held = bytearray(300 * 2**20)
                held[::4096] = bytes(len(held) // 4096)
                os.write(tell, b"x")
                time.sleep(60)
            finally:
                os._exit(0)
    full, living, end = 0, set(children), time.monotonic() + 6
    while full < len(living) and time.monotonic() < end:
        living -= {child for child in living if os.waitpid(child, os.WNOHANG)[0]}
        if select.select([ready], [], [], 0.05)[0]:
            full += len(os.read(ready, 4))
    for child in living:
        os.kill(child, 9)
        os.waitpid(child, 0)
    return len(living)

def find(name):
    import importlib.util
    return importlib.util.find_spec(name) is not None

def secrets():
    return [name for name in os.environ if "SECRET" in name or "TOKEN" in name]

def see(places):
    found = []
    for place in places:
        try:
            os.listdir(place) if os.path.isdir(place) else open(place).close()
            found.append(place)
        except OSError:
            pass
    return found

def connect(port):
    try:
        socket.create_connection(("127.0.0.1", port), 2).close()
    except OSError:
        return False
    return True

def write(places):
    found = []
    for place in places:
        try:
            open(os.path.join(place, "autograder-probe"), "w").close()
            os.remove(os.path.join(place, "autograder-probe"))
            found.append(place)
        except OSError:
            pass
    return found

def unshare():
    return ctypes.CDLL(None).unshare(0x10000000)

def trace():
    return ctypes.CDLL(None).ptrace(0, 0, 0, 0)
"""
NAMES = (
    "double",
    "hang",
    "eat",
    "eat_together",
    "find",
    "secrets",
    "see",
    "connect",
    "write",
    "unshare",
    "trace",
)


class Tried(NamedTuple):
    """What was tried, and whether the layer held."""

    what: str
    holds: bool
    detail: str


def try_isolation(isolation: Isolation, hidden: list[str]) -> Iterator[Tried]:
    """Start a worker and try what it must not be able to do.

    Parameters
    ----------
    isolation : str
        "process" or "strict".
    hidden : list of str
        Files and folders that exist, and that a strictly isolated worker must not see.
    """
    try:
        with launcher(isolation) as launch:
            yield from _tries(isolation, hidden, launch)
    except UserError as error:
        yield Tried(f"{isolation} isolation", sys.platform != "linux", str(error))


def _tries(isolation: Isolation, hidden: list[str], launch: Launch) -> Iterator[Tried]:
    stage = Stage(
        number=0,
        name="probe",
        title="probe",
        summary="probe",
        limits=Limits(call_seconds=2, training_seconds=10, memory_mb=1024),
        functions=tuple(
            Function(name=name, points=1, hints=("-",), training=name == "eat_together")
            for name in NAMES
        ),
    )
    student = Student({"probe.py": PROBE}, stage, launch)

    def call(function: str, *arguments: Any) -> Any:
        return student.call(function, pack(list(arguments), {}))

    tries: dict[str, Callable[[], bool]] = {
        "worker process": lambda: call("double", 21) == 42,
        "time limit": lambda: _outcome(student, "hang") == "timeout",
        "memory limit": lambda: _outcome(student, "eat") in ("error", "killed"),
        "solutions out of reach of import": lambda: not call("find", "solutions"),
        "clean environment": lambda: call("secrets") == [],
    }
    if isolation == "strict":
        tries |= {
            "no sight of the kit and its owner": lambda: call("see", hidden) == [],
            "no network": lambda: not _reached(call),
            "nothing to write to": lambda: call("write", ["/", "/usr", "/etc", "/dev"]) == [],
            "no namespaces": lambda: call("unshare") == -1,
            "no tracing": lambda: call("trace") == -1,
        }
    try:
        for what, holds in tries.items():
            try:
                held = holds()
            except CallFailed as failure:
                yield Tried(f"{isolation}: {what}", False, str(failure))
            else:
                said = "holds" if held else "does not hold on this system"
                yield Tried(f"{isolation}: {what}", held, said)
            if what == "memory limit" and "cgroup" in student.layers:
                yield _together(isolation, call)
        yield Tried(f"{isolation}: layers", True, ", ".join(student.layers))
    finally:
        student.close()


def _together(isolation: Isolation, call: Callable[..., Any]) -> Tried:
    """Tell whether several processes can take more memory than one may."""
    try:
        fed = call("eat_together")
    except CallFailed:  # ended, being one of them
        fed = 0
    said = "holds" if fed < 4 else f"{fed} processes took 300 MB each, of 1,024 for all"
    return Tried(f"{isolation}: memory limit for all processes together", fed < 4, said)


def _reached(call: Callable[..., Any]) -> bool:
    """Tell whether a worker can reach a server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return bool(call("connect", server.getsockname()[1]))


def _outcome(student: Student, function: str) -> str:
    try:
        student.call(function, pack([], {}))
    except CallFailed as failure:
        return failure.outcome
    return "passed"
