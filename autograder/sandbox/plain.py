"""Start a worker as a plain process: limits, a session and a folder of its own, no more."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.sandbox.limits import resource_limits
from autograder.sandbox.visible import environment, import_path
from autograder.stage import Limits

WORKER = Path(__file__).with_name("worker.py")


class PlainProcess:
    """One process with one student's files.

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
        write_files(code, files)
        home.mkdir()
        config = {
            "folder": str(code),
            "module": module,
            "import_path": import_path(),
            "limits": resource_limits(limits.memory_mb, limits.submission_seconds),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", str(WORKER), json.dumps(config)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=code,
            env=environment(home),
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self.stdin, self.stdout = self._process.stdin, self._process.stdout
        self.stderr = self._process.stderr

    def kill(self) -> None:
        """Kill the worker's whole process group and remove its folder."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        remove(self._folder)

    def exit_code(self) -> int | None:
        """Return how it ended, None if it has not within a second."""
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return None


def remove(folder: Path) -> None:
    """Remove a folder, however deep it is."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:  # Python 3.11 calls itself for each level
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False)


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a new folder."""
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
