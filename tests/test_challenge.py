"""An open task: its contract, its points, hostile hand-ins, and labels that stay out of reach."""

import ast
import io
import json
import shutil
import struct
import textwrap
import zipfile

import numpy as np
import pytest

from autograder.challenge.contest import open_contest
from autograder.challenge.judging import BATCH
from autograder.sandbox.isolation import best, launcher
from autograder.submission import Submission
from tests.command import autograder
from tests.contests import (
    CONTEST,
    PARAMS,
    PUBLIC,
    RIGHT,
    STAGE,
    checks_of,
    graded,
    limited,
    messages,
    saved,
    zipped,
)
from tests.launch import warm
from tests.mistakes import KIT, mistakes
from tests.mutants import mutants

STRICT = best() == "strict"
SOLUTION = (KIT / "solutions" / "challenge.py").read_text("utf-8")
STARTER = (KIT / "starter" / "challenge.py").read_text("utf-8")
TRAINED = (KIT / "solutions" / "challenge.npz").read_bytes()
RULES = {"labels", "each_by_itself", "arguments"}


@pytest.fixture(scope="module")
def bundled():
    return open_contest(KIT, STAGE)


def predict(body):
    """Write a predict with this body."""
    return "import numpy as np\n\ndef predict(params, images):\n" + textwrap.indent(body, "    ")


# --- points -----------------------------------------------------------------------------------


def test_a_right_model_earns_every_point():
    report = graded(RIGHT)
    assert report.points == report.max_points == STAGE.max_points == 20
    score = report.score
    assert (score.accuracy, score.images, score.hidden, score.parameters) == (1, 600, True, 24)
    assert score.seconds > 0
    assert report.complete


def test_the_points_follow_the_curve_and_the_pass_mark():
    part = predict(
        "labels = np.argmax(images[:, 0].mean(axis=2) @ params['W'], axis=1)\n"
        "labels[images[:, 0, 7, 7] > params['cut']] = 0\n"
        "return labels"
    )
    for cut, passed in ((0.34, True), (0.2, False)):
        report = graded(part, saved(W=np.eye(8, 3), cut=np.array(cut)))
        check = checks_of(report)["accuracy"]
        assert (check.outcome == "passed") == passed == (report.score.accuracy >= 0.85)
        assert check.points == STAGE.challenge.points(report.score.accuracy) > 0
        assert f"{report.score.accuracy:.1%} of 600 hidden images" in check.message
        assert ("85% is a pass" in check.message) != passed
        assert report.points == 3 + check.points


def test_at_home_the_validation_images_are_tried_and_the_hidden_ones_are_said_to_decide():
    report = graded(RIGHT, contest=PUBLIC)
    check = checks_of(report)["accuracy"]
    assert (report.score.images, report.score.hidden) == (60, False)
    assert check.visibility == "public"
    assert check.message == (
        "100.0% of 60 validation images: worth 17 of 17 points, but the hidden images decide."
    )


def test_the_reference_passes_and_the_starter_is_not_implemented(bundled):
    report = graded(SOLUTION, TRAINED, bundled)
    assert report.complete
    assert report.score.accuracy > 0.87
    assert not report.score.hidden  # every student has these
    for params in (TRAINED, None):
        stub = graded(STARTER, params, bundled)
        assert stub.points == 0
        assert {check.outcome for check in checks_of(stub).values()} == {"not_implemented"}


def test_the_example_in_the_stub_earns_points_but_no_pass(bundled):
    source = STARTER.replace(
        'raise NotImplementedError("predict:', 'return predict_means(params, images)\n    "("'
    ).replace('"("', '("', 1)
    images = bundled.validation
    means = np.stack([images.X[images.y == k].mean(axis=0) / 255 for k in range(10)])
    report = graded(source, saved(means=means), bundled)
    assert 0.5 < report.score.accuracy < STAGE.challenge.pass_mark
    assert 3 < report.points < 15


# --- the contract -----------------------------------------------------------------------------


