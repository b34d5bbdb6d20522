"""A small class, the command that grades it, and what holds of its results after any fault."""

import contextlib
import csv
import functools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.mistakes import KIT
from tests.waiting import soon

STAGE = "nearest_neighbors"
RIGHT = (KIT / "solutions" / f"{STAGE}.py").read_text("utf-8")


def make_class(folder: Path) -> Path:
    """Write right, wrong, unfinished and broken submissions, and one whose worker is ended."""
    folder.mkdir()
    submissions = {
        "ada": RIGHT,
        "bob": f"# another\n{RIGHT}",
        "cy": (KIT / "starter" / f"{STAGE}.py").read_text("utf-8"),
        "dora": "def broken(:\n",
        "eve": RIGHT.replace("return distances", "return distances + 1"),
        "fay": RIGHT.replace("return accuracies", "import os; os._exit(0)"),
    }
    for student, source in submissions.items():
        (folder / f"{student}.py").write_text(source, "utf-8")
    return folder


def command(submissions: Path, out: Path) -> list[str]:
    """Return the command that grades a class, as a shell has it."""
    words = [sys.executable, "-m", "autograder", "grade", submissions, "--stage", STAGE]
    words += ["--out", out, "--secret", "s", "--kit", KIT, "--jobs", "2", "--isolation", "process"]
    return [str(word) for word in words]


def start(words: list[str], scratch: Path, **more: str) -> subprocess.Popen:
    """Start a command in a session of its own; all that it starts can be found by `scratch`."""
    scratch.mkdir(exist_ok=True)
    return subprocess.Popen(
        words,
        env={**os.environ, "TMPDIR": str(scratch), **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(words: list[str], scratch: Path, **more: str) -> None:
    """Run a command that nothing disturbs."""
    run = start(words, scratch, **more)
    _, said = run.communicate(timeout=120)
    assert (run.returncode, said) == (0, "")


def sentence(run: subprocess.Popen) -> str:
    """Return the one sentence that a command which was stopped by a fault says."""
    _, said = run.communicate(timeout=60)
    assert run.returncode == 2, said
    return the_sentence(said)


def the_sentence(said: str) -> str:
    """Take what was said for one sentence."""
    (line,) = said.splitlines()
    assert line.startswith("autograder: ")
    assert line.endswith(".")
    return line


def patched(folder: Path, source: str) -> dict[str, str]:
    """Return the environment in which Python runs some lines before anything else."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(source, "utf-8")
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(folder), os.getenv("PYTHONPATH")]))}


# What is running


def running(scratch: Path) -> dict[int, str]:
    """Find the processes that were started with `scratch`: their ids and command lines."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended
            line = (process / "cmdline").read_bytes()
            if os.fsencode(scratch) in line + (process / "environ").read_bytes():
                found[int(process.name)] = line.replace(b"\0", b" ").decode()
    return found


def graders(scratch: Path) -> list[int]:
    """Find the grading processes."""
    return [pid for pid, line in running(scratch).items() if "spawn_main" in line]


def cut(run: subprocess.Popen, scratch: Path) -> None:
    """Kill a command and all that it has started, as a power cut does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    for pid in running(scratch):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    run.communicate()
    assert soon(lambda: not running(scratch)), running(scratch)


# What has been written


def kept(out: Path) -> dict[str, tuple[int, int]]:
    """Return each finished report in the store, and what changes if it is written again."""
    files = (out / ".cache").glob("[!.]*")
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def assert_whole(out: Path) -> None:
    """Assert that no file under its final name is half written."""
    for path in out.rglob("*"):
        if path.is_dir() or path.suffix == ".part":
            continue
        text = path.read_bytes().decode()
        if path.suffix == ".json":
            json.loads(text)
        elif path.suffix == ".html":
            assert text.rstrip().endswith("</html>"), path
        else:
            assert path.name == "grades.csv"
            assert text.endswith("\r\n")
            assert len({len(row) for row in csv.reader(text.splitlines())}) == 1


def outcome(out: Path) -> dict[str, object]:
    """Return all that is in a folder of results, apart from durations; of pages, that they are."""
    assert_whole(out)
    files = [path for path in out.rglob("*") if path.is_file() and path.parent.name != ".cache"]
    read = {".json": lambda path: _timeless(json.loads(path.read_text("utf-8")))}
    read[".csv"] = Path.read_bytes
    return {
        path.relative_to(out).as_posix(): read.get(path.suffix, lambda _: "")(path)
        for path in files
    }


def _timeless(value: object) -> object:
    if isinstance(value, dict):
        return {key: _timeless(part) for key, part in value.items() if key != "duration_s"}
    return [_timeless(part) for part in value] if isinstance(value, list) else value


def assert_goes_on(
    words: list[str],
    out: Path,
    scratch: Path,
    undisturbed: tuple[Path, float],
    before: dict[str, tuple[int, int]],
) -> None:
    """Assert that the same command ends as if nothing had been, and grades nothing again."""
    assert_whole(out)
    finish(words, scratch)
    assert before.items() <= kept(out).items()
    assert outcome(out) == outcome(undisturbed[0])
    assert not list(out.rglob("*.part"))


# A disk of its own


@functools.cache
def can_mount() -> bool:
    """Tell whether a small disk in memory can be had here, in a namespace."""
    if sys.platform != "linux":
        return False
    try:
        trial = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
        return subprocess.run(trial, capture_output=True).returncode == 0
    except OSError:
        return False


ON_A_DISK = """
mount -t tmpfs -o "$1" none "$2" || exit 9
disk=$2 copies=$3
shift 3
"$@" 2>"$copies/said"
code=$?
cp -a "$disk" "$copies/first"
mount -o remount,rw,size=64m "$disk"
"$@" || exit 8
cp -a "$disk" "$copies/second"
exit $code
"""


def on_a_disk(options: str, disk: Path, copies: Path, words: list[str]) -> str:
    """Run a command that writes on a disk which is full or the like, and again when it is not.

    Parameters
    ----------
    options : str
        Of the disk, such as "size=20k" or "ro".
    disk : Path
        Where it is for the command.
    copies : Path
        Its content is copied here, into ``first`` and ``second``, after each run.
    words : list of str
        The command.

    Returns
    -------
    str
        The one sentence that the first run said.
    """
    disk.mkdir(exist_ok=True)
    copies.mkdir()
    script = ["unshare", "-rm", "sh", "-c", ON_A_DISK, "sh", options, str(disk), str(copies)]
    done = subprocess.run([*script, *words], capture_output=True, text=True, timeout=200)
    assert done.returncode == 2, (done, (copies / "said").read_text())
    return the_sentence((copies / "said").read_text("utf-8"))
