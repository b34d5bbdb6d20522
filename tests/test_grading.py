"""Grading: fair points, one mistake charged once, hidden inputs that stay hidden."""

import re

import pytest

from autograder import grading
from autograder.checks.collect import collect, generator
from autograder.expected import Reference
from autograder.grading import grade
from autograder.report import Report
from autograder.stage import Stage, find_stage
from autograder.submission import Submission
from tests.mistakes import CLOSED, KIT

SVM = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
STARTER = (KIT / "starter" / "linear_svm.py").read_text("utf-8")


@pytest.fixture(scope="module")
def stage():
    return find_stage(KIT, "linear_svm")


@pytest.fixture(scope="module")
def reference(stage):
    reference = Reference(KIT, stage)
    yield reference
    reference.close()


@pytest.fixture
def graded(stage, reference):
    def grade_source(source: str, **keywords) -> Report:
        files = {"linear_svm.py": source.encode()}
        return grade(stage, Submission("ada", "linear_svm", files), reference, **keywords)

    return grade_source


def lost(report: Report) -> dict[str, float]:
    """Points lost, by function."""
    return {f.name: f.max_points - f.points for f in report.functions if f.points < f.max_points}


def hurried(stage: Stage, **limits: float) -> Stage:
    """Give a stage less time."""
    return stage.model_copy(update={"limits": stage.limits.model_copy(update=limits)})


def outcomes(report: Report, function: str) -> set[str]:
    (found,) = [f for f in report.functions if f.name == function]
    return {check.outcome for check in found.checks}


@pytest.mark.parametrize("name", [stage.name for stage in CLOSED])
def test_the_reference_earns_every_point_and_the_starter_none(name):
    stage = find_stage(KIT, name)
    reference = Reference(KIT, stage)
    for folder, share in (("solutions", 1), ("starter", 0)):
        content = (KIT / folder / f"{name}.py").read_bytes()
        submission = Submission("ada", name, {f"{name}.py": content})
        report = grade(stage, submission, reference, secret="a secret")
        assert report.points == share * report.max_points == share * stage.max_points
        assert [f.name for f in report.functions] == [f.name for f in stage.functions]
        for function in report.functions:
            assert function.points == round(sum(c.points for c in function.checks), 2)
            assert function.max_points == round(sum(c.max_points for c in function.checks), 2)
            if not share:
                assert {check.outcome for check in function.checks} == {"not_implemented"}
    reference.close()


def test_one_wrong_function_costs_its_own_points_only(graded):
    wrong = SVM.replace("dW = X.T @ dscores / N + 2 * reg * W", "dW = X.T @ dscores / N", 1)
    report = graded(wrong, secret="s")
    assert set(lost(report)) == {"svm_loss"}
    notes = [c.message for f in report.functions if f.name == "train_svm" for c in f.checks]
    assert any("the kit's `svm_loss`" in note for note in notes)


@pytest.mark.parametrize(
    "body",
    [
        "raise NotImplementedError",
        "return None",
        "return 0.0, W * 0",
        "import os; os._exit(0)",
        "1 / 0",
    ],
)
def test_a_function_that_breaks_costs_its_own_points_only(graded, body):
    broken = f"{SVM}\n\ndef svm_loss(W, X, y, reg=0.0):\n    {body}\n"
    report = graded(broken)
    assert set(lost(report)) == {"svm_loss"}
    assert lost(report)["svm_loss"] == 6 or body.startswith("return 0.0")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("failed", "the answer is wrong: is a case left out, or a number written in?"),
        ("timeout", "the call takes too long: does a loop wait for what only some inputs bring?"),
        ("killed", "the call ends the process: is a case left out, or a number written in?"),
        ("error", "the call raises an exception: is a case left out, or a number written in?"),
    ],
)
def test_what_went_wrong_on_unseen_inputs_is_told_and_not_what_they_are(stage, outcome, said):
    verdict = grading._Verdict(outcome, "W[0, 0] is 7.", "secret")
    message = grading._unseen(collect(stage)[0], verdict)
    assert message.endswith(f"on inputs that you have not seen {said}")
    assert "7" not in message


def test_a_hang_costs_its_own_points_only(stage, reference):
    hanging = f"{SVM}\n\ndef linear_forward(W, X):\n    while True: pass\n"
    submission = Submission("ada", "linear_svm", {"linear_svm.py": hanging.encode()})
    report = grade(hurried(stage, call_seconds=2), submission, reference)
    assert set(lost(report)) == {"linear_forward"}
    assert outcomes(report, "linear_forward") == {"timeout"}


def test_functions_that_fit_each_other_keep_their_points(graded):
    """A helper's extra argument is no mistake, even where the helper fails its own checks."""
    own = SVM.replace("def svm_loss(W, X, y, reg=0.0):", "def svm_loss(W, X, y, reg=0.0, extra=0):")
    own = own.replace(
        "loss = np.sum(margins) / N + reg", "loss = extra + np.sum(margins) / N + reg"
    )
    own = own.replace("svm_loss(W, X[rows], y[rows], reg)", "svm_loss(W, X[rows], y[rows], reg, 0)")
    own = own.replace(
        "def svm_loss(W, X, y, reg=0.0, extra=0)", "def svm_loss(W, X, y, reg=0.0, extra=1)"
    )
    assert set(lost(graded(own))) == {"svm_loss"}


