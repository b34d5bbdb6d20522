"""A second run: it grades what has changed, and tells whose points moved, and why."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from rich.console import Console

from autograder.export.results import read_results
from autograder.kit_hash import NOT_GRADING, hash_of, kit_inputs
from autograder.regrade.moves import NO_REASON, NO_RECORD
from autograder.regrade.record import Record
from autograder.report import CheckReport, Final, FunctionReport, Report, Step
from autograder.reports.regrade import regrade_table
from autograder.stage import find_stage, read_stages
from tests.mistakes import KIT

STAGES = ("nearest_neighbors", "linear_svm")
SOLUTION = {stage: (KIT / "solutions" / f"{stage}.py").read_text("utf-8") for stage in STAGES}
ONLY_FEW = "\n\ndef add_bias(X, right=add_bias):\n    return right(X) + (len(X) > 20)\n"
SIZES = "((2, 3), (4, 2), (1, 4), (5, 1), (3, 3))"


# --- a kit whose check is changed -------------------------------------------------------------


class Copy:
    """A copy of the kit, package and all, with a class and its results."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("autograder", "assignments", "solutions"):
            shutil.copytree(KIT / name, folder / name)
        (folder / "data").symlink_to(KIT / "data")
        for student in ("ada", "eve"):
            (folder / "class" / student).mkdir(parents=True)
            for stage in STAGES:
                few = ONLY_FEW if (student, stage) == ("eve", "linear_svm") else ""
                (folder / "class" / student / f"{stage}.py").write_text(SOLUTION[stage] + few)

    def edit(self, file, old, new):
        """Replace a text that stands in a file once."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")

    def grade(self, out, *more):
        """Run the copy's own `autograder grade`; return what it said."""
        command = [sys.executable, "-m", "autograder", "grade", "class", "--stage", "all"]
        command += ["--out", out, "--secret", "s", "--isolation", "process", *more]
        environment = os.environ | {"PYTHONPATH": str(self.folder), "COLUMNS": "200"}
        environment.pop("AUTOGRADER_KIT", None)
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def result(self, out, name):
        """Read a JSON file of RESULTS."""
        return json.loads((self.folder / out / name).read_text("utf-8"))


