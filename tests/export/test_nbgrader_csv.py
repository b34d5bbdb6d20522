"""CSV with nbgrader's columns, beside what nbgrader itself writes."""

import csv
import io
import os
import sys
from pathlib import Path

import pytest

from autograder.report import Final
from tests.command import autograder
from tests.export.results import MAX_POINTS, read_csv, report, write_csv, write_results

STAGE = "linear_svm"
PUBLISHED = "assignment duedate timestamp student_id last_name first_name email raw_score"
PUBLISHED = [*PUBLISHED.split(), "late_submission_penalty", "score", "max_score"]


@pytest.fixture
def roster(tmp_path):
    """A class list with names in two parts."""
    header = ["Student ID", "First name", "Last name", "Email"]
    people = [["ada", "Ada", "Lovelace", "ada@x"], ["bob", "Bob", "Ross", "b@x"]]
    return write_csv(tmp_path / "c.csv", header, *people, ["eve", "Eve", "Adams", "e@x"])


def exported(results, *arguments):
    """Export and read the rows."""
    ran = autograder("export", results, "--to", "nbgrader-csv", *arguments)
    return ran, list(csv.DictReader(io.StringIO(ran.out, newline=""), strict=True))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_it_is_what_nbgrader_writes_of_the_same_course(tmp_path, roster, monkeypatch):
    """All of the class list, also eve, who handed in nothing."""
    programs = str(Path(sys.executable).parent)  # where nbgrader looks for alembic
    monkeypatch.setenv("PATH", programs + os.pathsep + os.environ["PATH"])
    api = pytest.importorskip("nbgrader.api")
    plugin = pytest.importorskip("nbgrader.plugins.export").CsvExportPlugin()
    points = {"ada": 17.5, "bob": 4.0}
    with api.Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        book.add_assignment(STAGE)
        book.add_notebook(STAGE, STAGE)
        book.add_grade_cell("svm_loss", STAGE, STAGE, max_score=MAX_POINTS, cell_type="code")
        for student, first, last, email in read_csv(roster.read_text("utf-8"))[1:]:
            book.add_student(student, first_name=first, last_name=last, email=email)
        for student, earned in points.items():
            book.add_submission(STAGE, student)
            book.find_grade("svm_loss", STAGE, STAGE, student).auto_score = earned
        book.db.commit()
        plugin.to = str(tmp_path / "theirs.csv")
        plugin.export(book)
    theirs = (tmp_path / "theirs.csv").read_text("utf-8")
    ran, _ = exported(write_results(tmp_path / "r", points), "--roster", roster)
    header, *rows = read_csv(ran.out)
    assert header == PUBLISHED
    assert [header, *sorted(rows)] == [header, *sorted(read_csv(theirs)[1:])]
    assert read_csv(theirs)[0] == header
    assert ran.code == 1
    assert "Eve Adams e@x: no submission was found" in " ".join(ran.err.split())


def test_a_comma_in_a_name_moves_no_column(tmp_path):
    roster = write_csv(tmp_path / "c.csv", ["id", "name"], ["ada", 'Lovelace, "Ada", Lady'])
    results = write_results(tmp_path / "r", {"ada": 1.5}, (STAGE, "convnet"))
    ran, rows = exported(results, "--roster", roster)
    assert ran.code == 0
    assert [row["assignment"] for row in rows] == [STAGE, "convnet"]
    for row in rows:
        assert list(row) == PUBLISHED
        assert (row["last_name"], row["first_name"]) == ("Lovelace", '"Ada", Lady')
        assert (row["raw_score"], row["score"], row["max_score"]) == ("1.5", "1.5", "20.0")


def test_without_a_class_list_the_student_is_the_id(tmp_path):
    results = write_results(tmp_path / "r", {"=ada,": 1.0})
    ran, (row,) = exported(results)
    assert (ran.code, row["student_id"], row["last_name"]) == (0, "'=ada,", "")
    assert (row["late_submission_penalty"], row["duedate"], row["timestamp"]) == ("0.0", "", "")


def test_what_the_course_makes_of_the_points_is_the_penalty(tmp_path):
    results = write_results(tmp_path / "r", {"ada": 10.0, "bob": 5.0})
    finals = {
        "ada": Final(
            points=9.5, max_points=23.0, marks={"q": 3.0}, submitted="2026-03-30T08:15:00"
        ),
        "bob": Final(excused=True, points=None, max_points=23.0),
    }
    for student, final in finals.items():
        settled = report(student, points=10.0).model_copy(update={"final": final})
        (results / student / f"{STAGE}.json").write_text(settled.to_json(), "utf-8")
    ran, (row,) = exported(results)
    assert [row[key] for key in PUBLISHED[-4:]] == ["13.0", "3.5", "9.5", "23.0"]
    assert (row["student_id"], row["timestamp"]) == ("ada", "2026-03-30T08:15:00")
    assert f"bob is excused from {STAGE}" in " ".join(ran.err.split())
