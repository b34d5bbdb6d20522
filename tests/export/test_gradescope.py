"""Gradescope's results.json."""

import json

import pytest

from autograder.export.gradescope import results_of
from tests.command import autograder
from tests.export.results import SECRET_INPUT, report, write_csv, write_results

TOP = {"score", "execution_time", "output", "output_format", "test_output_format", "tests"}
TOP |= {"test_name_format", "visibility", "stdout_visibility", "extra_data", "leaderboard"}
TEST = {"score", "max_score", "status", "name", "name_format", "number", "output"}
TEST |= {"output_format", "tags", "visibility", "extra_data"}
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def gradescope_import(text):
    """Read results.json as docs/specs.md of gradescope/autograder_samples describes it.

    Returns the score, and each test that a student sees; a hidden one would hide the score.
    """
    results = json.loads(text)
    assert set(results) <= TOP
    assert results["visibility"] == "visible"
    assert results["stdout_visibility"] in VISIBILITIES
    assert {results[f"{what}_format"] for what in ("output", "test_output", "test_name")} <= FORMATS
    for test in results["tests"]:
        assert set(test) <= TEST
        assert test["status"] in ("passed", "failed")
        assert test["visibility"] == "visible"
        assert 0 <= test["score"] <= test["max_score"]
    return results["score"], results["tests"]


def test_each_student_has_a_file(tmp_path):
    results = write_results(tmp_path / "r", {"=Ünal, A": 17.5, "bob": 4.0})
    out = tmp_path / "out"
    assert autograder("export", results, "--to", "gradescope", "--out", out).code == 0
    folders = json.loads((results / "run.json").read_text("utf-8"))["students"]
    scores = {
        student: gradescope_import((out / folder / "results.json").read_text("utf-8"))[0]
        for student, folder in folders.items()
    }
    assert scores == {"=Ünal, A": 17.5, "bob": 4.0}


def test_hidden_checks_show_no_input():
    score, (public, hidden) = gradescope_import(results_of(report("ada")).model_dump_json())
    assert score == public["score"] + hidden["score"]
    assert "loss should be 1" in public["output"]
    assert public["output"].endswith("svm_loss(0)")
    assert SECRET_INPUT not in json.dumps(hidden)
    assert hidden["output"].startswith("On inputs that are not shown: failed.")
    assert hidden["output"].endswith("The factor 2 is missing.")


def test_a_failure_on_public_inputs_is_told_as_one():
    found = report("ada")
    found.functions[0].checks[1].failed_on = "public"
    (_, (_, hidden)) = gradescope_import(results_of(found).model_dump_json())
    assert hidden["output"].startswith("On the public inputs, too: failed.")
    assert SECRET_INPUT not in hidden["output"]


def test_an_unreadable_submission_has_its_reason():
    unreadable = report("ada", points=0.0).model_copy(
        update={"status": "unreadable", "reason": "It is no Python.", "functions": []}
    )
    results = results_of(unreadable)
    assert (results.score, results.tests, results.output) == (0, [], "It is no Python.")


def test_a_roster_tells_who_handed_in_nothing(tmp_path):
    results = write_results(tmp_path / "r", {"bob": 4.0})
    roster = write_csv(tmp_path / "c.csv", ["name"], ["Bob"], ["Eve"])
    call = ("export", results, "--to", "gradescope", "--roster", roster)
    ran = autograder(*call, "--out", tmp_path / "out")
    assert ran.code == 1
    assert "Eve: no submission was found" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a folder for them by --out"),
        (("--template", "x"), "--to gradescope fills no file in"),
        (("--course", "x"), "--course and --db are for --to nbgrader alone"),
    ],
)
def test_what_is_wrong_gets_one_sentence(tmp_path, arguments, said):
    results = write_results(tmp_path / "r", {"bob": 4.0})
    ran = autograder("export", results, "--to", "gradescope", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())
