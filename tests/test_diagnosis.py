"""What a student with a wrong answer is told: the mistake by name, or in words, and an example."""

import re
import subprocess
import sys

import pytest

from autograder.checks.collect import PUBLIC_SEED, collect, generator
from autograder.diagnosis import Diagnosis
from autograder.expected import Reference
from autograder.grading import grade
from autograder.probes import probes
from autograder.report import FunctionReport
from autograder.sandbox.student import Student
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.mistakes import KIT, mistakes


@pytest.fixture(scope="module")
def judges():
    opened = {}
    for name in ("nearest_neighbors", "linear_svm", "two_layer_net", "convnet"):
        reference = Reference(KIT, find_stage(KIT, name))
        opened[name] = reference, Diagnosis(find_stage(KIT, name), reference)
    yield opened
    for reference, _ in opened.values():
        reference.close()


def told(judges, stage_name, code, function, secret=None) -> FunctionReport:
    """Grade the reference with other code at its end; return the report of one function."""
    source = (KIT / "solutions" / f"{stage_name}.py").read_text("utf-8") + code
    submission = Submission("ada", stage_name, {f"{stage_name}.py": source.encode()})
    reference, diagnosis = judges[stage_name]
    stage = find_stage(KIT, stage_name)
    (part,) = grade(
        stage, submission, reference, secret, only=function, diagnosis=diagnosis
    ).functions
    return part


NO_FACTOR = """
def svm_loss(W, X, y, reg=0.0):
    rows = np.arange(len(y))
    s = np.einsum("nd,dc->nc", X, W)
    m = np.clip(s - s[rows, y].reshape(-1, 1) + 1, 0, None)
    m[rows, y] = 0
    d = np.where(m > 0, 1.0, 0.0)
    d[rows, y] = -d.sum(1)
    return m.sum() / len(y) + reg * np.sum(W * W), np.einsum("nd,nc->dc", X, d) / len(y) + reg * W
"""


def test_a_known_mistake_is_named_in_whatever_style_it_is_made(judges):
    part = told(judges, "linear_svm", NO_FACTOR, "svm_loss")
    wrong = [check for check in part.checks if check.outcome != "passed"]
    assert wrong
    for check in wrong:
        assert check.mistakes == ["svm_loss.no_factor_two"]
        assert "This looks like a known mistake: " in check.message
        assert "factor 2" in check.message
    for check in part.checks:
        if check.outcome == "passed":
            assert check.mistakes == []
            assert check.message == ""


def test_two_mistakes_in_two_parts_are_both_named(judges):
    two = NO_FACTOR.replace("m.sum() / len(y)", "m.sum()")
    part = told(judges, "linear_svm", two, "svm_loss")
    named = {name for check in part.checks for name in check.mistakes}
    assert len(named) == 2
    message = next(check.message for check in part.checks if check.mistakes)
    assert " And: " in message


def test_a_new_mistake_is_described_but_not_named(judges):
    new = NO_FACTOR.replace("+ reg * W\n", "+ 3 * reg * W\n")
    part = told(judges, "linear_svm", new, "svm_loss")
    assert not any(check.mistakes for check in part.checks)
    messages = " ".join(check.message for check in part.checks)
    assert "known mistake" not in messages
    assert "Its regulariser's part is 1.50 times what it should be, 2 reg W." in messages


def test_twins_are_both_named(judges):
    mistake, submission = next(
        pair for pair in mistakes("linear_svm") if pair[0].id == "train_svm.same_batch"
    )
    reference, diagnosis = judges["linear_svm"]
    stage = find_stage(KIT, "linear_svm")
    report = grade(stage, submission, reference, only="train_svm", diagnosis=diagnosis)
    (part,) = report.functions
    named = {name for check in part.checks for name in check.mistakes}
    assert named == {mistake.id, mistake.twin}
    assert any(" Or: " in check.message for check in part.checks)


def test_a_hidden_failure_shows_no_input(judges):
    """What is right on every public input, and wrong elsewhere, gets no example."""
    hidden = """
_right = svm_loss
def svm_loss(W, X, y, reg=0.0):
    loss, dW = _right(W, X, y, reg)
    return (loss + 1 if f"{float(W.sum()):.15e}" not in PUBLIC else loss), dW
"""
    stage = find_stage(KIT, "linear_svm")
    reference, _ = judges["linear_svm"]
    checks = collect(stage)
    owner = next(check.owner for check in checks if check.function == "svm_loss")
    calls = probes(checks, "svm_loss", reference, PUBLIC_SEED)
    calls += owner.small_calls(generator(PUBLIC_SEED, "svm_loss::smallest"))
    loops = next(check for check in checks if check.id == "svm_loss::loops")
    rng = generator(PUBLIC_SEED, loops.id)
    calls += [loops.owner.sized(rng, N=size) for size in (8, 72)]
    public = {f"{float(call.arguments['W'].sum()):.15e}" for call in calls}
    part = told(judges, "linear_svm", f"\nPUBLIC = {public!r}\n{hidden}", "svm_loss", "secret")
    failed = [check for check in part.checks if check.outcome == "failed"]
    assert failed
    for check in failed:
        assert check.message.startswith("`svm_loss` passes on the public inputs, but on inputs ")
        assert "No small public example shows it." in check.message
        assert "[" not in check.message
    assert part.example == ""


@pytest.mark.parametrize(
    ("stage", "code", "function", "last"),
    [
        (
            "nearest_neighbors",
            "\ndef compute_distance(a, b):\n    return float(np.sum((a - b) ** 2))\n",
            "compute_distance",
            "# the distance should be 4.12311, but is 17",
        ),
        (
            "linear_svm",
            "\ndef add_bias(X):\n    return [][0]\n",
            "add_bias",
            "# raises IndexError, but should give [[",
        ),
        (
            "two_layer_net",
            "\ndef relu(x):\n    np.maximum(0, x, out=x)\n    return x.copy()\n",
            "relu",
            "# the value is right, but the call changes its arguments",
        ),
        (
            "convnet",
            "\ndef conv_output_size(size, kernel, pad=0, stride=1):\n"
            "    return (size + 2 * pad - kernel) // stride + 1\n",
            "conv_output_size",
            "# should raise ValueError, but gives ",
        ),
    ],
)
def test_the_example_is_small_and_says_what_came(judges, stage, code, function, last):
    part = told(judges, stage, code, function)
    lines = part.example.splitlines()
    assert f"from {stage} import {function}" in lines[:2]
    assert len(lines) <= 8
    assert lines[-1].startswith(last)


@pytest.mark.parametrize(
    ("stage", "id_"),
    [
        ("nearest_neighbors", "compute_distances.transposed"),
        ("linear_svm", "svm_loss.no_mean_in_loss"),
        ("linear_svm", "train_svm.ascent"),
        ("two_layer_net", "nn_svm_grad.biases_regularised"),
        ("convnet", "convnet_loss.biases_regularised"),
    ],
)
def test_an_example_repeats_the_mistake_in_a_plain_prompt(judges, stage, id_, tmp_path):
    """Run the lines as a student would: the numbers that the comment tells come out."""
    mistake, submission = next(pair for pair in mistakes(stage) if pair[0].id == id_)
    _, diagnosis = judges[stage]
    student = Student(submission.files, find_stage(KIT, stage))
    *lines, call, comment = diagnosis.example(mistake.function, student).splitlines()
    student.close()
    (tmp_path / f"{stage}.py").write_bytes(submission.files[f"{stage}.py"])
    program = "\n".join([*lines, f"print({call})"])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    printed = numbers(done.stdout)
    for number in numbers(comment.partition("but is")[2]):
        assert min(abs(number - other) for other in printed) <= 1e-4 * max(1, abs(number))


def numbers(text: str) -> list[float]:
    """Return the numbers in a text."""
    return [float(found) for found in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


def test_points_do_not_depend_on_the_diagnosis(judges):
    stage = find_stage(KIT, "linear_svm")
    source = (KIT / "solutions" / "linear_svm.py").read_text("utf-8") + NO_FACTOR
    submission = Submission("ada", "linear_svm", {"linear_svm.py": source.encode()})
    reference, diagnosis = judges["linear_svm"]
    plain = grade(stage, submission, reference)
    rich = grade(stage, submission, reference, diagnosis=diagnosis)
    assert [part.points for part in plain.functions] == [part.points for part in rich.functions]


def test_an_explanation_that_fails_costs_nothing(judges, monkeypatch):
    _, diagnosis = judges["linear_svm"]
    monkeypatch.setattr(diagnosis, "example", lambda *arguments: 1 / 0)
    stage = find_stage(KIT, "linear_svm")
    source = (KIT / "solutions" / "linear_svm.py").read_text("utf-8") + NO_FACTOR
    submission = Submission("ada", "linear_svm", {"linear_svm.py": source.encode()})
    report = grade(stage, submission, judges["linear_svm"][0], diagnosis=diagnosis)
    assert report.status == "graded"
    assert report.points > 27
    assert report.notes == ["What is wrong in svm_loss could not be explained (ZeroDivisionError)."]
