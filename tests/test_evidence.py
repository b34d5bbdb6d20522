"""Evidence: small, whole after JSON, drawn as the message says, and never of hidden inputs."""

import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given, settings
from pydantic import ValidationError

from autograder import grading
from autograder.checks import gallery, two_layer_net
from autograder.checks.call import call
from autograder.checks.collect import PUBLIC_SEED, collect, generator
from autograder.checks.compare import CheckFailed, compare
from autograder.diagnosis import Diagnosis
from autograder.evidence import Evidence
from autograder.expected import Reference
from autograder.extract import SIDE, evidence_of, fitting
from autograder.grading import grade
from autograder.report import CheckReport, FunctionReport, Report
from autograder.reports import html
from autograder.reports.charts import drawings, shown
from autograder.reports.disclosure import without_hidden_inputs
from autograder.reports.html import student_page
from autograder.reports.results import ResultsTree
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.mistakes import KIT
from tests.page import Page
from tests.test_pictures import HUGE, NAMES, PAIRS, TINY

SVM = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
LARGEST = 20_000  # characters of one check's evidence, as it stands in a report
ID = "svm_loss::gradient"
RNG = np.random.default_rng(0)


def found(got, want, name="scores", tolerance=1e-9) -> Evidence:
    """Return the evidence of a comparison that fails."""
    with pytest.raises(CheckFailed) as failure:
        compare(got, want, name, tolerance)
    evidence = evidence_of(ID, failure.value.about(call("f", x=np.ones((9, 9)))))
    assert evidence is not None
    return evidence


def report_with(evidence: list[Evidence], **fields) -> Report:
    """Make a report with one check, which fails."""
    check = CheckReport(
        id=ID, title="It is.", outcome="failed", points=0, max_points=1,
        **({"visibility": "public", "failed_on": "public"} | fields),
    )  # fmt: skip
    part = FunctionReport(
        name="svm_loss", points=0, max_points=1, checks=[check], evidence=evidence
    )
    return Report(
        student="ada", stage="linear_svm", status="graded", points=0, max_points=1,
        functions=[part], kit_version="0",
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PAIRS, NAMES)
@example((HUGE, -HUGE), "dW")
@example((HUGE[0], TINY[0]), "losses")
@example((np.array([3e250, 0.0]), np.full(2, 7e-72)), "dW")
@example((np.full(3, np.nan), np.full(3, np.inf)), "losses")
@example((RNG.normal(size=5000), RNG.normal(size=5000)), "losses")
@example((RNG.normal(size=(70, 70, 3)), RNG.normal(size=(70, 70, 3))), "dW")
@example((np.array([None, 1]), np.array(["a", "b"])), "labels")
def test_odd_data_are_kept_small_and_drawn(pair, name):
    evidence = evidence_of(ID, CheckFailed("It is wrong.", *pair, name))
    if evidence is None:
        assert not fitting(CheckFailed("", *pair, name))
        return
    assert len(evidence.model_dump_json(indent=1)) < LARGEST
    text = report_with([evidence]).to_json()
    again = Report.model_validate_json(text)
    assert again.to_json() == text
    Page(student_page(again, None))


def test_numbers_that_json_lacks_survive():
    evidence = found(np.array([[1.0, np.nan], [-np.inf, 2.0]]), np.ones((2, 2)))
    again = Report.model_validate_json(report_with([evidence]).to_json()).functions[0].evidence[0]
    assert again.got is not None
    np.testing.assert_array_equal(again.got.values, [[1, np.nan], [-np.inf, 2]])
    page = Page(student_page(report_with([again]), None)).root
    assert next(cell.text for cell in page.find_all("td", class_="odd")).endswith("nan")


