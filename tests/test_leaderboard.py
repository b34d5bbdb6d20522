"""The leaderboard: ranks, escaped names, no names for students, and as Gradescope has it."""

import csv
import io
import json

import pytest

from autograder.export.gradescope import results_json
from autograder.folders import safe_names
from autograder.report import FunctionReport, Report, Score
from autograder.reports.leaderboard import boards, leaderboard_files
from autograder.reports.results import ResultsTree
from autograder.stage import find_stage
from tests.command import autograder
from tests.contests import STAGE
from tests.mistakes import KIT
from tests.page import Page
from tests.test_reports import HOSTILE

browser = pytest.importorskip("tests.browser")
SVM = find_stage(KIT, "linear_svm")


def made(student, accuracy=None, parameters=100, seconds=0.5, hidden=True, stage=STAGE):
    score = None
    if accuracy is not None:
        score = Score(
            accuracy=accuracy,
            images=600,
            hidden=hidden,
            parameters=parameters,
            seconds=seconds,
        )
    points = STAGE.challenge.points(accuracy or 0)
    part = FunctionReport(name="predict", points=points, max_points=20, checks=[])
    return Report(
        student=student,
        stage=stage.name,
        status="graded",
        points=points,
        max_points=20,
        functions=[part],
        kit_version="0",
        score=score,
    )


CLASS = [
    made("ada", 0.9, 2000, 0.25),
    made("ben", 0.93, 5000, 3.5),
    made("cleo", 0.9, 1000),
    made("=cmd", 0.7),
    made("dora"),
    made("ada", stage=SVM),
]


def test_models_are_ranked_by_accuracy_and_equal_ones_share_a_rank():
    (board,) = boards(CLASS, [SVM, STAGE])
    found = [(place.rank, place.student) for place in board.places]
    assert found == [(1, "ben"), (2, "cleo"), (2, "ada"), (4, "=cmd")]
    assert board.unjudged == 1
    assert boards(list(reversed(CLASS)), [STAGE]) == [board]


def test_csv_and_json_say_the_same_and_the_csv_is_inert():
    files = leaderboard_files(CLASS, [STAGE])
    assert set(files) == {f"leaderboard.{kind}" for kind in ("html", "csv", "json")}
    rows = list(csv.DictReader(io.StringIO(files["leaderboard.csv"], newline="")))
    places = json.loads(files["leaderboard.json"])["places"]
    assert [row["student"] for row in rows] == ["ben", "cleo", "ada", "'=cmd"]
    assert [place["student"] for place in places] == ["ben", "cleo", "ada", "=cmd"]
    for row, place in zip(rows, places, strict=True):
        assert float(row["accuracy"]) == place["accuracy"]
        assert (row["rank"], row["parameters"]) == (str(place["rank"]), str(place["parameters"]))
    assert places[0] == {
        "stage": "challenge",
        "rank": 1,
        "student": "ben",
        "accuracy": 0.93,
        "parameters": 5000,
        "seconds": 3.5,
        "images": 600,
        "hidden": True,
        "points": 17,
    }


def test_where_students_see_it_no_file_has_a_name():
    for content in leaderboard_files(CLASS, [STAGE], anonymous=True).values():
        assert not [name for name in ("ada", "ben", "cleo", "=cmd", "dora") if name in content]
        assert "Model 1" in content


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_escaped(name):
    page = leaderboard_files([made(name, 0.9)], [STAGE])["leaderboard.html"]
    plain = leaderboard_files([made("ada", 0.9)], [STAGE])["leaderboard.html"]
    assert Page(page).shape == Page(plain).shape


def test_without_an_open_task_there_is_none():
    assert leaderboard_files([made("ada", stage=SVM)], [SVM]) == {}


def test_known_images_are_not_called_unknown():
    assert "that no student has" in leaderboard_files(CLASS, [STAGE])["leaderboard.html"]
    known = leaderboard_files([made("ada", 0.9, hidden=False)], [STAGE])["leaderboard.html"]
    assert "that students have, too" in known


def tree(out, reports):
    students = sorted({report.student for report in reports})
    written = ResultsTree(out, (STAGE,), students, "", "strict", {})
    for report in reports:
        written.add(report)
    written.finish()


def test_results_hold_it_and_the_command_writes_it_without_names(tmp_path):
    tree(tmp_path / "results", CLASS[:5])
    written = (tmp_path / "results" / "leaderboard.html").read_text("utf-8")
    assert "<bdi>ben</bdi>" in written
    out = tmp_path / "shown"
    done = autograder("challenge", "leaderboard", tmp_path / "results", "--out", out, "--kit", KIT)
    assert done.code == 0, done.err
    assert sorted(path.name for path in out.iterdir()) == [
        "leaderboard.csv",
        "leaderboard.html",
        "leaderboard.json",
    ]
    assert "ben" not in (out / "leaderboard.html").read_text("utf-8")
    named = ("--out", out, "--names", "--kit", KIT)
    assert autograder("challenge", "leaderboard", tmp_path / "results", *named).code == 0
    assert (out / "leaderboard.html").read_text("utf-8") == written
    done = autograder("challenge", "leaderboard", tmp_path, "--out", out, "--kit", KIT)
    assert done.code == 2
    assert "name the folder that `autograder grade … --out` has written" in done.err


def test_no_student_can_take_its_place():
    taken = safe_names(["leaderboard.html", "Leaderboard.csv", "leaderboard.json", "ada"])
    assert taken["ada"] == "ada"
    assert not {name.casefold() for name in taken.values()} & {
        "leaderboard.html",
        "leaderboard.csv",
        "leaderboard.json",
    }


def test_gradescope_gets_its_columns_for_an_open_task_alone():
    found = json.loads(results_json(CLASS[1]))
    assert found["leaderboard"] == [
        {"name": "Accuracy", "value": 0.93, "order": "desc"},
        {"name": "Parameters", "value": 5000.0, "order": "asc"},
        {"name": "Prediction (s)", "value": 3.5, "order": "asc"},
    ]
    assert "leaderboard" not in json.loads(results_json(CLASS[5]))


# --- in a browser -----------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "leaderboard.html"
    file.write_text(leaderboard_files(CLASS, [STAGE])["leaderboard.html"], "utf-8")
    return file


def marked(test):
    for mark in browser.needs_browser:
        test = mark(test)
    return test


@marked
@browser.in_each_look
def test_axe_finds_nothing_wrong(chromium, path, scheme, width):
    with browser.opened(chromium, path, scheme=scheme, width=width) as page:
        assert browser.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@marked
def test_a_click_on_a_heading_sorts_by_it(chromium, path):
    with browser.opened(chromium, path) as page:

        def order():
            return page.locator("tbody th").all_inner_texts()

        for heading, first in (("Parameters", "ben"), ("Prediction", "ben"), ("Accuracy", "ben")):
            page.get_by_role("button", name=heading).click()
            assert order()[0] == first
        page.get_by_role("button", name="Parameters").click()
        page.get_by_role("button", name="Parameters").click()
        assert order() == ["=cmd", "cleo", "ada", "ben"]
        page.get_by_role("button", name="Prediction").click()
        page.get_by_role("button", name="Prediction").click()
        assert order()[0] == "ada"
