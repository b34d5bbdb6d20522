"""A class: every submission graded once, the same grades whatever happens on the way."""

import csv
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from unittest import mock

import pytest

from autograder import graders
from autograder.errors import UserError
from autograder.folders import safe_names
from autograder.report import Report
from tests.command import autograder
from tests.mistakes import KIT
from tests.waiting import soon

RIGHT = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
HALF = (KIT / "starter" / "linear_svm.py").read_text("utf-8")
WRONG = RIGHT.replace("return X @ W", "return X @ W + 1")


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory):
    """Make a small class, messy as classes are."""
    folder = tmp_path_factory.mktemp("class")
    for number in range(6):
        student = folder / f"student{number}"
        student.mkdir()
        # Each a little different, so that none is another's copy.
        (student / "linear_svm.py").write_text(f"# {number}\n{RIGHT if number % 2 else WRONG}")
    (folder / "=1+2,ünal.py").write_text(RIGHT)
    (folder / "half.py").write_text(HALF)
    (folder / "broken.py").write_text("def broken(:\n")
    (folder / "late.rar").write_bytes(b"Rar!")
    with zipfile.ZipFile(folder / "zipped.zip", "w") as archive:
        archive.writestr("homework/linear_svm.py", RIGHT)
    (folder / "twice").mkdir()
    (folder / "twice" / "linear_svm.py").write_text(RIGHT)
    (folder / "twice.py").write_text(RIGHT)
    return folder


def grade(folder, out, *more):
    return autograder(
        "grade", folder, "--stage", "linear_svm", "--out", out, "--secret", "s", "--kit", KIT, *more
    )