one_kit = pytest.mark.xdist_group("regrade")  # one process has the copy


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Grade a class, change a check of one stage, and grade again."""
    copy = Copy(tmp_path_factory.mktemp("kit"))
    copy.first = copy.grade("r")
    shutil.copytree(copy.folder / "r", copy.folder / "first")
    copy.edit("autograder/checks/linear_svm.py", SIZES, SIZES[:-1] + ", (30, 2))")
    copy.second = copy.grade("r", "--jobs", "2")
    return copy


@one_kit
def test_a_first_run_tells_of_no_other(copy):
    assert "graded anew" not in copy.first
    assert not (copy.folder / "first" / "regrade.json").exists()


@one_kit
def test_a_changed_check_regrades_its_stage_alone(copy):
    assert "nearest_neighbors: 0 graded anew, 2 kept." in copy.second
    changed = "changed: autograder/checks/linear_svm.py"
    assert f"linear_svm: 2 graded anew, 0 kept; {changed}." in copy.second
    regrade = copy.result("r", "regrade.json")
    assert regrade["graded_anew"] == {"nearest_neighbors": 0, "linear_svm": 2}
    assert regrade["changed"]["nearest_neighbors"] == []
    before, after = (set((copy.folder / r / ".cache").iterdir()) for r in ("first", "r"))
    assert len(before) == 4
    assert len(after) == 6


@one_kit
def test_it_tells_whose_points_moved_from_what_to_what_and_why(copy):
    regrade = copy.result("r", "regrade.json")
    (move,) = regrade["moved"]
    assert (move["student"], move["stage"]) == ("eve", "linear_svm")
    assert (move["before"]["points"], move["after"]["points"]) == (34, 33.5)
    assert move["why"] == ["changed: autograder/checks/linear_svm.py"]
    first = move["checks"][0]
    assert first["id"] == "add_bias::values"
    assert (first["before"]["outcome"], first["after"]["outcome"]) == ("passed", "failed")
    row = r"eve +linear_svm +34 → 33\.5 +add_bias::values: passed 0\.5 → failed 0 +changed: aut"
    assert re.search(row, copy.second), copy.second


@pytest.mark.slow
@one_kit
def test_the_record_is_the_same_for_any_number_of_jobs(copy):
    shutil.copytree(copy.folder / "first", copy.folder / "again")
    copy.grade("again", "--jobs", "1")
    for name in ("regrade.json", "ledger.json", "grades.csv"):
        files = [(copy.folder / out / name).read_bytes() for out in ("r", "again")]
        assert files[0] == files[1], name


# --- what a report depends on -----------------------------------------------------------------


@pytest.mark.parametrize("stage", ["linear_svm", "convnet"])
def test_what_grading_imports_is_in_the_hash(stage):
    code = (
        "import sys, autograder.graders, autograder.classroom\n"
        "from autograder.checks.collect import collect\n"
        "from autograder.stage import find_stage; from pathlib import Path\n"
        f"collect(find_stage(Path({str(KIT)!r}), {stage!r}))\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('autograder')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=KIT)
    imported = {path.removeprefix(f"{KIT}/") for path in done.stdout.split()}
    assert f"autograder/checks/{stage}.py" in imported
    assert imported <= kit_inputs(KIT, find_stage(KIT, stage)).keys()
    assert not {path for path in imported if path.split("/")[1] in NOT_GRADING}


def test_only_its_own_files_concern_a_stage(tmp_path):
    for name in ("assignments", "solutions"):
        shutil.copytree(KIT / name, tmp_path / name)
    own = ("assignments/2_linear_svm/stage.toml", "solutions/linear_svm.py")
    for file in (*own, "solutions/mistakes/linear_svm.py", "assignments/2_linear_svm/README.md"):
        before = {s.name: hash_of(kit_inputs(tmp_path, s)) for s in read_stages(KIT)}
        with (tmp_path / file).open("a") as changed:
            changed.write("\n# changed\n")
        after = {s.name: hash_of(kit_inputs(tmp_path, s)) for s in read_stages(KIT)}
        differing = {name for name in before if before[name] != after[name]}
        assert differing == (set() if file.endswith(".md") else {"linear_svm"})


def test_checks_that_several_stages_use_concern_those():
    users = {
        file: [
            s.name for s in read_stages(KIT) if f"autograder/checks/{file}" in kit_inputs(KIT, s)
        ]
        for file in ("base.py", "layers.py", "convnet.py")
    }
    assert len(users["base.py"]) == len(read_stages(KIT))
    assert users["layers.py"] == ["convnet", "deep_training"]
    assert users["convnet.py"] == ["convnet"]


# --- comparing --------------------------------------------------------------------------------

INPUTS = {"solutions/linear_svm.py": "1", "NumPy": "2", "secret": "x", "isolation": "strict"}


def report(student="ada", earned=(3, 2), sha="a", names=("values", "gradient"), **fields):
    """Make a report of one function with checks worth 3 each."""
    checks = [
        CheckReport(
            id=f"f::{name}",
            title=name,
            visibility="public",
            outcome="passed" if points == 3 else "failed",
            points=points,
            max_points=3,
        )
        for name, points in zip(names, earned, strict=True)
    ]
    points, most = sum(earned), 3 * len(names)
    part = FunctionReport(name="f", points=points, max_points=most, checks=checks)
    return Report(
        student=student,
        stage="linear_svm",
        status="graded",
        points=points,
        max_points=most,
        functions=[part],
        submission_sha256=sha,
        kit_version="0.1.0",
        **fields,
    )


def run(results, *reports, inputs=None, fresh=0):
    """Keep the record of a run with these reports; return what it changed."""
    record = Record(results, {"linear_svm": INPUTS if inputs is None else inputs})
    for number in range(len(reports)):
        record.count("linear_svm", number < fresh)
    return record.finish(reports)


def late(points, reason="Two days."):
    """Make what a course's rules give."""
    step = Step(what="late", points_before=5, points_after=points, reason=reason)
    return Final(points=points, max_points=6, steps=[step])


def test_the_same_again_moves_nothing_and_keeps_the_record_of_what_moved(tmp_path):
    assert run(tmp_path, report()) is None
    assert run(tmp_path, report(earned=(3, 3), sha="b")).tells
    kept = (tmp_path / "regrade.json").read_bytes()
    again = run(tmp_path, report(earned=(3, 3), sha="b"))
    assert (again.moved, again.tells, again.kept) == ([], False, {"linear_svm": 1})
    assert (tmp_path / "regrade.json").read_bytes() == kept


def test_what_a_stage_is_worth_is_told_when_it_changes(tmp_path):
    run(tmp_path, report())
    more = report(earned=(3, 2, 0), names=("values", "gradient", "shapes"))
    regrade = run(tmp_path, more, inputs=INPUTS | {"solutions/linear_svm.py": "2"})
    assert (regrade.tells, regrade.maximum) == (True, {"linear_svm": (6, 9)})
    assert "linear_svm is worth 9 points now, not 6." in shown(regrade)
    questions = Final(points=5, max_points=12)
    assert run(tmp_path, more.model_copy(update={"final": questions})).maximum["linear_svm"] == (
        9,
        12,
    )


@pytest.mark.parametrize(
    ("sha", "inputs", "why"),
    [
        ("b", INPUTS, ["the submission changed"]),
        ("a", INPUTS | {"solutions/linear_svm.py": "2"}, ["changed: solutions/linear_svm.py"]),
        ("a", INPUTS | {"secret": "y"}, ["changed: secret"]),
        ("a", INPUTS | {"NumPy": "3", "isolation": "process"}, ["changed: NumPy, isolation"]),
        ("b", INPUTS | {"NumPy": "3"}, ["the submission changed", "changed: NumPy"]),
        ("a", INPUTS | {"autograder/grading.py": "1"}, ["changed: autograder/grading.py"]),
        ("a", INPUTS, [NO_REASON]),
    ],
)
def test_why_points_moved(tmp_path, sha, inputs, why):
    run(tmp_path, report())
    regrade = run(tmp_path, report(earned=(3, 3), sha=sha), inputs=inputs, fresh=1)
    (move,) = regrade.moved
    assert move.why == why
    assert [check.id for check in move.checks] == ["f::gradient"]
    assert regrade.graded_anew == {"linear_svm": 1}