def test_answers_written_in_for_the_public_seed_earn_nothing(graded, stage, reference):
    """A submission that knows every public input and answer fails on the secret ones."""
    checks = [check for check in collect(stage) if check.function == "predict_svm"]
    answers = []

    class Student:
        def __call__(self, call):
            value = reference(call)
            answers.append((call.arguments["W"].tolist(), value.tolist()))
            return value

        def watch(self, call):
            return type("Answer", (), {"value": self(call), "changed": False, "aliased": False})

    for check in checks:
        check.run(Student(), reference, "public")
    written = f"{SVM}\n\nANSWERS = {answers!r}\n\ndef predict_svm(W, X):\n    return np.array("
    written += "next((a for w, a in ANSWERS if w == W.tolist()), [0] * len(X)))\n"
    assert not lost(graded(written, only="predict_svm"))
    report = graded(written, secret="s", only="predict_svm")
    assert "values" in [
        c.id.split("::")[1] for f in report.functions for c in f.checks if not c.points
    ]
    assert report.points < report.max_points


def test_a_hidden_failure_tells_nothing_of_the_inputs(graded):
    # Right on the public inputs: wrong where the seed differs.
    seen = "-1.2345e0"
    sly = SVM.replace(
        "    return X @ W\n",
        "    if abs(X[0, 0]) in PUBLIC: return X @ W\n    raise ValueError(str(X))\n",
        1,
    )
    public = set()
    stage = find_stage(KIT, "linear_svm")
    for check in collect(stage):
        if check.function == "linear_forward":
            rng = generator("public", check.id)
            for call in type(check.method.__self__)().calls(rng):
                public.add(abs(float(call.arguments["X"][0, 0])))
                public.add(abs(float(call.cast("f4").arguments["X"][0, 0])))
    report = graded(f"PUBLIC = {public!r}\n{sly}", secret="s", only="linear_forward")
    (function,) = report.functions
    assert function.points < function.max_points
    for check in function.checks:
        assert check.visibility == "hidden"
        assert not re.search(r"\d\.\d", check.message), check.message
        assert "ValueError" not in check.message
    assert seen not in report.to_json()


def test_visibility_follows_the_secret(graded):
    public = graded(SVM)
    secret = graded(SVM, secret="s")
    kinds = [{c.visibility for f in r.functions for c in f.checks} for r in (public, secret)]
    assert kinds == [{"public"}, {"public", "hidden"}]
    fixed = {c.id for f in secret.functions for c in f.checks if c.visibility == "public"}
    assert fixed == {"train_svm::digits"}


def test_the_secret_is_in_no_report(graded):
    secret = "correct horse battery staple"
    assert secret not in graded(STARTER, secret=secret).to_json()


@pytest.mark.parametrize("source", ["def f(:", "x = '\0'", "class A\n"])
def test_what_does_not_parse_is_unreadable(graded, source):
    report = graded(source)
    assert (report.status, report.points) == ("unreadable", 0)
    assert "can't be imported" in report.reason
    assert report.max_points == 34


def test_a_crash_at_import_is_graded_zero_with_its_line(graded):
    report = graded("import numpy\nraise RuntimeError('no data here')\n" + SVM)
    assert (report.status, report.points) == ("graded", 0)
    message = report.functions[0].checks[0].message
    assert "RuntimeError: no data here" in message
    assert "line 2" in message


def test_what_the_grader_stumbles_over_costs_no_other_student(graded, monkeypatch):
    def stumble(student):
        raise ValueError

    monkeypatch.setattr("autograder.grading.Student.load", stumble)
    report = graded(SVM)
    assert (report.status, report.points) == ("unreadable", 0)
    assert "can't judge it (ValueError)" in report.reason


def test_a_message_that_nobody_can_read_is_cut(graded):
    report = graded("def add_bias(X): raise type('E' * 900_000, (Exception,), {})")
    assert outcomes(report, "add_bias") == {"error"}
    assert len(report.to_json()) < 200_000


def test_only_reports_one_function(graded):
    report = graded(SVM, only="train_svm")
    assert [f.name for f in report.functions] == ["train_svm"]
    assert report.points == report.max_points == 7


def test_noise_is_no_fault(graded):
    noisy = (
        "import warnings, sys\nprint('hello ' * 999)\nwarnings.warn('old')\n"
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\n" + SVM
    )
    assert not lost(graded(noisy))


def test_the_same_bytes_get_the_same_report(graded):
    wrong = SVM.replace("axis=1)\n    ### END", "axis=0)\n    ### END")
    first, second = (graded(wrong, secret="s") for _ in range(2))
    for report in (first, second):
        report.duration_s = 0
        for function in report.functions:
            for check in function.checks:
                check.duration_s = 0
    assert first == second


def test_points_are_shared_out_exactly():
    for stage in CLOSED:
        checks = collect(stage)
        for function in stage.functions:
            shares = [check.points for check in checks if check.function == function.name]
            assert round(sum(shares), 2) == function.points
            assert min(shares) > 0
        assert len({check.id for check in checks}) == len(checks)


def test_slow_functions_take_no_time_from_those_before_them(stage, reference):
    """All public inputs come before the secret ones, for which there must be time left."""
    short = hurried(stage, call_seconds=1, submission_seconds=6)
    slow = (
        f"{SVM}\n\nimport time\nright = linear_forward\n\n"
        "def linear_forward(W, X):\n    time.sleep(0.7)\n    return right(W, X)\n"
    )
    submission = Submission("ada", "linear_svm", {"linear_svm.py": slow.encode()})
    points = {f.name: f.points for f in grade(short, submission, reference, "s").functions}
    assert points["add_bias"] == short.function("add_bias").points
    assert points["predict_svm"] == 0
