"""Loops and memory are judged without a clock: whom it fails, and what it says."""

import re

import pytest

from autograder.checks.collect import collect
from autograder.errors import UserError
from autograder.expected import Reference
from autograder.grading import grade
from autograder.stage import Stage, find_stage
from autograder.submission import Submission
from tests.mistakes import KIT

NEIGHBORS = find_stage(KIT, "nearest_neighbors")
SVM = find_stage(KIT, "linear_svm")


def failed(stage: Stage, code: str, function: str) -> dict[str, tuple[str, str]]:
    """Grade the reference with other code at its end: name to outcome and message."""
    source = (KIT / "solutions" / f"{stage.name}.py").read_text("utf-8") + code
    submission = Submission("ada", stage.name, {f"{stage.name}.py": source.encode()})
    reference = Reference(KIT, stage)
    (part,) = grade(stage, submission, reference, only=function).functions
    reference.close()
    return {
        check.id.split("::")[1]: (check.outcome, check.message)
        for check in part.checks
        if check.outcome != "passed"
    }


def changed(stage: Stage, name: str, letters: tuple[str, ...]) -> Stage:
    """Return a stage in which one function is vectorized along other sizes."""
    functions = tuple(
        function.model_copy(update={"vectorized": letters}) if function.name == name else function
        for function in stage.functions
    )
    return stage.model_copy(update={"functions": functions})


def test_a_loop_is_told_with_the_lines_at_both_sizes():
    loops = "compute_distances_vectorized = compute_distances"
    found = failed(NEIGHBORS, loops, "compute_distances_vectorized")
    assert found.keys() == {"loops"}
    outcome, message = found["loops"]
    assert outcome == "failed"
    told = r"72×4, .* (\d+,\d+) Python lines run for N = 72, but (\d+,\d+) for N = 8: a loop over "
    many, few = (int(n.replace(",", "")) for n in re.search(told, message).groups())
    assert many > 5 * few
    assert "operations on whole arrays" in message


def test_one_loop_is_allowed_over_either():
    two = "compute_distances_one_loop = compute_distances"
    found = failed(NEIGHBORS, two, "compute_distances_one_loop")
    assert found.keys() == {"loops"}
    assert "for M = 72" in found["loops"][1]
    assert not failed(NEIGHBORS, "", "compute_distances_one_loop")
    other = """
def compute_distances_one_loop(X, X_train):
    return np.stack([np.sqrt(np.sum((X - row) ** 2, axis=1)) for row in X_train], axis=1)
"""
    assert not failed(NEIGHBORS, other, "compute_distances_one_loop")


def test_a_table_of_all_differences_is_told_in_megabytes_even_in_single_precision():
    code = """
def compute_distances_vectorized(X, X_train):
    X, X_train = X.astype(np.float32), X_train.astype(np.float32)
    return np.sqrt(np.sum((X[:, None] - X_train) ** 2, axis=2))
"""
    message = failed(NEIGHBORS, code, "compute_distances_vectorized")["memory"][1]
    assert "float64" in message  # values are looked at first
    code = code.replace("np.sum(", "np.sum(dtype=float, a=")
    message = failed(NEIGHBORS, code, "compute_distances_vectorized")["memory"][1]
    assert re.search(r"1\.\d MB of memory were used, where 0\.7 MB would do", message)


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        ("return None", "failed", "None"),
        ("return 0.0, 0 * W", "failed", "should be"),
        ("return 1 / 0", "error", "ZeroDivisionError"),
        ("raise NotImplementedError", "not_implemented", "not implemented"),
    ],
)
def test_few_lines_alone_earn_nothing(body, outcome, words):
    found = failed(SVM, f"\ndef svm_loss(W, X, y, reg=0.0):\n    {body}\n", "svm_loss")
    assert found["loops"][0] == outcome
    assert words in found["loops"][1]


@pytest.mark.parametrize(
    ("name", "letters", "words"),
    [
        ("svm_loss", (), "svm_loss is vectorized along nothing, but TestSvmLoss can judge N"),
        ("svm_loss", ("N", "M"), "along N, M, but TestSvmLoss can judge N"),
        ("softmax_loss", ("N",), "along N, but TestSoftmaxLoss can judge nothing"),
    ],
)
def test_stage_and_checks_must_agree_on_the_sizes(name, letters, words):
    with pytest.raises(UserError, match=words):
        collect(changed(SVM, name, letters))
