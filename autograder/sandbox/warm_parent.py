"""The grader's end of the warm parent: start it, isolated, and have it start workers."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import tempfile
import weakref
from pathlib import Path
from typing import Any

from autograder.errors import UserError
from autograder.sandbox import seccomp, wire
from autograder.sandbox.cgroup import MemoryGroup, parent_group
from autograder.sandbox.limits import resource_limits
from autograder.sandbox.plain import remove
from autograder.sandbox.visible import (
    DEVICES,
    environment,
    hidden,
    import_path,
    interpreter,
    open_to_all,
    readable,
)
from autograder.stage import Limits

PROGRAMS = ("warm", "worker", "wire", "meter", "confine")
INSIDE = Path("/grader")  # where the programs are, in bubblewrap
CODE, HOME, TEMPORARY, SHARED = "/code", "/scratch", "/tmp", "/dev/shm"
PRIVATE_MB = 128  # in each place that a worker may write to
NOBODY = 65534
START_SECONDS = 30
KEPT_BY_ROOT = ("SYS_ADMIN", "SETUID", "SETGID", "SETPCAP", "KILL", "SYS_RESOURCE")


class NotIsolated(Exception):
    """A system that refuses a layer; the message says which, and how to get it."""


class Ended(UserError):
    """The warm parent has ended, from outside or by a fault."""


class WarmParent:
    """A process with NumPy imported, from which isolated workers are forked.

    Parameters
    ----------
    namespaces : bool
        Whether it is put into bubblewrap and each worker into namespaces of its own; otherwise
        Landlock and the filter of system calls carry the isolation.
    """

    def __init__(self, namespaces: bool = True):
        self.namespaces = namespaces
        root = os.geteuid() == 0
        self.user = NOBODY if root and (namespaces or open_to_all()) else None
        self.memory_groups = parent_group()
        self._orders, theirs = socket.socketpair()
        config = {
            "orders": theirs.fileno(),
            "import_path": import_path(),
            "namespaces": namespaces,
            "user": self.user,
            "filter": seccomp.program().hex(),
        }
        here = Path(__file__).parent
        programs = INSIDE if namespaces else here
        command = [interpreter(), "-I", "-S", "-B", str(programs / "warm.py"), json.dumps(config)]
        if namespaces:
            command = [*_bubblewrap(here, root), "--", *command]
        with theirs, tempfile.TemporaryFile() as errors:
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    env=environment(Path(HOME)),
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                )
            except FileNotFoundError:
                raise NotIsolated(f"{command[0]} is not installed") from None
            theirs.close()
            self._orders.settimeout(START_SECONDS)
            try:
                ready = self._orders.recv(16)
            except OSError:
                ready = b""
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace").strip()
        if not ready:
            self.close()
            raise NotIsolated(said.splitlines()[-1] if said else "it gave no answer")
        weakref.finalize(self, self._process.kill)

    def start(self, files: dict[str, bytes], module: str, limits: Limits) -> "WarmProcess":
        """Fork a worker with one student's files."""
        return WarmProcess(self, files, module, limits)

    def order(self, what: dict[str, Any], fds: tuple[int, ...] = ()) -> dict[str, Any]:
        """Give an order and wait until it is carried out."""
        try:
            socket.send_fds(self._orders, [json.dumps(what).encode()], list(fds))
            return dict(json.loads(self._orders.recv(4096)))
        except (OSError, ValueError) as error:
            self._orders.close()  # or the next order would take a late reply for its own
            raise Ended(
                f"The sandbox's warm parent has ended ({error or 'no answer'}): run autograder "
                "doctor."
            ) from None

    def close(self) -> None:
        """End it, and all that it has started."""
        self._orders.close()
        self._process.kill()
        self._process.wait()


