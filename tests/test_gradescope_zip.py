"""The zip for Gradescope, unpacked as it is there: its scripts are run, and results.json read."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.gradescope.settings import Settings
from autograder.sandbox import isolation
from autograder.stage import find_stage
from tests.command import autograder
from tests.export.test_gradescope import gradescope_import
from tests.mistakes import KIT

STAGE = "linear_svm"
MAX_POINTS = find_stage(KIT, STAGE).max_points
SECRET = "only the instructor knows this"
SOLUTION = (KIT / "solutions" / f"{STAGE}.py").read_text("utf-8")
HALF = SOLUTION.replace("reg * np.sum(W**2)", "reg * np.sum(W)")
NOT_GRADED = "could not be graded, and that is no fault of it"
HOSTILE = """
import os, subprocess, sys
root = {root!r}
forged = '{{"score": 1e6, "output": "forged", "tests": []}}'
target = root + "/results/results.json"
later = f"import time; time.sleep(1); open({{target!r}}, 'w').write({{forged!r}})"
found = []
for path in ("results/results.json", "results/x", "source/kit/solutions/linear_svm.py", "x"):
    try:
        open(root + "/" + path, "w").write(forged)
        found.append(path)
    except BaseException:
        pass
for path in ("source/settings.json", "source/kit/solutions/linear_svm.py"):
    try:
        found.append(open(root + "/" + path).read())
    except BaseException:
        pass
try:
    if os.fork() == 0:
        os.setsid()
        os.execv(sys.executable, [sys.executable, "-c", later])
except BaseException:
    pass
