"""The student's bundle: it checks as the instructor's copy does, and holds no answer."""

import ast
import io
import json
import lzma
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from autograder.expected import open_answers
from autograder.fingerprints import NAME
from autograder.grading import grade
from autograder.release import zip_folder
from autograder.stage import find_stage, read_stages
from tests.command import autograder
from tests.launch import warm
from tests.mistakes import CLOSED, KIT, mistakes

pytestmark = pytest.mark.xdist_group("bundle")
STAGES = read_stages(KIT)
NAMES = [stage.name for stage in STAGES]
KNOWN = [stage.name for stage in CLOSED]
GIVEN = {"rng = np.random.default_rng(seed)"}  # handouts say it: it fixes what is drawn


@pytest.fixture(scope="module")
def bundle(released, tmp_path_factory):
    """All stages, as students get them, to work in."""
    return shutil.copytree(released, tmp_path_factory.mktemp("bundle") / "bundle")


def solution_lines(stage: str) -> set[str]:
    """Return the lines of code between the markers of a solution, those that say something."""
    source = (KIT / "solutions" / f"{stage}.py").read_text("utf-8")
    inside, lines = False, set()
    for line in source.splitlines():
        if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
            inside = "BEGIN" in line
        elif inside and len(line.strip()) > 25 and not line.strip().startswith("#"):
            lines.add(line.strip())
    return lines


def test_no_file_of_it_holds_a_solution_or_a_mistake(bundle):
    secrets = set().union(*map(solution_lines, NAMES)) - GIVEN
    assert len(secrets) > 150
    for stage in NAMES:
        source = (KIT / "solutions" / "mistakes" / f"{stage}.py").read_text("utf-8")
        secrets |= {
            node.name
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef) and "__" in node.name
        }
    files = [path for path in bundle.rglob("*") if path.is_file()]
    assert len(files) >= 4 + 3 * len(STAGES)
    for path in files:
        content = path.read_bytes()
        if path.name == NAME:
            content = lzma.decompress(content)
        text = content.decode("utf-8", "ignore")
        assert not [line for line in secrets if line in text], path.name
    assert not list(bundle.rglob("solutions"))


def test_fingerprints_are_small(bundle):
    assert sum(path.stat().st_size for path in bundle.rglob(NAME)) < 2_000_000


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_stubs_and_notebooks_are_those_of_the_kit(bundle, suffix):
    for name in NAMES:
        file = f"{name}{suffix}"
        assert (bundle / file).read_bytes() == (KIT / "starter" / file).read_bytes()


def test_it_holds_no_source_of_a_notebook(bundle):
    assert not list(bundle.rglob("notebook.py"))


@pytest.mark.parametrize("stage", KNOWN)
def test_solutions_pass_in_it(bundle, stage, tmp_path):
    """In a process of its own, with the package alone: no kit is near."""
    work = tmp_path / "work"
    shutil.copytree(bundle, work)
    shutil.copy(KIT / "solutions" / f"{stage}.py", work)
    package = tmp_path / "package"
    shutil.copytree(KIT / "autograder", package / "autograder")
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "check", stage, "--json", "-"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["points"] == report["max_points"]


@pytest.mark.parametrize("stage", NAMES)
def test_stubs_are_not_implemented_in_it(bundle, stage, monkeypatch):
    monkeypatch.chdir(bundle)
    monkeypatch.delenv("AUTOGRADER_KIT", raising=False)
    done = autograder("check", stage, "--json", "-")
    assert done.code == 1
    checks = [check for f in json.loads(done.out)["functions"] for check in f["checks"]]
    assert {check["outcome"] for check in checks} == {"not_implemented"}


@pytest.mark.slow
@pytest.mark.parametrize("stage", CLOSED, ids=KNOWN)
def test_mistakes_are_told_as_by_the_instructors_copy(bundle, stage):
    """Every seventh known mistake: the same outcomes, messages and names, live and written."""
    answers = {kit: open_answers(kit, stage) for kit in (KIT, bundle)}
    for mistake, submission in list(mistakes(stage.name))[::7]:
        reports = [
            grade(stage, submission, answers[kit], None, mistake.function, launch=warm())
            for kit in (KIT, bundle)
        ]
        live, written = (
            [(c.id, c.outcome, c.message) for c in report.functions[0].checks] for report in reports
        )
        assert live == written or "lenet" in mistake.function, mistake.id
        assert [c[:2] for c in live] == [c[:2] for c in written], mistake.id
    for source in answers.values():
        source.close()


def test_what_needs_a_stand_in_is_not_judged(bundle):
    """No solution can stand in for nn_forward, so what rests on it has to wait."""
    stage = find_stage(KIT, "two_layer_net")
    mistake, submission = next(
        pair for pair in mistakes("two_layer_net") if pair[0].function == "nn_forward"
    )
    report = grade(stage, submission, open_answers(bundle, stage), only="predict_nn")
    messages = {check.message for check in report.functions[0].failures}
    assert mistake.function == "nn_forward"
    assert messages == {
        "Not judged, because it may use `nn_forward`, which fails its own checks: mend that first."
    }


def test_a_mistake_is_named_in_it(bundle, tmp_path):
    work = tmp_path / "work"
    shutil.copytree(bundle, work)
    _, submission = next(p for p in mistakes("linear_svm") if p[0].id == "svm_loss.no_factor_two")
    (work / "linear_svm.py").write_bytes(submission.files["linear_svm.py"])
    done = autograder("check", "--dir", work, "--kit", work, "--only", "svm_loss", "linear_svm")
    assert done.code == 1
    assert "looks like a known mistake" in " ".join(done.out.split())
    assert "The smallest call that shows it" in done.out