@pytest.mark.slow
def test_every_known_mistake_is_found_by_its_check(bundled):
    found = list(mistakes("challenge"))
    assert len(found) >= 14
    for mistake, submission in found:
        report = graded(submission.files["challenge.py"].decode(), TRAINED, bundled)
        failed = {name for name, check in checks_of(report).items() if check.outcome != "passed"}
        assert mistake.found_by in failed, (mistake.id, failed)
        assert report.points < graded_points(bundled)


def graded_points(contest, known=[]):  # noqa: B006 - remembered
    if not known:
        known.append(graded(SOLUTION, TRAINED, contest).points)
    return known[0]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_mutants_of_predict_lose_points(bundled):
    own = [mutant for mutant in mutants("challenge") if mutant.function == "predict"]
    assert len(own) >= 9
    whole, scores = graded_points(bundled), "hidden @ params['W2']"
    kept = {m.id for m in own if graded(m.source, TRAINED, bundled).points >= whole}
    # The biases that training has found are so small that this model is as good.
    assert kept == {f"predict: {scores} + params['b2'] -> {scores} - params['b2']"}


@pytest.mark.parametrize(
    ("body", "check", "words"),
    [
        ("return None", "labels", "None (is a return missing?); expected 7 whole numbers from 0"),
        ("return np.zeros((len(images), 3))", "labels", "shape (7, 3); .* argmax missing"),
        ("return np.zeros(len(images))", "labels", "of dtype float64; expected 7 whole numbers"),
        ("return np.full(len(images), 3)", "labels", "run from 3 to 3; .* from 0 to 2"),
        ("return np.full(len(images), -1)", "labels", "run from -1 to -1"),
        ("return [2**70] * len(images)", "labels", "of dtype object"),
        ("return np.full(len(images), 0.5 > 0)", "labels", "of dtype bool"),
        ("return 'first'", "labels", "a text of 5 characters"),
        ("return np.arange(len(images)) % 3", "each_by_itself", "come in another order"),
        ("images += 1\nreturn [0] * len(images)", "arguments", "the arguments were changed"),
        ("params['W'][:] = 0\nreturn [0] * len(images)", "arguments", "the arguments were changed"),
        ("raise ValueError('no')", "labels", "raised ValueError: no"),
    ],
)
def test_what_breaks_the_contract_is_told_in_a_sentence(body, check, words):
    found = checks_of(graded(predict(body)))[check]
    assert found.outcome != "passed"
    first, _, second = words.partition(".*")
    assert first.strip() in found.message
    assert second.strip() in found.message


@pytest.mark.parametrize("lone", range(3))
def test_the_mean_of_the_batch_is_found_whatever_label_a_lone_image_gets(lone):
    source = predict(
        "scores = images[:, 0].mean(axis=2) @ params['W']\n"
        "scores = scores - scores.mean(axis=0)\n"
        f"scores[:, {lone}] += 1e-6\n"
        "return np.argmax(scores, axis=1)"
    )
    checks = checks_of(graded(source))
    assert checks["each_by_itself"].outcome == "failed"
    assert "comes with fewer others" in checks["each_by_itself"].message
    assert checks["accuracy"].outcome == "passed"


def test_a_list_and_any_whole_numbers_are_labels():
    for body in ("return [0] * len(images)", "return np.zeros(len(images), np.uint8)"):
        checks = checks_of(graded(predict(body)))
        assert all(checks[name].outcome == "passed" for name in RULES)


def test_something_kept_from_call_to_call_is_found():
    source = "calls = []\n" + predict(
        "calls.append(1)\nreturn np.full(len(images), len(calls) % 2)"
    )
    assert checks_of(graded(source))["arguments"].outcome == "failed"


def test_a_slow_model_is_stopped_and_told():
    slow = "import time\n" + RIGHT.replace("    return", "    time.sleep(0.3)\n    return")
    check = checks_of(graded(slow, stage=limited(prediction_seconds=0.5)))["accuracy"]
    assert check.outcome == "timeout"
    assert f"took longer than 0.5 s: by then it had done {2 * BATCH} of 600 images" in check.message


