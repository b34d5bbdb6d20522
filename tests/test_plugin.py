"""pytest runs the checks as they stand, grouped by function."""

import subprocess
import sys

from tests.mistakes import KIT


def run_pytest(submission, *more):
    command = [sys.executable, "-m", "pytest", "--pyargs", "autograder.checks.linear_svm"]
    command += ["--submission", submission, "-o", "addopts=", "-p", "no:cacheprovider", *more]
    return subprocess.run(command, capture_output=True, text=True, cwd=KIT, check=False)


def test_the_solution_passes_check_by_check():
    result = run_pytest(KIT / "solutions", "-v")
    assert result.returncode == 0, result.stdout
    assert "linear_svm.py::TestSvmLoss::test_gradient PASSED" in result.stdout
    assert "linear_svm.py::TestSvmLoss::test_loops PASSED" in result.stdout


def test_a_failure_is_the_students_sentence_without_the_checks_source(tmp_path):
    text = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
    (tmp_path / "linear_svm.py").write_text(text.replace("return X @ W", "return X @ W + 1"))
    result = run_pytest(tmp_path, "-k", "TestLinearForward or TestAddBias")
    assert result.returncode == 1
    assert "scores[0, 0] should be" in result.stdout
    assert "Traceback" not in result.stdout
    assert "def test_values" not in result.stdout
    assert "3 passed" in result.stdout