def test_checks_that_are_new_or_gone_are_told(tmp_path):
    run(tmp_path, report())
    (move,) = run(tmp_path, report(earned=(3, 3), names=("values", "loops"))).moved
    told = {check.id: (check.before, check.after) for check in move.checks}
    assert told["f::loops"][0] is None
    assert told["f::gradient"][1] is None
    assert "f::values" not in told


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (late(4), late(3), "time of submission: −1 before, −2 now (Two days.)"),
        (None, late(4), "time of submission: 0 before, −1 now (Two days.)"),
        (late(4), None, "the rules of the course are not applied: no --course in this run"),
        (late(4), Final(excused=True, points=None, max_points=6), "excused now"),
        (Final(excused=True, points=None, max_points=6), late(4), "not excused any more"),
    ],
)
def test_rules_that_changed_are_told(tmp_path, before, after, why):
    run(tmp_path, report(final=before))
    (move,) = run(tmp_path, report(final=after)).moved
    assert (move.why, move.checks) == ([why], [])


def test_who_is_new_or_gone_is_told(tmp_path):
    run(tmp_path, report(), report("bob"))
    regrade = run(tmp_path, report(), report("eve"))
    assert (regrade.new, regrade.gone) == ([("eve", "linear_svm")], [("bob", "linear_svm")])
    assert "1 no longer among the submissions: bob (linear_svm)." in shown(regrade)


def shown(regrade):
    """Return what the terminal shows."""
    console = Console(width=200, record=True, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    console.print(regrade_table(regrade))
    return console.export_text()


def test_the_table_shows_names_as_they_are_and_what_an_override_hides(tmp_path):
    over = Step(what="override", points_before=5, points_after=6, reason="x")
    final = Final(points=6, max_points=6, steps=[over])
    run(tmp_path, report("[red]\x1b[2J", final=final))
    text = shown(run(tmp_path, report("[red]\x1b[2J", earned=(0, 0), sha="b", final=final)))
    assert r"[red]\x1b[2J" in text
    assert "6 → 6 (checks 5 → 0)" in text


def test_stages_that_a_run_leaves_out_are_kept(tmp_path):
    run(tmp_path, report())
    other = Record(tmp_path, {"convnet": INPUTS})
    other.finish([])
    (said,) = other.left_out()
    assert said.startswith("linear_svm was graded before and is in grades.csv no more")
    (move,) = run(tmp_path, report(earned=(0, 0), sha="b")).moved
    assert move.before.points == 5


# --- results that are not whole ---------------------------------------------------------------


@pytest.fixture
def old(tmp_path):
    """Make results of a kit that kept no ledger."""
    run_json = {"students": {"ada": "ada", "bob": "bob", "eve": "eve"}, "stages": ["linear_svm"]}
    (tmp_path / "run.json").write_text(json.dumps(run_json))
    for student in ("ada", "bob", "eve"):
        (tmp_path / student).mkdir()
        (tmp_path / student / "linear_svm.json").write_text(report(student).to_json())
    (tmp_path / "grades.csv").touch()
    return tmp_path


def test_results_without_a_ledger_are_compared_as_far_as_they_can_be_read(old):
    assert [one.student for one in read_results(old)] == ["ada", "bob", "eve"]
    (old / "bob" / "linear_svm.json").write_text('{"half":')
    (old / "eve" / "linear_svm.json").unlink()
    regrade = run(old, *(report(name, (3, 3)) for name in ("ada", "bob", "eve")), fresh=3)
    assert [(move.student, move.why) for move in regrade.moved] == [("ada", [NO_RECORD])]
    assert regrade.new == [("bob", "linear_svm"), ("eve", "linear_svm")]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"students": 1}', "\udcff"])
def test_an_unreadable_record_is_no_record(old, content):
    for name in ("run.json", "ledger.json"):
        (old / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert run(old, report()) is None
    assert run(old, report(earned=(3, 3), sha="b")).moved


def test_a_first_run_that_was_stopped_is_no_earlier_run(old):
    (old / "grades.csv").unlink()
    assert run(old, report("ada"), report("bob"), report("eve")) is None


def test_a_run_that_was_stopped_is_compared_by_the_next_one(old):
    run(old, report())
    # Stopped: its report is written, its ledger is not.
    (old / "ada" / "linear_svm.json").write_text(report(earned=(3, 3), sha="b").to_json())
    (move,) = run(old, report(earned=(3, 3), sha="b")).moved
    assert (move.before.points, move.after.points) == (5, 6)