def test_a_hang_costs_one_call():
    limits = STAGE.limits.model_copy(update={"call_seconds": 1})
    report = graded(predict("while True: pass"), stage=STAGE.model_copy(update={"limits": limits}))
    assert {check.outcome for check in checks_of(report).values()} == {"timeout"}
    assert report.duration_s < 30


# --- what is handed in ------------------------------------------------------------------------


class Evil:
    """What a pickle would run."""

    def __reduce__(self):
        return (open, ("/tmp/pickle-was-loaded", "w"))


def huge_header():
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }" + b" " * 60_000
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(16)


def npy(descr, shape, data=b""):
    header = f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape!r}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data


HOSTILE = {
    "nothing": (None, "There is no challenge.npz beside challenge.py"),
    "text": (b"hello", "can't be read (File is not a zip file)"),
    "empty": (b"", "can't be read"),
    "pickle": (saved(W=np.array([Evil()], dtype=object)), "holds Python objects in “W”, a pickle"),
    "no array": (saved(), "holds no array"),
    "texts": (saved(W=np.array(["a"])), "holds “W” of dtype <U1: expected real numbers"),
    "complex": (saved(W=np.ones(2) * 1j), "holds “W” of dtype complex128"),
    "records": (saved(W=np.zeros(2, "f8,i4")), "holds “W” of dtype"),
    "many numbers": (saved(W=np.zeros(900, np.int8)), "holds more than the 500 numbers"),
    "bomb": (zipped(W=npy("<f8", (10**6,), bytes(8 * 10**6))), "unpacks to 8,000,0"),
    "large claim": (zipped(W=npy("<f8", (10**12,))), "does not fit into memory"),
    "negative": (zipped(W=npy("<f8", (-1,), bytes(8))), "can't be read"),
    "huge header": (zipped(W=huge_header()), "unpacks to 60"),
    "bad header": (zipped(W=npy("__import__('os')", (1,), bytes(8))), "can't be read"),
    "no npy": (zipped(W=b"just text"), "“W”"),
    "cut off": (PARAMS[:-40], "can't be read"),
    "large file": (bytes(5 * 2**20), "challenge.npz has 5,120 KB; 4,096 KB are allowed."),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_bad_file_of_parameters_is_one_sentence(kind):
    params, words = HOSTILE[kind]
    report = graded(RIGHT, params, stage=limited(max_parameters=500))
    assert report.status == "graded"
    assert report.points == 0
    assert report.score is None
    (message,) = set(messages(report))
    assert words in message
    assert message.startswith(("challenge.npz ", "There is no challenge.npz"))
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 400


def test_many_members_and_lying_sizes_are_refused():
    many = zipped(**{f"a{n}": npy("<f8", (1,), bytes(8)) for n in range(1001)})
    assert "holds 1,001 arrays" in messages(graded(RIGHT, many))[0]
    bomb = bytearray(zipped(W=npy("<f8", (10**6,), bytes(8 * 10**6))))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        size = struct.pack("<I", archive.infolist()[0].file_size)
    lying = bytes(bomb).replace(size, struct.pack("<I", 100))
    report = graded(RIGHT, lying, stage=limited(max_parameters=500))
    assert "can't be read" in messages(report)[0]


def test_all_code_counts_towards_its_limit_and_nothing_else_goes_into_the_sandbox():
    source = "import helper\n" + RIGHT
    large = graded(source, **{"helper.py": b"#" * 300 * 1024})
    assert "The code has 300 KB; 256 KB are allowed." in messages(large)
    smuggled = predict("return np.load('more.npy').argmax(axis=1)")
    report = graded(smuggled, **{"more.npy": b"..."})
    assert "FileNotFoundError" in messages(report)[0]
    assert graded(source, **{"helper.py": b"x = 1"}).complete


def test_an_unreadable_submission_stays_one():
    from autograder.grading import grade
    from tests.contests import NoAnswers

    gone = Submission("ada", "challenge", {}, "There is no challenge.py in ada/.")
    report = grade(STAGE, gone, NoAnswers(), contest=CONTEST)
    assert (report.status, report.points, report.score) == ("unreadable", 0, None)
    assert report.max_points == 20


# --- labels out of reach ----------------------------------------------------------------------


def test_what_fails_on_hidden_images_alone_shows_nothing_of_them():
    """A message could carry a picture; 250 images come only when hidden ones do."""
    for body, words in (
        ("raise ValueError(str(images[0, 0, 0]))", "raises an exception"),
        ("return np.full(int(images.sum()), 0)", "something other than a label for each"),
    ):
        report = graded(predict(f"if len(images) > 100:\n    {body}\nreturn [0] * len(images)"))
        check = checks_of(report)["accuracy"]
        assert check.outcome in ("error", "failed")
        assert words in check.message
        assert "0." not in check.message
        assert check.failed_on == check.visibility == "hidden"


SPY = """
import gc, glob, os, sys
import numpy as np

def predict(params, images):
    found = [name for name in PATHS if os.path.exists(name)]
    try:
        found += [name for name in PATHS if open(name, "rb").read(1)]
    except OSError:
        pass
    found += [str(key) for key in os.environ if "CHALLENGE" in key]
    arrays = [one for one in gc.get_objects() if isinstance(one, np.ndarray)]
    found += ["labels" for one in arrays if one.ndim == 1 and len(one) in (600, 250)]
    if found:
        raise ValueError(found)
    return [0] * len(images)
"""


@pytest.mark.skipif(not STRICT, reason="strict isolation is not to be had here")
def test_no_label_is_in_reach_of_a_worker(tmp_path):
    hidden = tmp_path / "hidden.npz"
    hidden.write_bytes(b"answers")
    paths = [str(hidden), str(KIT / "data" / "fashion_mnist_10k.npz"), str(KIT / "solutions")]
    with launcher("strict") as launch:
        report = graded(SPY.replace("PATHS", repr(paths)), launch=launch)
    assert all(checks_of(report)[name].outcome == "passed" for name in RULES), messages(report)
    assert report.score.accuracy == pytest.approx(1 / 3)


def test_the_worker_gets_images_alone():
    source = predict(
        "assert set(params) == {'W'}\n"
        "assert images.dtype == np.float64 and images.shape[1:] == (1, 8, 8)\n"
        "assert 0 <= images.min() and images.max() <= 1 and len(images) <= 250\n"
        "return [0] * len(images)"
    )
    assert graded(source).score.accuracy == pytest.approx(1 / 3)


# --- from the command line --------------------------------------------------------------------


def hand_in(folder, source=SOLUTION, params=TRAINED):
    folder.mkdir(parents=True)
    (folder / "challenge.py").write_text(source, "utf-8")
    (folder / "challenge.npz").write_bytes(params)


def outcome(results, student):
    report = json.loads((results / student / "challenge.json").read_text("utf-8"))
    for part in report["functions"]:
        for check in part["checks"]:
            del check["duration_s"]
    score = report["score"]
    return report["points"], part, score and {k: v for k, v in score.items() if k != "seconds"}


def test_a_class_is_graded_the_same_whatever_the_jobs_and_once(tmp_path):
    class_ = tmp_path / "class"
    hand_in(class_ / "ada")
    hand_in(class_ / "ben", SOLUTION + "\n# mine\n")
    hand_in(class_ / "eve", params=b"no zip")
    found = []
    for jobs in (1, 2):
        out = tmp_path / f"r{jobs}"
        what = ("--stage", "challenge", "--out", out, "--jobs", jobs, "--kit", KIT)
        done = autograder("grade", class_, *what, "--isolation", "process")
        assert done.code == 0, done.err
        assert "whose labels every student has" in done.out
        assert "could read the hidden images" in done.out
        assert "No --secret" not in done.err
        found.append([outcome(out, student) for student in ("ada", "ben", "eve")])
    assert found[0] == found[1]
    assert (tmp_path / "r1" / "grades.csv").read_bytes() == (
        tmp_path / "r2" / "grades.csv"
    ).read_bytes()
    again = autograder("grade", class_, *what, "--isolation", "process")
    assert "0 graded anew, 3 kept" in again.out
    page = (tmp_path / "r1" / "index.html").read_text("utf-8")
    assert 'href="leaderboard.html"' in page


def test_other_images_are_other_inputs(tmp_path):
    from autograder.classroom import Settings

    other = open_contest(KIT, STAGE)
    hashes = {
        Settings(KIT, (STAGE,), tmp_path, contests={"challenge": contest}).inputs["challenge"][
            "images"
        ]
        for contest in (CONTEST, other)
    }
    assert len(hashes) == 2


def test_check_says_what_the_validation_images_are_worth(tmp_path):
    hand_in(tmp_path / "mine")
    done = autograder("check", "challenge", "--dir", tmp_path / "mine", "--kit", KIT)
    assert done.code == 0, done.err
    assert "validation images: worth" in " ".join(done.out.split())
    assert "the hidden images decide" in " ".join(done.out.split())
    (tmp_path / "mine" / "challenge.npz").unlink()
    done = autograder("check", "challenge", "--dir", tmp_path / "mine", "--kit", KIT)
    assert done.code == 1
    assert "There is no challenge.npz beside challenge.py" in " ".join(done.out.split())


def test_where_it_is_checked_for_a_student_a_secret_brings_the_hidden_images():
    from autograder.ci.check import graded_for_student

    files = {"challenge.py": SOLUTION.encode(), "challenge.npz": TRAINED}
    submission = Submission("you", "challenge", files)
    found = [
        graded_for_student(STAGE, submission, KIT, secret, warm()) for secret in (None, "a seed")
    ]
    assert [report.score.images for report in found] == [1000, 2000]
    assert "validation images" in checks_of(found[0])["accuracy"].message
    assert "%" not in checks_of(found[1])["accuracy"].message


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--stage", "linear_svm", "--data", "here"), "--data is for an open task, and linear_svm"),
        (("--stage", "challenge", "--data", "here"), "here is not there: name a folder with"),
        (("--stage", "challenge", "--dask", "tcp://x"), "An open task is graded on this machine"),
    ],
)
def test_a_wrong_call_is_one_sentence(tmp_path, arguments, words):
    hand_in(tmp_path / "class" / "ada")
    done = autograder("grade", tmp_path / "class", "--out", tmp_path / "r", *arguments)
    assert done.code == 2
    assert words in " ".join(done.err.split())
    assert not (tmp_path / "r").exists()


def test_the_stub_holds_nothing_of_the_reference():
    """Only what stands outside of the markers, which is given on purpose."""
    regions = SOLUTION.split("### BEGIN SOLUTION")[1:]
    lines = {line.strip() for r in regions for line in r.split("### END SOLUTION")[0].splitlines()}
    given = {line.strip() for line in STARTER.splitlines()}
    assert {line for line in lines & given if len(line) > 12} == set()
    names = {node.name for node in ast.parse(STARTER).body if isinstance(node, ast.FunctionDef)}
    assert {"save", "train_means", "predict_means", "prepare", "train", "predict"} == names


@pytest.mark.slow
def test_the_reference_can_be_trained_anew(tmp_path, monkeypatch):
    import subprocess
    import sys

    shutil.copy(KIT / "solutions" / "challenge.py", tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(KIT))
    monkeypatch.setenv("AUTOGRADER_KIT", str(KIT))
    done = subprocess.run(
        [sys.executable, "challenge.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert float(done.stdout.split("%")[0]) > 87
    assert (tmp_path / "challenge.npz").is_file()