@pytest.mark.parametrize("shape", [(90,), (40, 30), (5, 6, 7), (3, 4, 6, 5), (2, 2, 3, 9, 9)])
def test_the_first_difference_is_in_the_excerpt_and_marked(shape):
    want = RNG.normal(size=shape)
    got = want.copy()
    where = tuple(size * 2 // 3 for size in shape)
    got[where] += 1e-3
    got[tuple(size - 1 for size in shape)] -= 1
    evidence = found(got, want)
    assert evidence.first is not None
    assert evidence.first.index == list(where)
    assert evidence.differing == 2
    expected, yours, difference = shown(evidence).grids
    assert len(yours.rows) <= SIDE
    marked = [
        (head, column, cell.text)
        for head, cells in yours.rows
        for column, cell in zip(yours.columns, cells, strict=True)
        if cell.mark == "first"
    ]
    if len(shape) == 1:
        heads = "", f"{where[0]}"
    elif len(shape) == 2:
        heads = f"{where[0]}", f"{where[1]}"
    else:
        heads = ",".join(map(str, (*where[:-3], where[-2]))), f"{where[-3]},{where[-1]}"
    assert marked == [(*heads, f"{got[where]:.3g}".replace("-", "−"))]
    (apart,) = [
        cell.text
        for (_, cells), (_, marks) in zip(difference.rows, yours.rows, strict=True)
        for cell, mark in zip(cells, marks, strict=True)
        if mark.mark == "first"
    ]
    assert float(apart) == pytest.approx(1e-3, rel=0.1)
    assert not any(cell.mark for _, cells in expected.rows for cell in cells)


def test_a_difference_too_small_to_see_is_shown_with_all_its_digits():
    want = np.array([[1.0, 2.0, 3.0]])
    laid_out = shown(found(want + np.array([0, 4e-9, 0]), want))
    assert laid_out.expected == "scores[0, 1] = 2"
    assert laid_out.got == "scores[0, 1] = 2.000000004"
    assert laid_out.call == "f(x: 9×9)"


def test_each_failure_has_the_picture_that_fits():
    table, losses = RNG.normal(size=(3, 4)), np.linspace(2, 1, 30)
    gradient = shown(found(2 * table, table, "dW"))
    assert gradient.scatter is not None
    assert len(gradient.scatter.points) == 12
    assert not any(point.right for point in gradient.scatter.points)
    assert len(gradient.grids) == 3
    assert shown(found(2 * table, table)).scatter is None
    curves = shown(found(losses + (np.arange(30) > 3), losses, "losses"))
    assert curves.curves is not None
    assert "part at step 4" in curves.curves.words
    assert not curves.grids
    turned = shown(found(table.T.copy(), table))
    assert [grid.title for grid in turned.grids] == ["expected", "yours"]
    assert turned.got == "scores of shape (4, 3)"
    single = shown(found(np.array([2.5]), np.array([2.0]), "losses"))
    assert (single.expected, single.curves, single.grids) == ("losses[0] = 2", None, [])
    number = shown(found(2.5, 2.0))
    assert (number.expected, number.got, number.grids) == ("scores = 2", "scores = 2.5", [])


def test_a_loss_between_nans_is_a_dot():
    losses = np.linspace(2, 1, 5)
    got = np.array([2, np.nan, 1.5, np.nan, np.nan])
    curves = shown(found(got, losses, "losses")).curves
    assert curves is not None
    assert curves.got.count("M") == curves.got.count("h0") == 2
    assert curves.expected.count("M") == 1
    assert "h0" not in curves.expected


def test_what_another_check_shows_is_told_in_brief():
    failure = CheckFailed("", np.ones((2, 2)), np.zeros((2, 2)), "dW")
    brief = evidence_of(ID, failure, brief=True)
    assert brief is not None
    assert brief.first is not None
    assert brief.expected is None
    assert not brief.slopes


@pytest.fixture(scope="module")
def graded():
    stage = find_stage(KIT, "linear_svm")
    reference = Reference(KIT, stage)

    def grade_source(source: str, **keywords) -> dict[str, FunctionReport]:
        files = {"linear_svm.py": source.encode()}
        report = grade(stage, Submission("ada", "linear_svm", files), reference, **keywords)
        return {part.name: part for part in report.functions}

    grade_source.reference = reference
    yield grade_source
    reference.close()


def test_failures_on_public_inputs_have_evidence_with_a_secret_and_without(graded):
    wrong = SVM.replace("dW = X.T @ dscores / N + 2 * reg * W", "dW = X.T @ dscores / N", 1)
    for keywords in ({}, {"secret": "s"}):
        part = graded(wrong, only="svm_loss", **keywords)["svm_loss"]
        assert {one.check for one in part.evidence} >= {ID, "svm_loss::arguments"}
        whole = next(one for one in part.evidence if one.check == ID)
        assert whole.slopes
        assert whole.call.startswith("svm_loss(")
        for check in part.checks:
            if check.outcome == "failed":
                assert (check.failed_on, check.inputs) == ("public", "public")


def test_failures_on_hidden_inputs_have_none(graded):
    """The public inputs are recognised by a weight, so that only the hidden ones fail."""
    stage = find_stage(KIT, "linear_svm")
    weights = set()
    checks = [check for check in collect(stage) if check.function == "linear_forward"]
    for check in checks:
        for one in check.owner.calls(generator(PUBLIC_SEED, check.id)):
            for each in (one, one.cast(np.float32)):
                weights.add(round(float(each.arguments["W"].ravel()[0]), 9))
    cheat = (
        f"{SVM}\n\nPUBLIC = {sorted(weights)}\nright = linear_forward\n\n"
        "def linear_forward(W, X):\n"
        "    known = np.min(np.abs(np.array(PUBLIC) - W.ravel()[0])) < 1e-6\n"
        "    return right(W, X) + (0 if known else 7.125)\n"
    )
    part = graded(cheat, only="linear_forward", secret="s")["linear_forward"]
    hidden = [check for check in part.checks if check.outcome == "failed"]
    assert hidden
    assert {(check.failed_on, check.inputs) for check in hidden} == {("hidden", "hidden")}
    assert part.evidence == []
    report = report_with([]).model_copy(update={"functions": [part]})
    page = student_page(report, stage)
    for check in hidden:
        inputs = next(check_.owner for check_ in checks if check_.id == check.id)
        drawn = next(inputs.calls(generator("s", check.id)))
        assert str(drawn) not in report.to_json() + page
    assert not Page(page).root.find_all("div", class_="evidence")
    assert re.search("on inputs that you have not seen", page)


def test_what_was_seen_of_hidden_inputs_is_told_on_no_public_ones(graded):
    """A worker that has got hidden inputs could put them into its answers to public ones."""
    tells = (
        f"{SVM}\n\nseen, right = [], train_svm\n\n"
        "def train_svm(W, X, y, *args, **kwargs):\n"
        "    if X.shape[1] == 262:\n"
        "        raise ValueError(' '.join(map(repr, seen)))\n"
        "    seen.append(float(W.ravel()[0]))\n"
        "    return right(W, X, y, *args, **kwargs)\n"
    )
    part = graded(tells, only="train_svm", secret="s")["train_svm"]
    (message,) = (check.message for check in part.checks if check.id == "train_svm::digits")
    told = {float(number) for number in re.findall(r"-?\d+\.\d{12,}", message)}
    assert told & weights_drawn("train_svm", PUBLIC_SEED)
    assert not told & weights_drawn("train_svm", "s")


def test_nor_is_it_told_in_the_smallest_example(graded):
    """Which is sought after the checks, when the student's functions have got hidden inputs."""
    secret = weights_drawn("svm_loss", "s") - weights_drawn("svm_loss", PUBLIC_SEED)
    tells = (
        f"{SVM}\n\nsecret, seen, right = {secret}, set(), svm_loss\n\n"
        "def svm_loss(W, X, y, *args, **kwargs):\n"
        "    if W.size < 5:\n"
        "        return 1e9 * (1 + len(secret & seen)), 0 * W\n"
        "    seen.add(float(W.ravel()[0]))\n"
        "    return right(W, X, y, *args, **kwargs)\n"
    )
    diagnosis = Diagnosis(find_stage(KIT, "linear_svm"), graded.reference)
    part = graded(tells, only="svm_loss", secret="s", diagnosis=diagnosis)["svm_loss"]
    assert any(check.visibility == "hidden" and check.outcome == "passed" for check in part.checks)
    assert "but is 1e+09" in part.example


def weights_drawn(function: str, seed: str) -> set[float]:
    """Return the first weight of each call that the checks of a function make with a seed."""
    checks = [c for c in collect(find_stage(KIT, "linear_svm")) if c.function == function]
    return {
        float(one.arguments["W"].ravel()[0])
        for check in checks
        for one in check.owner.calls(generator(seed, check.id))
    }


def test_exports_drop_evidence_of_checks_that_ran_on_hidden_inputs():
    evidence = found(np.ones(3), np.zeros(3))
    secretive = report_with([evidence], visibility="hidden")
    assert without_hidden_inputs(secretive).functions[0].evidence == []
    public = report_with([evidence])
    assert without_hidden_inputs(public).functions[0].evidence == [evidence]
    assert without_hidden_inputs(secretive, public).functions[0].evidence == [evidence]


def test_the_time_of_hidden_checks_is_not_told():
    """A student's code may have waited so long that the time tells of an input."""
    report = report_with([], visibility="hidden", failed_on="hidden")
    report = report.model_copy(update={"duration_s": 1.234})
    report.functions[0].checks[0].duration_s = 1.234
    told = without_hidden_inputs(report)
    assert told.duration_s == told.functions[0].checks[0].duration_s == 0
    assert "1.2 s" not in Page(student_page(report, None)).root.text
    shown = report_with([]).model_copy(update={"duration_s": 1.234})
    assert "1.2 s" in Page(student_page(shown, None)).root.text
    shown.functions[0].checks[0].duration_s = 1.234
    assert without_hidden_inputs(shown) == shown


def test_what_a_student_sent_is_kept_only_while_it_is_small():
    """A failure's frames and the base of its array hold all that came, and there are many."""
    reply = np.zeros(10**6)
    for size, is_kept in ((10, True), (10**6, False)):
        with pytest.raises(CheckFailed) as failure:
            compare(reply[:size], np.ones(size), "scores", 1e-9)
        kept = grading._kept(failure.value)
        assert (kept is not None) == is_kept
        if kept:
            assert kept.got is not None
            assert kept.got.base is None
            assert kept.__traceback__ is kept.__context__ is None


def test_what_can_not_be_drawn_costs_the_pictures_and_no_more(tmp_path, monkeypatch):
    report = report_with([found(np.ones(3), np.zeros(3))])
    stage = find_stage(KIT, "linear_svm")
    monkeypatch.setattr(html, "shown", lambda evidence: 1 / 0)
    tree = ResultsTree(tmp_path, (stage,), ["ada"], "", "strict", {})
    tree.add(report)
    page = (tmp_path / "ada" / "linear_svm.html").read_text("utf-8")
    assert "What came can't be drawn (ZeroDivisionError)." in Page(page).root.text
    assert Report.model_validate_json((tmp_path / "ada" / "linear_svm.json").read_bytes()) == report


def test_what_was_learnt_is_shown_and_costs_nothing_where_it_is_odd(graded):
    seen = graded(SVM, only="train_svm", secret="s")["train_svm"].gallery
    assert seen is not None
    assert [image.title for image in seen.templates] == [str(digit) for digit in range(10)]
    assert re.fullmatch(r"Of 100 digits .* misreads \d+\.", seen.read)
    assert all(re.fullmatch(r"\d, read as \d", image.title) for image in seen.misread)
    for odd in ("[]", "np.zeros((3, 3))", "'<script>'", "np.full((262, 10), np.nan)"):
        source = f"{SVM}\n\ndef train_svm(W, X, y, **_):\n    return np.ones(3), {odd}\n"
        part = graded(source, only="train_svm")["train_svm"]
        assert part.checks
        assert part.points < part.max_points
        Page(student_page(report_with([]).model_copy(update={"functions": [part]}), None))


def test_templates_show_signs_and_misread_digits_show_both():
    weights = np.zeros((1, 2, 3))
    weights[0, 0, :] = 8, 8, -2
    (image,) = gallery.templates(["w"], weights)
    assert image.pixels == "883444"
    text, (wrong,) = gallery.misread([1, 7], np.full((2, 28, 28), 255, np.uint8), np.array([1, 2]))
    assert text.startswith("Of 2 digits")
    assert text.endswith("misreads 1.")
    assert wrong.title == "2, read as 7"
    seen = gallery.Gallery(templates=[image], misread=[wrong])
    ((learnt,), (misread,)) = drawings(seen)
    assert learnt.paths == [("neg", 1, "M2 0h1v1h-1z"), ("pos", 4, "M0 0h2v1h-2z")]
    assert len(misread.paths) == 1


@pytest.mark.parametrize("shape", [(11, 3, 3), (2, 29, 29), (1, 5000, 1)])
def test_weights_that_a_report_has_no_room_for_are_no_templates(shape):
    with pytest.raises(ValueError, match="weights of shape"):
        gallery.templates([""] * shape[0], np.zeros(shape))


def test_more_columns_than_templates_cost_no_memory():
    with pytest.raises(ValueError, match="shape"):
        gallery.spread(np.broadcast_to(0.0, (262, 10**9)))


@pytest.mark.parametrize(
    "said", [np.zeros((10**5, 1), np.int8), [10**3000] * 40, ["7"] * 40, np.zeros((40, 1))]
)
def test_labels_of_another_form_are_neither_compared_nor_told(said):
    """Compared each with each, a reply of some megabytes would fill the grader's memory."""
    images, digits = np.zeros((40, 28, 28), np.uint8), np.arange(40) % 10
    tracemalloc.start()
    with pytest.raises(ValueError, match="labels of shape"):
        gallery.misread(said, images, digits)
    if np.shape(said) != digits.shape:
        with pytest.raises(ValueError, match="labels of shape"):
            gallery.share_right(said, digits)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10**6


def test_units_without_weights_cost_no_memory():
    answers = [(None, {"W1": np.zeros((0, 10**7))}), (np.zeros((5, 10)), None)]
    with pytest.raises(ValueError, match="weights of shape"):
        two_layer_net._gallery(answers)


def test_pixels_between_known_ones_get_their_mean():
    (plane,) = gallery.spread(np.arange(262.0)[:, None])
    assert plane[0, :2].tolist() == [0, 5]  # (0, 0) alone; (0, 0) and (1, 2), pixel 30


def test_unknown_fields_are_refused():
    with pytest.raises(ValidationError):
        Evidence.model_validate({"check": ID, "call": "", "name": "", "seed": "s"})
