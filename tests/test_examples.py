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


def normal(name: str) -> str:
    """Return a name in one form: some file systems take accents apart."""
    return unicodedata.normalize("NFC", name)


def verdicts(student: str, stage: str) -> dict[str, tuple[float, str]]:
    """Functions that are expected to lose points: the points left, and the checks' outcome."""
    wrong = EXPECTED["wrong"].get(student, {}).get(stage, {})
    stubs = EXPECTED["stubs"].get(student, {}).get(stage, [])
    return {
        **{name: (row["points"], row.get("outcome", "failed")) for name, row in wrong.items()},
        **dict.fromkeys(stubs, (0, "not_implemented")),
    }


def judge(report: Report, points: float | str) -> None:
    """Assert that one report is the expected one, function by function."""
    student, stage = normal(report.student), report.stage
    if points == NOTHING:
        assert report.status == "unreadable"
        assert report.points == 0
        told = EXPECTED["unreadable"].get(student, {})
        parts = told.get(stage, f"There is no {stage}.py")
        for part in [parts] if isinstance(parts, str) else parts:
            assert part in report.reason
        return
    assert (report.status, report.reason) == ("graded", "")
    nothing = EXPECTED["nothing"].get(student, {}).get(stage)
    expected = verdicts(student, stage)
    assert {f.name: (f.points, outcomes(f)) for f in report.functions if outcomes(f)} == {
        f.name: (0, {nothing["outcome"]})
        if nothing
        else (expected[f.name][0], {expected[f.name][1]})
        for f in report.functions
        if nothing or f.name in expected
    }
    assert report.points == points
    assert report.complete == (points == report.max_points)


def outcomes(function: FunctionReport) -> set[str]:
    """Outcomes of a function's checks that did not pass."""
    return {check.outcome for check in function.checks} - {"passed"}


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_class_gets_the_points_that_it_deserves(tmp_path):
    """One test, so that the class is graded once; each report that differs is told."""
    settings = Settings(
        kit=KIT,
        stages=STAGES,
        store=tmp_path / "store",
        secret=EXPECTED["secret"],
        jobs=min(2, os.cpu_count() or 1),
    )
    reports = grade_class(find_entries(FOLDER), settings, done=lambda report: None)
    assert len(reports) == len(STUDENTS) * len(STAGES)
    differences = []
    for report in reports:
        at = EXPECTED["stages"].index(report.stage)
        try:
            judge(report, EXPECTED["points"][normal(report.student)][at])
        except AssertionError as error:
            differences.append(f"{report.student}, {report.stage}: {error}")
    assert not differences, "\n\n".join(differences)
    (notes,) = (r.notes for r in reports if (r.student, r.stage) == ("kavya", "linear_svm"))
    assert any("%matplotlib inline` left out" in note for note in notes)


def test_several_students_have_every_point_in_every_stage_that_they_hand_in():
    full = [stage.max_points for stage in STAGES]
    right = [
        student
        for student, row in EXPECTED["points"].items()
        if all(points in (most, NOTHING) for points, most in zip(row, full, strict=True))
        and row.count(NOTHING) <= 3
    ]
    assert len(right) >= 4


def test_each_stage_is_handed_in_by_one_who_has_every_point_and_one_who_has_not():
    for stage, column in zip(STAGES, zip(*EXPECTED["points"].values(), strict=True), strict=True):
        points = set(column) - {NOTHING}
        assert stage.max_points in points
        assert min(points) < stage.max_points


def test_every_mistake_is_one_of_a_function_that_exists():
    names = {stage.name: {function.name for function in stage.functions} for stage in STAGES}
    for table in ("stubs", "wrong"):
        for by_stage in EXPECTED[table].values():
            for stage, functions in by_stage.items():
                assert set(functions) <= names[stage]


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
    wide = len(STAGES) + 2
    classes = {row[0]: row[1:-1] for row in rows if len(row) == wide and row[0] in STUDENTS}
    assert classes == {
        student: [points if points == NOTHING else f"{points:g}" for points in row]
        for student, row in EXPECTED["points"].items()
    }
    told: dict[tuple[str, str, str], str] = {}
    student = stage = ""
    for row in rows:
        if len(row) == 5 and row[2].startswith("`"):
            student, stage = row[0] or student, row[1] or stage
            told[student, stage, row[2].strip("`")] = row[3]
    most = {(stage.name, f.name): f.points for stage in STAGES for f in stage.functions}
    assert told == {
        (student, stage, name): f"{row['points']:g} of {most[stage, name]:g}"
        for student, by_stage in EXPECTED["wrong"].items()
        for stage, functions in by_stage.items()
        for name, row in functions.items()
    }
    heads = [f"{stage.name} ({stage.max_points:g})" for stage in STAGES]
    assert [row[1:-1] for row in rows if row[0] == "student" and len(row) == wide] == [heads]


def test_the_zip_holds_files_with_one_date():
    with zipfile.ZipFile(FOLDER / "liam.zip") as archive:
        assert archive.testzip() is None
        assert len({info.date_time for info in archive.infolist()}) == 1
        handed_in = [points for points in EXPECTED["points"]["liam"] if points != NOTHING]
        assert len(archive.namelist()) == len(handed_in) + 1


def test_no_file_names_a_machine():
    paths = [path for path in (KIT / "examples").rglob("*") if path.is_file()]
    for path in paths:
        if path.suffix != ".zip":
            text = path.read_text("utf-8")
            assert not re.search(r"/(home|tmp|root|Users|work)/|C:\\", text), path
