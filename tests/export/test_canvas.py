"""Canvas's gradebook."""

import csv
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.command import autograder
from tests.export.results import read_csv, unescaped, write_csv, write_results

HEADER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Essay (41)"]
HEADER += ["Linear classifier (42)", "Current Score"]
POSSIBLE = ["    Points Possible", "", "", "", "", "5", "20.00", "(read only)"]
ADA = ["Lovelace, Ada", "7", "s7", "ada@x.org", "A, B", "3", "1", "60"]
EVIL = ['=cmd("x"), Ünal', "8", "s8", "unal", "A", "", "2", ""]
BOB = ["Bob", "9", "s9", "bob", "A", "", "EX", ""]
names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda name: name.strip() and "Points Possible" not in name
)


def canvas_import(text):
    """Read a gradebook as Canvas does: the grades of each student, by assignment's id or title.

    Follows GradebookImporter in instructure/canvas-lms, lib/gradebook_importer.rb: process_header,
    update_column_count, strip_non_assignment_columns, check_for_non_student_row, process_student,
    identify_delimiter.
    """
    text = text.removeprefix("\ufeff")
    first = text.split("\r\n")[:3]
    mark = ";" if fields(first, ";") > fields(first, ",") else ","
    header, *rows = read_csv(text, mark)
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert re.search(r"SIS\s+User\s+ID", header[2])
    assert re.search(r"SIS\s+Login\s+ID", header[3])
    assert "Section" in header[4]
    grades = {}
    possible = []
    for row in rows:
        if "Points Possible" in row[0]:
            possible = row
            continue
        if all(re.fullmatch(r"(?i)\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row):
            continue
        who = row[1] or row[2] or row[3] or row[0]
        assert who not in grades
        grades[who] = {}
        for name, cell in list(zip(header, row, strict=True))[5:]:
            if re.search("Current Score|Final Score", name):
                continue
            titled = re.fullmatch(r"(.*) \((\d+)\)", name)
            grades[who][titled[2] if titled else name] = cell.strip()
    return grades, possible


def fields(lines, mark):
    """Count the fields in each line, if they are as many in all and no line is malformed."""
    try:
        counts = {len(read_csv(line, mark)[0]) for line in lines if line}
    except csv.Error:
        return 0
    return counts.pop() if len(counts) == 1 else 0


@pytest.fixture
def template(tmp_path):
    """Write a gradebook as Canvas exports it."""
    posting = ["", "", "", "", "", "Manual Posting", "", ""]
    test_student = ["Student, Test", "99", "", "hash", "A", "", "", ""]
    return write_csv(
        tmp_path / "gradebook.csv", HEADER, posting, POSSIBLE, ADA, EVIL, BOB, test_student
    )


def test_the_gradebook_is_filled_in_by_user_id_and_else_left_as_it_was(tmp_path, template):
    points = {"lovelaceada": 17.5, '=cmd("x"), Ünal': 20.0, "bob": 0.0}
    results = write_results(tmp_path / "r", points, lms_ids={"lovelaceada": "7"})
    ran = autograder("export", results, "--to", "canvas", "--template", template)
    assert (ran.code, ran.err) == (0, "")
    grades, possible = canvas_import(ran.out)
    assert grades == {
        "7": {"41": "3", "42": "17.5"},
        "8": {"41": "", "42": "20"},
        "9": {"41": "", "42": "0"},
        "99": {"41": "", "42": ""},
    }
    assert possible == POSSIBLE
    assert [row[:5] for row in read_csv(ran.out)][3:5] == [ADA[:5], ["'" + EVIL[0], *EVIL[1:5]]]


def test_who_is_missing_on_either_side_is_told_and_keeps_what_was_there(tmp_path, template):
    results = write_results(tmp_path / "r", {"Ada Lovelace": 1.0, "eve": 2.0})
    out = tmp_path / "out.csv"
    ran = autograder("export", results, "--to", "canvas", "--template", template, "--out", out)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "eve was graded, but is not in the class list",
        '=cmd("x"), Ünal unal: no submission was found',
        "Bob bob: no submission was found",
        "1 matched, 3 not",
    ]
    grades, _ = canvas_import(out.read_bytes().decode())
    assert [grades[who]["42"] for who in "789"] == ["1", "2", "EX"]


def test_semicolons_and_a_byte_order_mark_stay(tmp_path):
    path = tmp_path / "t.csv"
    write_csv(path, HEADER, POSSIBLE, ADA, delimiter=";", encoding="utf-8-sig")
    results = write_results(tmp_path / "r", {"s7": 4.25})
    ran = autograder("export", results, "--to", "canvas", "--template", path)
    assert ran.code == 0
    assert ran.out.startswith("\ufeffStudent;ID;")
    assert canvas_import(ran.out)[0]["7"]["42"] == "4.25"


@pytest.mark.parametrize("column", ["42", "Linear classifier", "Linear classifier (42)"])
def test_a_column_is_chosen_by_title_or_id(tmp_path, template, column):
    results = write_results(tmp_path / "r", {"s7": 4.25}, ("linear_svm", "convnet"))
    call = ("export", results, "--to", "canvas", "--template", template, "--column", column)
    assert autograder(*call).code == 2
    ran = autograder(*call, "--stage", "linear_svm")
    assert canvas_import(ran.out)[0]["7"] == {"41": "3", "42": "4.25"}


def test_a_class_list_makes_a_gradebook_of_those_who_were_graded(tmp_path):
    roster = write_csv(
        tmp_path / "roster.csv",
        ["E-mail", "Name", "ID"],
        ["ada@x.org", "Ada", "007"],
        ["b", "B", "8"],
    )
    results = write_results(tmp_path / "r", {"ada@x.org": 3.0}, ("linear_svm", "convnet"))
    ran = autograder("export", results, "--to", "canvas", "--roster", roster)
    assert ran.code == 1
    assert "B b: no submission was found" in ran.err
    grades, possible = canvas_import(ran.out)
    assert grades == {"007": {"Linear classifier": "3", "Convolutional networks": "3"}}
    assert possible[5:] == ["20", "20"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Name", "Grade"], ["a", "1"]], "is no gradebook of Canvas: expected the columns"),
        ([HEADER], "has no row below its header"),
        ([[*HEADER[:6], "Other (5)"], ADA[:7]], "has no column for “linear_svm”, “Linear"),
        ([[*HEADER[:6], *[HEADER[6]] * 2], ADA], "has several columns for"),
        ([HEADER, [*POSSIBLE[:6], "100", ""], ADA], "is worth 100 points, but linear_svm"),
        ([HEADER, [*POSSIBLE[:6], "20 (read only)", ""], ADA], "is read only"),
        ([HEADER, [*ADA, "more"]], "rows with more cells than its header"),
    ],
)
def test_a_bad_template_gets_one_sentence(tmp_path, rows, said):
    path = write_csv(tmp_path / "t.csv", *rows)
    results = write_results(tmp_path / "r", {"ada": 4.25})
    ran = autograder("export", results, "--to", "canvas", "--template", path)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\xff\xfe", "is no CSV in UTF-8"),
        (b'Student,ID\n"open', "is no CSV ("),
        (b"", "has no row below its header"),
        (None, "can't be read (No such file or directory)"),
    ],
)
def test_what_is_no_csv_gets_one_sentence(tmp_path, data, said):
    path = tmp_path / "t.csv"
    if data is not None:
        path.write_bytes(data)
    results = write_results(tmp_path / "r", {"ada": 4.25})
    ran = autograder("export", results, "--to", "canvas", "--template", path)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(names, min_size=1, max_size=5))
def test_any_names_survive(tmp_path, people):
    rows = [[name, str(n), "", f"login{n}", "", "", "", ""] for n, name in enumerate(people, 1)]
    path = write_csv(tmp_path / "t.csv", HEADER, POSSIBLE, *rows)
    results = write_results(tmp_path / "r", {f"login{n}": n / 4 for n, _ in enumerate(people, 1)})
    ran = autograder("export", results, "--to", "canvas", "--template", path)
    assert (ran.code, ran.err) == (0, "")
    grades, _ = canvas_import(ran.out)
    assert {who: float(cells["42"]) for who, cells in grades.items()} == {
        str(n): n / 4 for n, _ in enumerate(people, 1)
    }
    written = [unescaped(row[0]) for row in read_csv(ran.out)[2:]]
    assert written == [unescaped(name) for name in people]
