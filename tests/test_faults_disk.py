"""Disks that are full or shut: one sentence, nothing lost, and the same command goes on."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.expected import open_answers
from autograder.grading import grade
from autograder.sandbox.plain import PlainProcess
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.faults import (
    RIGHT,
    STAGE,
    assert_goes_on,
    assert_whole,
    can_mount,
    command,
    kept,
    on_a_disk,
    outcome,
    sentence,
    start,
)
from tests.mistakes import KIT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the disks are POSIX's")
needs_disk = pytest.mark.skipif(
    not can_mount(), reason="a namespace with a small disk is not to be had here"
)


@needs_disk
@pytest.mark.parametrize(
    "share",
    [
        pytest.param(0.02, marks=pytest.mark.slow),
        0.15,
        pytest.param(0.4, marks=pytest.mark.slow),
        pytest.param(0.7, marks=pytest.mark.slow),
        0.99,
    ],
)
def test_a_full_disk(share, submissions, undisturbed, tmp_path):
    """It fills at the first report, at a page, at the page of the class."""
    files = [path for path in undisturbed[0].rglob("*") if path.is_file()]
    pages = sum(-(-path.stat().st_size // 4096) for path in files)
    disk, copies = tmp_path / "disk", tmp_path / "copies"
    size = f"size={max(1, int(share * pages)) * 4}k"
    said = on_a_disk(size, disk, copies, command(submissions, disk / "r"))
    assert "can't be written (No space left on device): make room there, and run the" in said
    first, second = copies / "first" / "r", copies / "second" / "r"
    assert_whole(first)
    assert not list(first.rglob("*.part"))
    assert stamps(first).items() <= stamps(second).items()
    assert outcome(second) == outcome(undisturbed[0])


def stamps(out):
    """Return when each report was written; a copy of a disk keeps that."""
    return {name: written for name, (_, written) in kept(out).items()}


@needs_disk
def test_a_full_disk_for_temporary_files_costs_no_points(submissions, undisturbed, tmp_path):
    disk, copies = tmp_path / "disk", tmp_path / "copies"
    words = ["env", f"TMPDIR={disk}", *command(submissions, disk / "r")]
    words[words.index(str(disk / "r"))] = str(tmp_path / "r")
    said = on_a_disk("size=4k", disk, copies, words)
    assert "No space left on device" in said
    assert outcome(tmp_path / "r") == outcome(undisturbed[0])


def test_a_disk_that_fills_between_two_checks_costs_no_points():
    """The second worker of a submission can't be started."""
    starts = []

    def launch(*arguments):
        starts.append(arguments)
        if len(starts) > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return PlainProcess(*arguments)

    source = RIGHT.replace("return distances", "import os; os._exit(0)", 1)
    submission = Submission("ada", STAGE, {f"{STAGE}.py": source.encode()})
    stage = find_stage(KIT, STAGE)
    with pytest.raises(UserError, match="No space left on device"):
        grade(stage, submission, open_answers(KIT, stage), launch=launch)


@needs_disk
def test_a_disk_that_is_read_only(submissions, undisturbed, tmp_path):
    disk, copies = tmp_path / "disk", tmp_path / "copies"
    said = on_a_disk("ro", disk, copies, command(submissions, disk / "r"))
    assert "(Read-only file system): give permission or name another place, and run the" in said
    assert outcome(copies / "second" / "r") == outcome(undisturbed[0])


@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)
@pytest.mark.parametrize("folder", ["r", "r/.cache", "r/ada"])
def test_a_folder_that_must_not_be_written(folder, submissions, undisturbed, tmp_path):
    locked, scratch = tmp_path / folder, tmp_path / "scratch"
    locked.mkdir(parents=True)
    locked.chmod(0o500)
    words = command(submissions, tmp_path / "r")
    said = sentence(start(words, scratch))
    assert "can't be written (Permission denied): give permission or name another place" in said
    locked.chmod(0o700)
    assert_goes_on(words, tmp_path / "r", scratch, undisturbed, kept(tmp_path / "r"))


@pytest.mark.parametrize("name", ["grades.csv", "ada"])
def test_something_else_in_the_place_of_a_result(name, submissions, undisturbed, tmp_path):
    out, scratch = tmp_path / "r", tmp_path / "scratch"
    words = command(submissions, out)
    out.mkdir()
    if name == "ada":
        (out / name).write_text("")
    else:
        (out / name / "x").mkdir(parents=True)
    said = sentence(start(words, scratch))
    assert f"{out / name}" in said
    assert "move away what is in its place, and run the same command again." in said
    (out / name).rename(tmp_path / "away")
    assert_goes_on(words, out, scratch, undisturbed, kept(out))


@needs_disk
def test_no_shared_memory(submissions, tmp_path):
    script = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o ro none /dev/shm && exec "$@"', "sh"]
    said = sentence(start([*script, *command(submissions, tmp_path / "r")], tmp_path / "scratch"))
    assert "its shared memory in /dev/shm (Read-only file system)" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("what", ["grade", "data list --json"])
def test_output_to_a_full_disk(what, submissions, undisturbed, tmp_path):
    """Whether it is written at once or held back to the end."""
    out = tmp_path / "r"
    shutil.copytree(undisturbed[0], out)
    words = [sys.executable, "-m", "autograder", *what.split()]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            command(submissions, out) if what == "grade" else words,
            env={**os.environ, "PYTHONUNBUFFERED": ""},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert run.returncode == 2
    assert run.stderr == (
        "autograder: A file or the output can't be used (No space left on device): make room "
        "there, and run the same command again.\n"
    )
    assert outcome(out) == outcome(undisturbed[0])


@needs_disk
@pytest.mark.slow
@pytest.mark.parametrize("size", ["1m", "7m"])
def test_a_bundle_on_a_full_disk(size, tmp_path):
    """It fills at the data, or at the zip of the bundle."""
    disk, copies = tmp_path / "disk", tmp_path / "copies"
    words = [sys.executable, "-m", "autograder", "release", STAGE, "--kit", str(KIT)]
    out = disk / "bundle"
    # A bundle that is there is not written over: it is taken away before it is asked for again.
    script = ["sh", "-c", 'rm -rf "$0"; exec "$@"', str(out)]
    said = on_a_disk(f"size={size}", disk, copies, [*script, *words, "--out", str(out), "--zip"])
    assert "(No space left on device): make room there" in said
    left = {path.name for path in (copies / "first").iterdir()}
    assert left == (set() if size == "1m" else {"bundle"})
    assert {path.name for path in (copies / "second").iterdir()} == {"bundle", "bundle.zip"}
