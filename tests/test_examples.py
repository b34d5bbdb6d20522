"""The example class: right submissions get every point, a mistake costs its own function alone."""

import os
import re
import tomllib
import unicodedata
import zipfile

import pytest

from autograder.classroom import Settings, grade_class
from autograder.report import FunctionReport, Report
from autograder.stage import read_stages
from autograder.submission import find_entries, read_submissions
from tests.mistakes import KIT

FOLDER = KIT / "examples" / "submissions"
EXPECTED = tomllib.loads((KIT / "examples" / "expected.toml").read_text("utf-8"))
README = (KIT / "examples" / "README.md").read_text("utf-8")
STAGES = tuple(stage for stage in read_stages(KIT) if stage.name in EXPECTED["stages"])
STUDENTS = list(EXPECTED["points"])
NOTHING = "–"

# One worker grades the class for all tests here.
pytestmark = [pytest.mark.xdist_group("examples"), pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[tuple[str, str], Report]:
    settings = Settings(
        kit=KIT,
        stages=STAGES,
        store=tmp_path_factory.mktemp("store"),
        secret=EXPECTED["secret"],
        jobs=min(2, os.cpu_count() or 1),
    )
    graded = grade_class(find_entries(FOLDER), settings, done=lambda report: None)
    return {(normal(report.student), report.stage): report for report in graded}


def normal(name: str) -> str:
    """Return a name in one form: some file systems take accents apart."""
    return unicodedata.normalize("NFC", name)


def outcomes(function: FunctionReport) -> set[str]:
    """Outcomes of a function's checks that did not pass."""
    return {check.outcome for check in function.checks} - {"passed"}


def losses(student: str) -> dict[str, tuple[float, str]]:
    """Functions of a student that are expected to lose points: points and outcome."""
    wrong = EXPECTED["wrong"].get(student, {})
    stubs = EXPECTED["stubs"].get(student, [])
    return {
        **{name: (row["points"], row.get("outcome", "failed")) for name, row in wrong.items()},
        **dict.fromkeys(stubs, (0, "not_implemented")),
    }


@pytest.mark.slow
@pytest.mark.parametrize("student", STUDENTS)
def test_the_class_gets_the_points_that_it_deserves(reports, student):
    expected = losses(student)
    unreadable = EXPECTED["unreadable"].get(student, {})
    nothing = EXPECTED["nothing"].get(student, {})
    for stage, points in zip(EXPECTED["stages"], EXPECTED["points"][student], strict=True):
        report = reports[student, stage]
        found = [f for f in report.functions if f.points < f.max_points]
        if points == NOTHING:
            assert report.status == "unreadable"
            assert report.points == 0
            parts = unreadable[stage]
            for part in [parts] if isinstance(parts, str) else parts:
                assert part in report.reason
            continue
        assert (report.status, report.reason) == ("graded", "")
        if stage in nothing:
            assert report.points == 0
            assert {o for f in found for o in outcomes(f)} == {nothing[stage]["outcome"]}
            continue
        here = {f.name: expected.pop(f.name) for f in report.functions if f.name in expected}
        assert {f.name: (f.points, outcomes(f)) for f in found} == {
            name: (got, {outcome}) for name, (got, outcome) in here.items()
        }
        assert report.points == points
    assert not expected, "no such functions"


@pytest.mark.slow
def test_a_submission_with_no_mistake_listed_is_complete_in_all_stages(reports):
    full = [stage.max_points for stage in STAGES]
    complete = [student for student in STUDENTS if EXPECTED["points"][student] == full]
    assert len(complete) >= 4
    for student in complete:
        assert all(reports[student, stage.name].complete for stage in STAGES)


@pytest.mark.slow
def test_what_is_left_out_of_a_notebook_is_told(reports):
    for stage in STAGES:
        notes = " ".join(reports["kavya", stage.name].notes)
        assert "%matplotlib inline` left out" in notes


def test_every_entry_is_a_student_with_expected_points_and_the_other_way_round():
    assert len(STUDENTS) >= 12
    assert [normal(entry.student) for entry in find_entries(FOLDER)] == sorted(STUDENTS)
    for table in ("unreadable", "nothing", "stubs", "wrong"):
        assert EXPECTED[table].keys() <= set(STUDENTS)


def test_no_two_students_hand_in_the_same_file():
    names = [stage.name for stage in STAGES]
    seen: dict[str, str] = {}
    for entry in find_entries(FOLDER):
        for submission in read_submissions(entry, names):
            if not submission.reason:
                assert seen.setdefault(submission.sha256, entry.student) == entry.student


def test_the_readme_says_what_is_expected():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in README.split("\n")
        if line.startswith("| ")
    ]
    classes = {row[0]: row[1:5] for row in rows if len(row) == 6 and row[0] in STUDENTS}
    assert classes == {
        student: [points if points == NOTHING else f"{points:g}" for points in row]
        for student, row in EXPECTED["points"].items()
    }
    told: dict[str, dict[str, str]] = {}
    student = ""
    for row in rows:
        if len(row) == 4 and row[1].startswith("`"):
            student = row[0] or student
            told.setdefault(student, {})[row[1].strip("`")] = row[2]
    most = {f.name: f.points for stage in STAGES for f in stage.functions}
    assert told == {
        student: {name: f"{row['points']:g} of {most[name]:g}" for name, row in functions.items()}
        for student, functions in EXPECTED["wrong"].items()
    }
    heads = [f"{stage.name} ({stage.max_points:g})" for stage in STAGES]
    assert [row[1:5] for row in rows if row[0] == "student" and len(row) == 6] == [heads]


def test_the_zip_holds_files_with_one_date():
    with zipfile.ZipFile(FOLDER / "liam.zip") as archive:
        assert archive.testzip() is None
        assert len({info.date_time for info in archive.infolist()}) == 1
        assert len(archive.namelist()) == len(STAGES) + 1


def test_no_file_names_a_machine():
    paths = [path for path in (KIT / "examples").rglob("*") if path.is_file()]
    for path in paths:
        if path.suffix != ".zip":
            text = path.read_text("utf-8")
            assert not re.search(r"/(home|tmp|root|Users|work)/|C:\\", text), path