def add_bias(X):
    raise RuntimeError(repr(found) or "nothing")
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The zip, made by the command."""
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    done = autograder("gradescope", "zip", STAGE, "--out", path, "--secret", SECRET, "--kit", KIT)
    assert done.code == 0, done.err
    assert f"worth {MAX_POINTS:g} points" in done.out
    return path


def unpacked(archive, root):
    """Unpack the zip as Gradescope does, with the modes of files."""
    with zipfile.ZipFile(archive) as packed:
        for info in packed.infolist():
            path = Path(packed.extract(info, root / "source"))
            path.chmod(info.external_attr >> 16 & 0o777)
    shutil.copy2(root / "source" / "run_autograder", root / "run_autograder")
    (root / "submission").mkdir()
    (root / "results").mkdir()
    return root


def upload(root, files):
    """Put a submission where Gradescope does."""
    shutil.rmtree(root / "submission")
    for name, content in {"": None, **files}.items():
        path = root / "submission" / name
        if content is None:
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")


def run(root, **variables):
    """Start run_autograder in the root, as Gradescope does, and read the results."""
    shutil.rmtree(root / "results")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "AUTOG"))}
    done = subprocess.run(
        [root / "run_autograder"],
        cwd=root,
        env={**environment, "AUTOGRADER_ROOT": str(root), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    text = (root / "results" / "results.json").read_text("utf-8")
    return *gradescope_import(text), json.loads(text)["output"], done


@pytest.fixture(scope="module")
def root(archive, tmp_path_factory):
    """A folder as /autograder is there, with this package in place of the installed one."""
    if isolation.best() != "strict":
        pytest.skip("strict isolation is not to be had here")
    folder = unpacked(archive, tmp_path_factory.mktemp("autograder"))
    program = folder / "venv" / "bin" / "autograder"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={KIT} exec {sys.executable} -P -m autograder "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    return folder


def test_the_zip_holds_what_grading_needs_and_no_other_solution(archive):
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in packed.infolist()}
        settings = json.loads(packed.read("settings.json"))
    assert {"setup.sh", "run_autograder"} <= set(names)
    assert modes["run_autograder"] == modes["setup.sh"] == 0o755
    assert modes["settings.json"] == 0o644
    assert settings == {"stage": STAGE, "isolation": "strict", "secret": SECRET}
    solutions = [name for name in names if "solutions" in name]
    assert solutions == [f"kit/solutions/{STAGE}.py", f"kit/solutions/mistakes/{STAGE}.py"]
    assert "kit/data/mnist_10k.npz" in names
    assert sum(name.endswith(".whl") for name in names) == 1


def test_a_right_submission(root):
    upload(root, {f"{STAGE}.py": SOLUTION})
    score, tests, output, done = run(root)
    assert done.returncode == 0, done.stderr
    assert score == MAX_POINTS == sum(test["max_score"] for test in tests)
    assert {test["status"] for test in tests} == {"passed"}
    assert {"public", "hidden"} <= {tag for test in tests for tag in test["tags"]}
    assert output == ""


def test_a_half_right_submission_in_a_folder(root):
    assert HALF != SOLUTION
    upload(root, {f"homework/{STAGE}.py": HALF, "homework/notes.txt": "x"})
    score, tests, _, done = run(root)
    assert done.returncode == 0, done.stderr
    assert 0 < score < MAX_POINTS
    wrong = [test for test in tests if test["status"] == "failed"]
    assert all(test["name"].startswith(("svm_loss", "softmax_loss")) for test in wrong)
    assert any("loss should be" in test["output"] for test in wrong)
    assert SECRET not in json.dumps(tests)


@pytest.mark.parametrize("programs", [("bwrap",), ()], ids=["bubblewrap", "Landlock"])
def test_a_hostile_submission_writes_and_reads_nothing(root, tmp_path, programs):
    for name in ("bash", "cp", "mkdir", *programs):
        if not (found := shutil.which(name)):
            pytest.skip(f"{name} is not installed")
        (tmp_path / name).symlink_to(found)
    upload(root, {f"{STAGE}.py": HOSTILE.format(root=str(root))})
    before = (root / "source" / "settings.json").read_bytes()
    score, tests, output, done = run(root, PATH=str(tmp_path))
    if not programs and "with Landlock" in done.stderr:
        pytest.skip("this kernel has no Landlock")
    assert done.returncode == 0, done.stderr
    assert score == 0
    assert "forged" not in output
    said = [test["output"] for test in tests if test["name"].startswith("add_bias")]
    assert "RuntimeError: []" in " ".join(said)
    assert SECRET not in json.dumps(tests)
    assert (root / "source" / "settings.json").read_bytes() == before
    assert not (root / "x").exists()
    subprocess.run(["sleep", "1.5"], check=True)  # what it has started would have written by now
    text = (root / "results" / "results.json").read_text("utf-8")
    assert gradescope_import(text)[0] == 0
    assert "forged" not in text


def test_an_empty_submission(root):
    upload(root, {})
    score, tests, output, done = run(root)
    assert done.returncode == 0, done.stderr
    assert score == 0
    assert {test["status"] for test in tests} <= {"failed"}
    assert output == f"There is no {STAGE}.py or {STAGE}.ipynb in the submission; found no file."


@pytest.mark.parametrize("damaged", ["source/settings.json", "venv/bin/autograder"])
def test_results_are_left_when_the_kit_fails(root, tmp_path, damaged):
    copy = tmp_path / "autograder"
    shutil.copytree(root, copy)
    upload(copy, {f"{STAGE}.py": SOLUTION})
    (copy / damaged).write_text("x", "utf-8")
    score, tests, output, done = run(copy)
    assert done.returncode != 0
    assert (score, tests) == (0, [])
    assert NOT_GRADED in output


def test_without_strict_isolation_it_refuses(root, tmp_path, monkeypatch):
    def refused():
        raise UserError("Strict isolation is not to be had here.")

    copy = tmp_path / "autograder"
    shutil.copytree(root, copy)
    upload(copy, {f"{STAGE}.py": SOLUTION})
    (copy / "results" / "results.json").write_text("not graded", "utf-8")
    monkeypatch.setattr(isolation, "_strict_parent", refused)
    done = autograder("gradescope", "run", "--root", copy)
    assert (done.code, done.out) == (2, "")
    assert "Strict isolation is not to be had here." in done.err
    assert (copy / "results" / "results.json").read_text("utf-8") == "not graded"
    (copy / "source" / "settings.json").write_text(
        Settings(stage=STAGE, isolation="process").model_dump_json(), "utf-8"
    )
    done = autograder("gradescope", "run", "--root", copy)
    assert (done.code, done.out) == (0, f"{MAX_POINTS:g} of {MAX_POINTS:g} points\n")


def test_process_isolation_takes_no_secret_and_is_warned_of(tmp_path):
    call = ("gradescope", "zip", STAGE, "--out", tmp_path / "a.zip", "--isolation", "process")
    done = autograder(*call, "--secret", "x", "--kit", KIT)
    assert (done.code, done.out) == (2, "")
    assert "student code could read the secret seed" in " ".join(done.err.split())
    assert not (tmp_path / "a.zip").exists()
    done = autograder(*call, "--kit", KIT)
    assert done.code == 0
    assert "write its own points" in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("root_holds", "said"),
    [({}, "name the folder in which Gradescope"), ({"settings.json": "{}"}, "make the zip anew")],
)
def test_a_wrong_root_gets_one_sentence(tmp_path, root_holds, said):
    (tmp_path / "source").mkdir()
    for name, text in root_holds.items():
        (tmp_path / "source" / name).write_text(text, "utf-8")
    done = autograder("gradescope", "run", "--root", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())


@pytest.mark.slow
def test_setup_installs_all_that_it_takes(archive, tmp_path):
    """For real, in a fresh environment; packages come from where pip is set to look."""
    root = unpacked(archive, tmp_path / "autograder")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "AUTOG"))}
    done = subprocess.run(
        ["bash", root / "source" / "setup.sh"],
        cwd=root,
        env={**environment, "AUTOGRADER_ROOT": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "No matching distribution" in done.stderr or "connection" in done.stderr.lower():
        pytest.skip("the packages that it needs can't be fetched here")
    assert done.returncode == 0, done.stderr
    assert "Isolation that is to be had in this image: strict" in done.stdout
    assert (root / "source").stat().st_mode & 0o077 == 0
    for files, points in (
        ({f"{STAGE}.py": SOLUTION}, MAX_POINTS),
        ({f"{STAGE}.py": HOSTILE.format(root=str(root))}, 0),
        ({}, 0),
    ):
        upload(root, files)
        score, _, _, ran = run(root)
        assert ran.returncode == 0, ran.stderr
        assert score == points
