"""The grader's end of one worker: start it, exchange frames within a time limit, end it whole."""

import contextlib
import importlib.util
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

from autograder.sandbox import wire
from autograder.sandbox.limits import resource_limits
from autograder.stage import Limits

WORKER = Path(__file__).with_name("worker.py")
START_SECONDS = 60
MAX_OUTPUT_BYTES = 64 * 1024


class TimedOut(Exception):
    """No reply within the limit; the worker has been killed."""


class WorkerDied(Exception):
    """The worker ended, or sent something that is no reply; the message says which."""


class WorkerProcess:
    """One process with one student's files, in a session and a folder of its own.

    Parameters
    ----------
    files : dict of str to bytes
        Relative path to content; written into a fresh folder that goes when the worker ends.
    module : str
        The module that is to be imported, without ``.py``.
    limits : Limits
        Memory, and the seconds from which the CPU limit follows.
    """

    def __init__(self, files: dict[str, bytes], module: str, limits: Limits):
        self._folder = Path(tempfile.mkdtemp(prefix="autograder-")).resolve()
        code, home = self._folder / "code", self._folder / "home"
        _write_files(code, files)
        home.mkdir()
        config = {
            "folder": str(code),
            "module": module,
            "import_path": _import_path(),
            "limits": resource_limits(limits.memory_mb, limits.submission_seconds),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", str(WORKER), json.dumps(config)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=code,
            env=_environment(home),
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # Short, so that a worker that sends without end fills a pipe and not the memory.
        self._inbox: queue.Queue[bytes | wire.WireError] = queue.Queue(maxsize=2)
        self._output = bytearray()
        # Threads, because pipes can be waited for with a timeout on every system only this way.
        _in_background(self._send_all, self._process.stdin)
        _in_background(self._receive_all, self._process.stdout)
        _in_background(self._collect_output, self._process.stderr)
        self.layers: list[str] = self.receive(time.monotonic() + START_SECONDS)["layers"]

    def send(self, message: dict[str, Any]) -> None:
        """Send one request; it never blocks."""
        self._outbox.put(wire.encode(message))

    def receive(self, deadline: float) -> dict[str, Any]:
        """Wait for a reply until `deadline` (of `time.monotonic`), or kill and raise."""
        try:
            left = deadline - time.monotonic()
            if left <= 0:  # with replies waiting, perhaps: they come too late
                raise queue.Empty
            document = self._inbox.get(timeout=left)
        except queue.Empty:
            self.close()
            raise TimedOut from None
        try:
            if isinstance(document, wire.WireError):
                raise document
            reply = wire.decode(document)
            if not isinstance(reply, dict):
                raise wire.WireError("not a reply")
        except wire.WireError as error:
            raise WorkerDied(self._why_it_ended(error)) from None
        return reply

    def output(self) -> str:
        """Return what the student's code has printed so far, capped."""
        return self._output.decode("utf-8", "replace")

    def close(self) -> None:
        """Kill the worker's whole process group and remove its folder."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._outbox.put(None)
        with contextlib.suppress(queue.Empty):  # let a thread that waits for room go on and end
            while True:
                self._inbox.get_nowait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _why_it_ended(self, error: wire.WireError) -> str:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.close()
            return f"sent something that is no answer ({error})"
        self.close()
        if code < 0:
            return f"was ended by the system ({signal.Signals(-code).name})"
        return f"ended the whole process (exit code {code})"

    def _send_all(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), stream:
            while (document := self._outbox.get()) is not None:
                wire.write(stream, document)

    def _receive_all(self, stream: IO[bytes]) -> None:
        with stream:
            try:
                while True:
                    self._inbox.put(wire.read(stream, 2 * wire.MAX_FRAME_BYTES))
            except (wire.WireError, OSError, MemoryError) as error:
                self._inbox.put(wire.WireError(str(error)))

    def _collect_output(self, stream: IO[bytes]) -> None:
        with stream:
            while chunk := os.read(stream.fileno(), MAX_OUTPUT_BYTES):
                self._output += chunk[: MAX_OUTPUT_BYTES - len(self._output)]


def _in_background(target: Any, stream: IO[bytes]) -> None:
    threading.Thread(target=target, args=(stream,), daemon=True).start()


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _import_path() -> list[str]:
    """Where installed packages are, without .pth files: an editable kit's checkout stays out."""
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    for name in ("numpy", "msgpack", "matplotlib"):  # which may be a user's or a distribution's
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            paths.append(str(Path(spec.origin).parent.parent))
    return list(dict.fromkeys(paths))


def _environment(home: Path) -> dict[str, str]:
    """Build an environment with nothing of the grader's in it.

    One BLAS thread: faster on the small arrays of the checks, and results don't depend on cores.
    """
    environment = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "TMPDIR": str(home),
        "TEMP": str(home),
        "MPLCONFIGDIR": str(home),
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
    if "SYSTEMROOT" in os.environ:  # Windows starts no process without it
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment
