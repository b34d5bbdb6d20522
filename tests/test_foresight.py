"""Calls that are made together beforehand: they save time, and change no verdict."""

import pytest

from autograder.checks.collect import collect
from autograder.expected import Reference
from autograder.foresight import Foresight
from autograder.grading import grade
from autograder.sandbox.student import Batch, CallFailed, Request, Student
from autograder.sandbox.wire import pack
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.mistakes import KIT
from tests.test_sandbox import failure, probe  # noqa: F401


def request(*args, function="f", **more):
    return Request(function, pack(list(args), {}), **more)


def test_calls_that_were_foreseen_are_made_once_and_in_order(probe):  # noqa: F811
    student = probe("calls = []\ndef f(x): calls.append(x); return list(calls)")
    student.foresee(Batch.of(request(1), request(2)))
    assert student.call("f", pack([1], {})) == [1]
    assert student.call("f", pack([2], {})) == [1, 2]
    assert student.call("f", pack([2], {})) == [1, 2, 2]


def test_what_is_asked_otherwise_is_made_anew(probe):  # noqa: F811
    student = probe("def f(x): return 10 * x")
    student.foresee(Batch.of(request(1), request(2)))
    assert student.call("f", pack([3], {})) == 30
    assert student.call("f", pack([2], {})) == 20
    assert student.watch("f", pack([1], {})) == (10, False, False)


def test_watching_and_measuring_are_foreseen_too(probe):  # noqa: F811
    student = probe("def f(x): x[0] = 5; return x")
    document = pack([[1, 2]], {})
    student.foresee(Batch.of(Request("f", document, watch=True), *Request.measuring("f", document)))
    assert student.watch("f", document) == ([5, 2], True, False)
    assert student.measure("f", document).lines > 0


@pytest.mark.parametrize("end", ["while True: pass", "import os; os._exit(3)"])
def test_a_call_that_ends_the_worker_costs_only_itself(probe, end):  # noqa: F811
    student = probe(f"def f(x):\n    if x == 2:\n        {end}\n    return x")
    student.foresee(Batch.of(request(1), request(2), request(3)))
    assert student.call("f", pack([1], {})) == 1
    assert failure(student, "f", 2).outcome in ("timeout", "killed")


@pytest.mark.parametrize(
    "forged",
    [
        {"status": "ok", "replies": 5},
        {"status": "ok"},
        {"status": "ok", "replies": [b"\xc1", b""]},
        {"status": "ok", "replies": [7, None]},
        {"status": "ok", "replies": []},
    ],
)
def test_forged_replies_are_no_answers(probe, forged):  # noqa: F811
    student = probe("def f(x): return x")
    student.load()
    student._worker.receive = lambda deadline: forged
    student.foresee(Batch.of(request(1), request(2)))
    with pytest.raises(CallFailed) as caught:
        student.call("f", pack([1], {}))
    assert "no answer" in str(caught.value)


@pytest.mark.parametrize(
    "stage_name", ["perceptron", "nearest_neighbors", "linear_svm", "two_layer_net"]
)
def test_no_verdict_depends_on_it(stage_name):
    stage = find_stage(KIT, stage_name)
    reference = Reference(KIT, stage)
    wrong = (KIT / "solutions" / f"{stage_name}.py").read_text().replace("return ", "return 2 * ")
    for source in (wrong, (KIT / "starter" / f"{stage_name}.py").read_text()):
        files = {f"{stage_name}.py": source.encode()}
        submission = Submission(student="s", stage=stage_name, files=files)
        one, two = (
            grade(stage, submission, reference, "secret", foresight=foresight)
            for foresight in (None, Foresight(stage, reference))
        )
        assert _said(one) == _said(two)
    reference.close()


def _said(report):
    return [
        (check.id, check.outcome, check.points, check.message)
        for function in report.functions
        for check in function.checks
    ]


@pytest.fixture
def svm():
    """Return the stage, its reference and a right submission."""
    stage = find_stage(KIT, "linear_svm")
    source = (KIT / "solutions" / "linear_svm.py").read_bytes()
    reference = Reference(KIT, stage)
    yield stage, reference, Submission("s", "linear_svm", {"linear_svm.py": source})
    reference.close()


def test_all_that_a_check_asks_is_foreseen(svm, monkeypatch):
    stage, reference, right = svm
    alone = []
    exchange = Student._exchange
    monkeypatch.setattr(
        Student, "_exchange", lambda self, *args: alone.append(args) or exchange(self, *args)
    )
    foresight = Foresight(stage, reference)
    report = grade(stage, right, reference, "s", only="svm_loss", foresight=foresight)
    checks = [check for check in collect(stage) if check.function in ("svm_loss", "linear_forward")]
    assert report.points == report.max_points
    assert len(alone) <= 1 + 2 * len(checks)  # the import, and one exchange a check and seed


def test_a_fault_of_the_reference_is_not_the_students(svm):
    def fault(check, seed):
        raise RuntimeError("the reference")

    stage, reference, right = svm
    report = grade(stage, right, reference, foresight=fault)
    assert report.reason == "The grader can't judge it (RuntimeError): look at it yourself."
