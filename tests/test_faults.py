"""Killed, stopped, cut off: one sentence, nothing lost, nothing graded twice, nothing left over."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from contextlib import contextmanager

import pytest

from autograder import classroom
from autograder.classroom import Settings, grade_class
from autograder.errors import UserError
from autograder.report import Report
from autograder.stage import find_stage
from autograder.submission import find_entries
from tests.faults import (
    STAGE,
    assert_goes_on,
    assert_whole,
    command,
    cut,
    finish,
    graders,
    kept,
    outcome,
    patched,
    running,
    sentence,
    start,
)
from tests.mistakes import KIT
from tests.waiting import soon

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")


# One process is killed


@pytest.mark.parametrize("finished", [pytest.param(0, marks=pytest.mark.slow), 1])
def test_a_grading_process_that_the_system_kills(finished, submissions, undisturbed, tmp_path):
    """As it does when memory is short."""
    out, scratch = tmp_path / "r", tmp_path / "scratch"
    words = command(submissions, out)
    run = start(words, scratch)
    assert soon(lambda: graders(scratch) and len(kept(out)) >= finished, 60)
    os.kill(graders(scratch)[0], signal.SIGKILL)
    assert sentence(run) == (
        "autograder: A grading process was ended from outside (out of memory?): what is graded is "
        "kept, so run the same command again, with a smaller --jobs if memory is short."
    )
    assert soon(lambda: not running(scratch)), running(scratch)
    assert not list(scratch.iterdir())
    assert_goes_on(words, out, scratch, undisturbed, kept(out))


def test_what_is_graded_but_not_collected_is_kept(submissions, undisturbed, tmp_path, monkeypatch):
    """The graders end while the next submission is read."""
    report = Report.model_validate_json((undisturbed[0] / "ada" / f"{STAGE}.json").read_bytes())

    class Ending:
        def submit(self, submission):
            if submission.student != "ada":
                raise UserError("all are gone")
            future = Future()
            future.set_result(report)
            return future

        def capacity(self):
            return 2

    @contextmanager
    def ending(settings):
        yield Ending()

    settings = Settings(KIT, (find_stage(KIT, STAGE),), tmp_path / "store")
    with monkeypatch.context() as patch:
        patch.setattr(classroom, "_open_graders", ending)
        with pytest.raises(UserError, match="all are gone"):
            grade_class(find_entries(submissions), settings, lambda report: None)
    (path,) = (tmp_path / "store").iterdir()
    assert Report.model_validate_json(path.read_bytes()) == report


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_a_stopped_run_leaves_nothing_over(number, submissions, undisturbed, tmp_path):
    """Not even the folders of workers, whose graders are killed."""
    out, scratch = tmp_path / "r", tmp_path / "scratch"
    words = command(submissions, out)
    run = start(words, scratch)
    assert soon(lambda: any(scratch.glob("*/*/code")) and kept(out), 60)
    begin = time.monotonic()
    run.send_signal(number)
    _, said = run.communicate(timeout=20)
    assert time.monotonic() - begin < 2 + 6  # 2 on a machine that has nothing else to do
    assert (run.returncode, said) == (1, "autograder: stopped; what is finished is kept.\n")
    assert soon(lambda: not running(scratch)), running(scratch)
    assert not list(scratch.iterdir())
    assert_goes_on(words, out, scratch, undisturbed, kept(out))


def test_an_interrupt_while_the_command_starts(tmp_path):
    (tmp_path / "typer.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n")
    run = subprocess.run(
        [sys.executable, "-m", "autograder", "--version"],
        env={**os.environ, **patched(tmp_path, "")},
        capture_output=True,
        text=True,
    )
    said = "autograder: stopped; what is finished is kept.\n"
    assert (run.returncode, run.stdout, run.stderr) == (1, "", said)


# All is killed at once


@pytest.mark.timeout(900)
@pytest.mark.parametrize("cuts", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_power_cuts_at_random_moments(cuts, submissions, undisturbed, tmp_path):
    """Run after run in one folder; each that comes to its end begins a new folder."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    moments = random.Random(seed)
    scratch, ended, before = tmp_path / "scratch", 0, {}
    words, out = command(submissions, tmp_path / "r0"), tmp_path / "r0"
    for _ in range(cuts):
        run = start(words, scratch)
        try:
            run.communicate(timeout=undisturbed[1] * moments.uniform(0.15, 0.65))
        except subprocess.TimeoutExpired:
            cut(run, scratch)
            assert_whole(out)
            assert before.items() <= kept(out).items()
            before = kept(out)
            continue
        assert run.returncode == 0
        assert before.items() <= kept(out).items()
        assert outcome(out) == outcome(undisturbed[0])
        ended, before = ended + 1, {}
        words, out = command(submissions, tmp_path / f"r{ended}"), tmp_path / f"r{ended}"
    assert_goes_on(words, out, scratch, undisturbed, before)


CUT_AT_A_WRITE = """
import os, signal
whole, left = os.fsync, int(os.environ["CUT_AT"])
def cut(number):
    global left
    left -= 1
    if left == 0:
        os.ftruncate(number, os.fstat(number).st_size // 2)
        os.killpg(0, signal.SIGKILL)
    whole(number)
os.fsync = cut
"""
WRITES = 1 + 3 * 6 + 2


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(write, marks=[] if write in (3, WRITES - 1) else pytest.mark.slow)
        for write in range(1, WRITES + 1)
    ],
)
def test_a_power_cut_in_the_middle_of_a_write(write, submissions, undisturbed, tmp_path):
    out, scratch = tmp_path / "r", tmp_path / "scratch"
    words = command(submissions, out)
    run = start(words, scratch, CUT_AT=str(write), **patched(tmp_path / "site", CUT_AT_A_WRITE))
    run.communicate(timeout=60)
    assert run.returncode == -signal.SIGKILL
    assert soon(lambda: not running(scratch)), running(scratch)
    assert len(list(out.rglob("*.part"))) == 1
    assert_goes_on(words, out, scratch, undisturbed, kept(out))


# The clock


BACKWARDS = """
import time
now = time.time()
def earlier():
    global now
    now -= 3600
    return now
time.time, time.time_ns = earlier, lambda: int(earlier() * 10**9)
"""


def test_a_clock_that_is_set_back(submissions, undisturbed, tmp_path):
    """Half of the reports are of a day in the future, and time runs backwards from now on."""
    out, scratch = tmp_path / "r", tmp_path / "scratch"
    words = command(submissions, out)
    run = start(words, scratch)
    assert soon(lambda: len(kept(out)) >= 3, 60)
    cut(run, scratch)
    for path in out.rglob("*"):
        os.utime(path, (4e9, 4e9))
    before = kept(out)
    finish(words, scratch, **patched(tmp_path / "site", BACKWARDS))
    assert before.items() <= kept(out).items()
    assert outcome(out) == outcome(undisturbed[0])