@pytest.fixture(scope="module")
def graded(class_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("results") / "r"
    result = grade(class_folder, out)
    assert result.code == 0, result
    return out


def rows(out):
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_entry_has_an_outcome(graded):
    points = {row["student"]: (row["status"], row["points"]) for row in rows(graded)}
    assert points == {
        **{f"student{n}": ("graded", "34" if n % 2 else "33") for n in range(6)},
        "'=1+2,ünal": ("graded", "34"),
        "half": ("graded", "0"),
        "broken": ("unreadable", "0"),
        "late": ("unreadable", "0"),
        "zipped": ("graded", "34"),
        "twice": ("unreadable", "0"),
    }


def test_grades_have_a_column_for_each_function_and_are_sorted(graded):
    table = rows(graded)
    assert list(table[0]) == [
        *("student", "stage", "status", "points", "max_points"),
        *("add_bias", "linear_forward", "svm_loss_naive", "svm_loss", "softmax_loss"),
        *("train_svm", "predict_svm", "tune_svm"),
    ]
    names = [row["student"].removeprefix("'") for row in table]
    assert names == sorted(names)


def test_several_stages_can_be_named_in_any_order(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "ada.py").write_text(RIGHT)
    stages = ("--stage", "two_layer_net", "--stage", "linear_svm", "--stage", "linear_svm")
    isolation = ("--isolation", "process")
    done = autograder("grade", tmp_path / "s", *stages, "--out", tmp_path / "r", *isolation)
    assert done.code == 0
    assert [row["stage"] for row in rows(tmp_path / "r")] == ["linear_svm", "two_layer_net"]


def test_the_tree_is_as_the_formats_say(graded):
    run = json.loads((graded / "run.json").read_text("utf-8"))
    assert run["students"]["=1+2,ünal"] != "=1+2,ünal"
    assert "s" not in (run["secret_scrypt"], run.get("secret"))
    for student, folder in run["students"].items():
        report = Report.model_validate_json((graded / folder / "linear_svm.json").read_bytes())
        assert report.student == student
        assert (report.reason == "") == (report.status == "graded")
        assert (graded / folder / "linear_svm.html").stat().st_size > 1000
    for name in ("index.html", "grades.csv"):
        assert (graded / name).is_file()
    assert not list(graded.rglob("*.part"))
    twice = json.loads((graded / "twice" / "linear_svm.json").read_text("utf-8"))
    assert "twice.py" in twice["reason"]


def test_any_number_of_jobs_gives_the_same_grades(class_folder, graded, tmp_path):
    for jobs in (1, 3):
        assert grade(class_folder, tmp_path / str(jobs), "--jobs", jobs).code == 0
        same = (tmp_path / str(jobs) / "grades.csv").read_bytes()
        assert same == (graded / "grades.csv").read_bytes()


def stamps(out):
    return {path: path.stat().st_mtime_ns for path in (out / ".cache").iterdir()}


def test_a_second_run_grades_nothing_again_unless_told(class_folder, graded):
    before, grades = stamps(graded), (graded / "grades.csv").read_bytes()
    grade(class_folder, graded)
    assert stamps(graded) == before
    grade(class_folder, graded, "--no-resume")
    assert stamps(graded).keys() == before.keys()
    assert all(stamps(graded)[path] > before[path] for path in before)
    assert (graded / "grades.csv").read_bytes() == grades


def test_another_secret_or_submission_is_graded_anew(tmp_path):
    folder, out = tmp_path / "class", tmp_path / "r"
    folder.mkdir()
    (folder / "ada.py").write_text(RIGHT)
    common = ("grade", folder, "--stage", "linear_svm", "--out", out, "--kit", KIT)
    counts = []
    for secret, text in (("a", RIGHT), ("b", RIGHT), ("b", WRONG)):
        (folder / "ada.py").write_text(text)
        autograder(*common, "--secret", secret)
        counts.append(len(stamps(out)))
    assert counts == [1, 2, 3]
    assert rows(out)[0]["points"] == "33"


def test_a_damaged_store_entry_is_graded_anew(tmp_path):
    folder, out = tmp_path / "class", tmp_path / "r"
    folder.mkdir()
    (folder / "ada.py").write_text(RIGHT)
    grade(folder, out)
    (entry,) = stamps(out)
    entry.write_text('{"half": ')
    assert grade(folder, out).code == 0
    assert rows(out)[0]["points"] == "34"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_kill_9_at_random_moments_loses_and_repeats_nothing(class_folder, graded, tmp_path):
    out = tmp_path / "r"
    command = [sys.executable, "-m", "autograder", "grade", class_folder, "--stage", "linear_svm"]
    command += ["--out", out, "--secret", "s", "--kit", KIT, "--jobs", "2"]
    moments = random.Random(7)
    kept: dict = {}
    for _ in range(8):
        run = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(moments.uniform(0.3, 3))
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        done = stamps(out) if (out / ".cache").exists() else {}
        assert kept.items() <= done.items()  # what was graded is not graded again
        kept = done
        for path in out.rglob("*.json"):
            json.loads(path.read_text("utf-8"))
    assert subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0
    assert kept.items() <= stamps(out).items()
    assert (out / "grades.csv").read_bytes() == (graded / "grades.csv").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for what is left in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_ends_all_that_was_started(number, class_folder, graded, tmp_path):
    out = tmp_path / "r"
    command = [sys.executable, "-m", "autograder", "grade", class_folder, "--stage", "linear_svm"]
    command += ["--out", out, "--secret", "s", "--kit", KIT, "--jobs", "2"]
    run = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    assert soon(lambda: len(started_by(run.pid)) > 3, 30)
    begin = time.monotonic()
    run.send_signal(number)
    _, said = run.communicate(timeout=20)
    if number != signal.SIGKILL:
        assert time.monotonic() - begin < 8  # some tenths of a second on a machine at rest
        assert run.returncode == 1
        assert said.decode().splitlines()[-1] == "autograder: stopped; what is finished is kept."
    assert soon(lambda: not started_by(run.pid), 10), started_by(run.pid)
    assert subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0
    assert (out / "grades.csv").read_bytes() == (graded / "grades.csv").read_bytes()


def started_by(session: int) -> list[str]:
    """List what runs in a session: the command, its graders and their like."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session, *_ = path.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it has ended
            continue
        if its_session == str(session) and state != "Z":
            found.append(path.parent.name)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_does_not_cut_the_start_of_a_grader_short(number, tmp_path):
    started = []

    def start(*_):
        signal.raise_signal(number)
        started.append("whole")

    before = signal.signal(number, signal.default_int_handler)
    try:
        with (
            graders.local_graders(1, tmp_path, (), None, "process", {}) as local,
            mock.patch.object(ProcessPoolExecutor, "submit", start),
            pytest.raises(KeyboardInterrupt),
        ):
            local.submit(None)
        assert started == ["whole"]
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)


@pytest.mark.skipif(sys.platform != "linux", reason="only a forked grader inherits what is patched")
def test_isolation_that_is_not_to_be_had_is_refused_in_one_sentence(class_folder, tmp_path):
    out = tmp_path / "r"
    fork = multiprocessing.get_context("fork")
    with (
        mock.patch.object(graders, "launcher", side_effect=UserError("No layers here: get some.")),
        mock.patch.object(graders, "grader_context", return_value=fork),
    ):
        command = ("--stage", "linear_svm", "--out", out, "--kit", KIT, "--isolation", "strict")
        refused = autograder("grade", class_folder, *command)
    assert (refused.code, refused.err) == (2, "autograder: No layers here: get some.\n")
    assert not (out / "grades.csv").exists()


def test_folders_are_safe_and_no_two_are_one():
    names = ["ada", "Ada", "../../etc", "con", "a/b", "a_b", "", ".", "ünal", "名前", "x" * 300]
    names += ["index.html", "NUL.txt", "e\u0301", "\u00e9"]
    folders = safe_names(names)
    assert len({folder.casefold() for folder in folders.values()}) == len(names)
    for folder in folders.values():
        assert folder.isascii()
        assert folder.strip(". ") == folder
        assert len(folder) < 100
        assert not set(folder) & set('/\\:*?"<>| ')
    assert safe_names(["bob", "ada"]) == {"bob": "bob", "ada": "ada"}


@pytest.mark.parametrize("name", ["ünal", "Ada", "名前"])
def test_nobody_can_take_anothers_folder_by_name(name):
    folder = safe_names([name, name.lower(), "ada"])[name]
    names = [name, name.lower(), "ada", folder]
    again = safe_names(names)
    assert len({each.casefold() for each in again.values()}) == len(set(names))
