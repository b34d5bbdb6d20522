"""Plain CSV, and what the results keep for the exports."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.export.plain import LISTED
from autograder.submission import find_entries
from tests.command import autograder
from tests.export.results import read_csv, unescaped, write_csv, write_results
from tests.mistakes import KIT

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def test_one_row_a_student_and_the_class_lists_others(tmp_path):
    results = write_results(tmp_path / "r", {"ada": 1.5, "eve": 2.0}, ("linear_svm", "convnet"))
    roster = write_csv(tmp_path / "c.csv", ["Login", "Name"], ["ADA", "Ada"], ["b", "-Bob"])
    ran = autograder("export", results, "--to", "csv", "--roster", roster)
    assert ran.code == 1
    assert read_csv(ran.out) == [
        ["student", *LISTED, "linear_svm", "linear_svm_max", "convnet", "convnet_max"],
        ["ada", "Ada", "", "ADA", "", "1.5", "20", "1.5", "20"],
        ["eve", "", "", "", "", "2", "20", "2", "20"],
        ["", "'-Bob", "", "b", "", "", "20", "", "20"],
    ]
    assert "eve was graded, but is not in the class list" in ran.err
    assert "-Bob b: no submission was found" in ran.err


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(names, min_size=1, max_size=5, unique=True))
def test_any_names_survive(tmp_path, students):
    """The reader follows RFC 4180: a quoted field may hold commas, doubled quotes and line ends."""
    results = write_results(tmp_path / "r", {name: n / 4 for n, name in enumerate(students)})
    ran = autograder("export", results, "--to", "csv")
    assert (ran.code, ran.err) == (0, "")
    _, *rows = read_csv(ran.out)
    assert [unescaped(row[0]) for row in rows] == [unescaped(name) for name in students]
    assert [float(row[1]) for row in rows] == [n / 4 for n, _ in enumerate(students)]


@pytest.mark.parametrize(
    ("name", "student", "lms_id"),
    [
        ("lovelaceada_LATE_4711_99_linear_svm.py", "lovelaceada", "4711"),
        ("Ada Lovelace_12_assignsubmission_file_linear_svm.py", "Ada Lovelace", "12"),
        ("Ada Lovelace_assignsubmission_file_linear_svm.py", "Ada Lovelace", ""),
        ("ada.py", "ada", ""),
    ],
)
def test_the_names_of_files_tell_the_id(tmp_path, name, student, lms_id):
    (tmp_path / name).write_text("", "utf-8")
    assert [(e.student, e.lms_id) for e in find_entries(tmp_path)] == [(student, lms_id)]


def test_grade_keeps_the_ids_that_an_lms_gives_to_files(tmp_path):
    folder = tmp_path / "moodle"
    inside = folder / "Ada Lovelace_4711_assignsubmission_file_"
    inside.mkdir(parents=True)
    shutil.copy(KIT / "starter" / "linear_svm.py", inside)
    out = tmp_path / "r"
    options = ("--stage", "linear_svm", "--jobs", 1, "--isolation", "process", "--kit", KIT)
    assert autograder("grade", folder, "--out", out, *options).code == 0
    run = json.loads((out / "run.json").read_text("utf-8"))
    assert run["lms_ids"] == {"Ada Lovelace": "4711"}
    assert run["titles"] == {"linear_svm": "Linear classifier"}
