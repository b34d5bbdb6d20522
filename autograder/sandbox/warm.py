"""The warm parent: a process with NumPy imported that forks a confined worker for each submission.

It runs as a script, ``python -I -S warm.py CONFIG``, inside bubblewrap where that is to be had:
there, the system is read-only and small, and there is no network. It is trusted, and never runs
student code: a child confines itself for good before it imports the student's file. Orders come
over a socket that no child keeps.
"""

import ctypes
import gc
import importlib.util
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

CONFIG = json.loads(sys.argv[1])
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID = 0x20000, 0x4000000, 0x8000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT = 1, 2, 4, 32
MS_REC, MS_PRIVATE = 0x4000, 0x40000
PDEATHSIG, SUBREAPER = 1, 36  # of prctl

_libc = ctypes.CDLL(None, use_errno=True)


def _beside(name: str) -> Any:
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"_{name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sys.path.extend(CONFIG["import_path"])
worker = _beside("worker")  # and with it NumPy, which takes longest
confine = _beside("confine")


def main() -> None:
    """Start and end workers as ordered, until the grader closes the socket."""
    orders = socket.socket(fileno=CONFIG["orders"])
    _check(_libc.prctl(SUBREAPER, 1, 0, 0, 0), "prctl")
    worker.np.random.default_rng(0)  # each child uses it or its like, and it would load late
    gc.collect()
    gc.freeze()  # or the first collection in a child would copy all that it shares with this one
    orders.send(b"{}")
    while True:
        document, fds, _, _ = socket.recv_fds(orders, 1 << 16, 4)
        if not document:
            return
        order = json.loads(document)
        if order["do"] == "start":
            reply: dict[str, Any] = {"pid": _start(order, fds, orders)}
        elif order["do"] == "wait":
            reply = {"status": _status(order["pid"])}
        else:
            _end(order["pid"])
            reply = {}
        for fd in fds:
            os.close(fd)
        orders.send(json.dumps(reply).encode())


def _start(order: dict[str, Any], fds: list[int], orders: socket.socket) -> int:
    """Fork a worker, the first process of a namespace of its own."""
    if CONFIG["namespaces"]:
        myself = os.pidfd_open(os.getpid())
        _check(_libc.setns(myself, CLONE_NEWPID), "setns")  # or unshare works but once
        os.close(myself)
        _check(_libc.unshare(CLONE_NEWPID), "unshare")
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        layers = []
        if len(fds) > 3:
            os.write(fds[3], b"0")
            layers.append("cgroup")
        for target, fd in enumerate(fds[:3]):
            os.dup2(fd, target)
        orders.detach()
        os.closerange(3, 1024)
        _confined_worker(order, layers)
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(1)


def _confined_worker(order: dict[str, Any], layers: list[str]) -> None:
    """Take the files, give up all that a worker does not need, and serve."""
    requests, replies = worker.take_streams()
    files = worker.wire.decode(worker.wire.read(requests))
    folder, home = Path(order["folder"]), Path(order["home"])
    if CONFIG["namespaces"]:
        _check(_libc.unshare(CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS), "unshare")
        _mount("", "/", MS_REC | MS_PRIVATE)
        _mount_memory(folder, 64)
        for private in order["private"]:
            _mount_memory(Path(private), order["private_mb"])
    _write(folder, files)
    if CONFIG["namespaces"]:
        _mount("", str(folder), MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)
    os.environ |= order["environment"]
    layers = worker.limit_resources(order["limits"]) + layers
    if CONFIG["namespaces"]:
        layers += ["namespaces", "network", "filesystem"]
    os.chdir(home)  # where a picture that is saved does no harm
    if CONFIG["user"] is not None:
        confine.drop_to(CONFIG["user"], CONFIG["user"])
        layers.append("user")
    _check(_libc.prctl(PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl")
    confine.no_new_privileges()
    confine.drop_capabilities()
    confine.not_dumpable()
    if confine.landlock_abi():
        writable = [*order["private"], "/dev/null"]
        confine.restrict([*order["readable"], str(folder)], writable)
        layers.append("landlock")
        if not CONFIG["namespaces"]:
            layers += ["network", "filesystem"]  # sockets are the filter's affair
    confine.install_filter(bytes.fromhex(CONFIG["filter"]))
    layers.append("seccomp")
    worker.serve(requests, replies, order["module"], str(folder), layers)


def _status(pid: int) -> int | None:
    """Tell how a worker ended, None if it does not within a second."""
    for _ in range(100):
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended:
            return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        time.sleep(0.01)
    return None


def _end(pid: int) -> None:
    """Kill a worker and all that it has started."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while not CONFIG["namespaces"]:  # otherwise they have ended with the first of their namespace
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        if not children:
            break
        for orphan in children:
            os.kill(int(orphan), signal.SIGKILL)
            os.waitpid(int(orphan), 0)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _mount_memory(folder: Path, megabytes: int) -> None:
    """Mount an empty file system in memory."""
    _mount("tmpfs", str(folder), MS_NOSUID | MS_NODEV, f"size={megabytes}m,nr_inodes=8k,mode=1777")


def _mount(kind: str, target: str, flags: int, options: str = "") -> None:
    arguments = (kind or "none", target, kind or "none")
    found = _libc.mount(*(text.encode() for text in arguments), flags, options.encode())
    _check(found, f"mount {target}")


def _check(found: int, what: str) -> None:
    if found != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


if __name__ == "__main__":
    main()