def in_shell(line: str, folder, check: bool = True) -> subprocess.CompletedProcess:
    """Run a line of the README, in an environment that knows nothing of this one."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "AUTOGRADER"))
    }
    return subprocess.run(
        line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=check
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the README's other line is for Windows")
def test_the_zip_is_all_that_a_student_needs(tmp_path):
    """Unzipped elsewhere, installed by the README's own line: the stub fails, a solution passes."""
    released = autograder("release", "linear_svm", "--out", tmp_path / "bundle", "--zip")
    assert released.code == 0
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        packed.extractall(tmp_path / "elsewhere")
    work = tmp_path / "elsewhere" / "bundle"
    shutil.rmtree(tmp_path / "bundle")
    lines = (work / "README.md").read_text("utf-8").splitlines()
    install = next(line.strip() for line in lines if "pip install ./wheels" in line)
    done = in_shell(install, work, check=False)
    if "No matching distribution" in done.stderr or "connection" in done.stderr.lower():
        pytest.skip("the packages that it needs can't be fetched here")
    assert done.returncode == 0, done.stderr

    stub = in_shell(".venv/bin/autograder check", work, check=False)
    assert stub.returncode == 1
    assert stub.stdout.count("not implemented yet") == 8
    tests = in_shell(".venv/bin/pytest", work, check=False)
    assert tests.returncode == 1
    assert "`add_bias` is not implemented yet" in tests.stdout
    assert "passed" not in tests.stdout

    shutil.copy(KIT / "solutions" / "linear_svm.py", work)
    right = in_shell(".venv/bin/autograder check", work)
    assert "34 of 34 points" in right.stdout
    tests = in_shell(".venv/bin/pytest", work)
    assert "31 passed" in tests.stdout


def run_pytest(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_test_panels_see_the_checks_by_function(bundle):
    collected = run_pytest(bundle, "--collect-only", "-q").stdout.splitlines()
    assert "tests/test_linear_svm.py::TestSvmLoss::test_gradient" in collected
    assert "tests/test_convnet.py::TestConvForward::test_values" in collected
    nodes = [line for line in collected if "::" in line]
    assert "tests/test_challenge.py::test_challenge" in nodes
    nodes.remove("tests/test_challenge.py::test_challenge")
    assert all(line.startswith("tests/test_") and line.count("::") == 2 for line in nodes)


@pytest.mark.parametrize("where", ["", "tests", ".."])
def test_pytest_works_in_it_from_anywhere(bundle, tmp_path, where):
    work = tmp_path / "work"
    shutil.copytree(bundle, work)
    arguments = (work / "tests" / "test_linear_svm.py", "-k", "TestTrainSvm or TestAddBias")
    stub = run_pytest(work / where, *arguments)
    assert stub.returncode == 1
    assert "`add_bias` is not implemented yet" in stub.stdout
    shutil.copy(KIT / "solutions" / "linear_svm.py", work)
    right = run_pytest(work / where, *arguments)
    assert right.returncode == 0, right.stdout


def test_pytest_tells_in_a_sentence_that_a_file_is_gone(bundle, tmp_path):
    work = tmp_path / "work"
    shutil.copytree(bundle, work)
    (work / "linear_svm.py").unlink()
    (work / "linear_svm.ipynb").unlink()
    done = run_pytest(work, "tests/test_linear_svm.py", "-k", "TestAddBias")
    assert done.returncode == 1
    assert "There is no linear_svm.py or linear_svm.ipynb" in done.stdout
    assert "During handling" not in done.stdout
    assert "Traceback" not in done.stdout


def test_handouts_are_pages_that_stand_alone(bundle):
    for stage in STAGES:
        page = (bundle / f"assignments/{stage.number}_{stage.name}/README.html").read_text("utf-8")
        assert f"<title>Stage {stage.number}: {stage.title}</title>" in page
        assert page.count("<math") > 20 or stage.challenge
        assert page.count("<table>") >= 2
        text = page.split("<main", 1)[1]
        assert not re.search(r"\\(frac|sum|text|partial|lambda)", text)
        assert "$" not in re.sub(r"<code>.*?</code>", "", text, flags=re.DOTALL)
        assert not re.search(r"""(src|href)=["'](https?:)?//""", page)


def test_zip(bundle):
    path = zip_folder(bundle)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        names = packed.namelist()
    assert "bundle/linear_svm.py" in names
    path.unlink()


def test_command(tmp_path):
    out = tmp_path / "bundle"
    done = autograder("release", "linear_svm", "--out", out, "--zip")
    assert done.code == 0
    assert (out / "assignments" / "2_linear_svm" / NAME).is_file()
    assert (tmp_path / "bundle.zip").is_file()
    again = autograder("release", "linear_svm", "--out", out)
    assert again.code == 2
    assert "not an empty folder" in again.err


@pytest.mark.parametrize("damage", [b"", b"no fingerprints", None])
def test_damaged_fingerprints(bundle, tmp_path, damage):
    work = tmp_path / "work"
    shutil.copytree(bundle, work)
    path = work / "assignments" / "2_linear_svm" / NAME
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if damage is None else damage)
    done = autograder("check", "linear_svm", "--dir", work, "--kit", work)
    assert done.code == 2
    assert len(done.err.strip().splitlines()) <= 3
    assert "unpack the bundle anew" in " ".join(done.err.split())