class WarmProcess:
    """One worker that was forked from a warm parent."""

    def __init__(self, parent: WarmParent, files: dict[str, bytes], module: str, limits: Limits):
        self._parent = parent
        self._scratch: Path | None = None
        code, home = Path(CODE), Path(HOME)
        if not parent.namespaces:
            self._scratch = Path(tempfile.mkdtemp(prefix="autograder-")).resolve()
            code, home = _folders(self._scratch, parent.user)
        self._memory: MemoryGroup | None = None
        if parent.memory_groups:
            self._memory = MemoryGroup(parent.memory_groups, limits.memory_mb)
        (their_in, our_in), (our_out, their_out), (our_err, their_err) = (
            os.pipe() for _ in range(3)
        )
        theirs = [their_in, their_out, their_err]
        if self._memory:
            theirs.append(self._memory.entry)
        order = {
            "do": "start",
            "module": module,
            "folder": str(code),
            "home": str(home),
            "private": _private(home) if parent.namespaces else [str(home)],
            "private_mb": PRIVATE_MB,
            "environment": environment(home),
            "readable": readable(),
            "limits": resource_limits(
                limits.memory_mb,
                limits.submission_seconds,
                parent.user,
            ),
        }
        self._pid: int | None = None
        try:
            self._pid = parent.order(order, tuple(theirs))["pid"]
        finally:
            for fd in theirs:
                os.close(fd)
        self.stdin = os.fdopen(our_in, "wb")
        self.stdout = os.fdopen(our_out, "rb")
        self.stderr = os.fdopen(our_err, "rb")
        with contextlib.suppress(BrokenPipeError):  # it has died: no answer will come
            wire.write(self.stdin, wire.encode(files))

    def kill(self) -> None:
        """Kill the worker and all that it has started."""
        if self._pid is not None:
            with contextlib.suppress(Ended):  # with which its children have ended, too
                self._parent.order({"do": "end", "pid": self._pid})
            self._pid = None
        if self._memory:
            self._memory.remove()
        if self._scratch:
            remove(self._scratch)

    def exit_code(self) -> int | None:
        """Return how it ended, None if it has not within a second."""
        try:
            status: int | None = self._parent.order({"do": "wait", "pid": self._pid})["status"]
        except Ended:
            return -signal.SIGKILL
        return status


def _folders(scratch: Path, user: int | None) -> tuple[Path, Path]:
    """Make the folders for code and for scratch files, for the worker's user."""
    code, home = scratch / "code", scratch / "home"
    for folder in (scratch, code, home):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        if folder == home and user is not None:
            os.chown(folder, user, user)
    return code, home


def _private(home: Path) -> list[str]:
    """List the places of its own that a worker gets, in memory; none hides what it must read."""
    temporary = Path(TEMPORARY)
    if any(Path(path).is_relative_to(temporary) for path in readable()):  # a virtual environment
        return [str(home), SHARED]
    return [str(home), SHARED, str(temporary)]


def _bubblewrap(programs: Path, root: bool) -> list[str]:
    """Write bubblewrap's command line: a small read-only system, and no network."""
    command = ["bwrap", "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net"]
    command += ["--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "grader"]
    if root:
        command += [word for name in KEPT_BY_ROOT for word in ("--cap-add", f"CAP_{name}")]
    else:
        # As user 0 there, or bubblewrap would make a second user namespace, without a say in the
        # namespace of processes that belongs to the first.
        command += ["--unshare-user", "--uid", "0", "--gid", "0", "--cap-add", "ALL"]
    for path in [Path(path) for path in readable() if path not in DEVICES]:
        for parent in reversed(path.parents[:-1]):  # which bubblewrap would close to other users
            command += ["--dir", str(parent)]
        if path.is_symlink():
            command += ["--symlink", str(path.readlink()), str(path)]
        else:
            command += ["--ro-bind", str(path), str(path)]
    for covered in hidden():
        command += ["--tmpfs", covered, "--remount-ro", covered]
    command += ["--dir", str(INSIDE)]
    for name in PROGRAMS:
        command += ["--ro-bind", str(programs / f"{name}.py"), str(INSIDE / f"{name}.py")]
    for folder in (CODE, HOME, TEMPORARY):
        command += ["--dir", folder]
    command += ["--dev", "/dev", "--remount-ro", "/dev"]
    return [*command, "--remount-ro", "/", "--chdir", "/"]
