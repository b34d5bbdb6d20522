"""Moodle's grading worksheet, and the import of its gradebook."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.export.moodle import NO_KEY
from tests.command import autograder
from tests.export.results import read_csv, unescaped, write_csv, write_results

ENGLISH = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]
ENGLISH += ["Grade can be changed", "Last modified (submission)", "Last modified (grade)"]
ENGLISH += ["Feedback comments"]
GERMAN = ["ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung"]
GERMAN += ["Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)"]
GERMAN += ["Zuletzt geändert (Bewertung)", "Feedback als Kommentar"]
names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    str.strip
)


def sheet(path, header, word, *people, most="20.00"):
    """Write a worksheet as Moodle's mod/assign/gradingtable.php orders its columns."""
    rows = [
        [f"{word} {n}", name, email, "Submitted", "", most, "Yes", "-", "-", "-fine"]
        for n, name, email in people
    ]
    return write_csv(path, header, *rows)


def worksheet_import(text, header, word):
    """Read a worksheet as Moodle does: participant -> grade, in the site's language.

    Follows assignfeedback_offline_grade_importer in moodle/moodle,
    mod/assign/feedback/offline/importgradeslib.php: init and next.
    """
    columns, *rows = read_csv(text)
    identifier, grade, modified = (columns.index(header[n]) for n in (0, 4, 8))
    assert modified
    grades = {}
    for row in rows:
        unique = int(row[identifier][len(f"{word} ") :])
        grades[unique] = float(row[grade]) if row[grade] else None  # unformat_float takes points
    return grades


def gradebook_import(text, users, key):
    """Read a CSV as the gradebook's import does, which an unknown user ends.

    Follows gradeimport_csv_load_data in moodle/moodle, grade/import/csv/classes/load_data.php:
    prepare_import_grade_data and map_user_data_with_value, with the user mapped by one column.
    """
    header, *rows = read_csv(text)
    grades = {}
    for row in rows:
        cells = dict(zip(header, map(str.strip, row), strict=True))
        assert cells[key] in users, "Moodle would import nothing at all"
        grades[cells[key]] = [float(cell) for cell in row[4:]]
    return grades


@pytest.mark.parametrize(("header", "word"), [(ENGLISH, "Participant"), (GERMAN, "Teilnehmer/in")])
def test_the_worksheet_is_filled_in_whatever_its_language(tmp_path, header, word):
    people = (3, "Ada Lovelace", "ada@x.org"), (4, '=1+1, "Ü"', "unal@x.org"), (5, "Bob", "b@x.org")
    template = sheet(tmp_path / "t.csv", header, word, *people)
    points = {"Somebody": 17.5, "UNAL@x.org": 20.0, "bob": 0.0}
    results = write_results(tmp_path / "r", points, lms_ids={"Somebody": "3"})
    ran = autograder("export", results, "--to", "moodle", "--template", template)
    assert (ran.code, ran.err) == (0, "")
    assert worksheet_import(ran.out, header, word) == {3: 17.5, 4: 20.0, 5: 0.0}
    before, after = read_csv(template.read_text("utf-8")), read_csv(ran.out)
    for old, new in zip(before[1:], after[1:], strict=True):
        assert [unescaped(cell) for cell in new[:4]] == old[:4]
        assert new[5:] == old[5:]
    assert after[2][1] == "'" + '=1+1, "Ü"'


def test_a_roster_joins_what_the_worksheet_does_not_have(tmp_path):
    template = sheet(tmp_path / "t.csv", ENGLISH, "Participant", (3, "Ada", "ada@x.org"))
    roster = write_csv(tmp_path / "c.csv", ["login", "Mail"], ["al1815", "ada@x.org"], ["x", "y@z"])
    results = write_results(tmp_path / "r", {"al1815": 2.0})
    call = ("export", results, "--to", "moodle", "--template", template)
    assert autograder(*call).code == 1
    ran = autograder(*call, "--roster", roster)
    assert (ran.code, ran.err) == (0, "")
    assert worksheet_import(ran.out, ENGLISH, "Participant") == {3: 2.0}


def test_two_of_one_name_are_refused_by_name(tmp_path):
    people = (3, "Ann Lee", "a@x.org"), (4, "ann  lee", "b@x.org")
    template = sheet(tmp_path / "t.csv", ENGLISH, "Participant", *people)
    results = write_results(tmp_path / "r", {"Ann Lee": 2.0})
    ran = autograder("export", results, "--to", "moodle", "--template", template)
    assert ran.code == 1
    assert "Ann Lee fits several in the class list: Ann Lee a@x.org; ann  lee b@x.org" in ran.err
    assert worksheet_import(ran.out, ENGLISH, "Participant") == {3: None, 4: None}


def test_two_students_who_are_one_person_are_refused_by_name(tmp_path):
    template = sheet(tmp_path / "t.csv", ENGLISH, "Participant", (3, "Ada", "ada@x.org"))
    results = write_results(tmp_path / "r", {"Ada": 2.0, "ada@x.org": 3.0})
    ran = autograder("export", results, "--to", "moodle", "--template", template)
    assert ran.code == 1
    assert "Ada is Ada ada@x.org, as is ada@x.org" in ran.err
    assert worksheet_import(ran.out, ENGLISH, "Participant") == {3: None}


def test_the_gradebooks_import_takes_those_with_a_key(tmp_path):
    roster = write_csv(
        tmp_path / "c.csv",
        ["First name", "Surname", "ID number", "Email address"],
        ["Ada", "Lovelace, née Byron", "007", "ada@x.org"],
        ["No", "Key", "", ""],
        ["Odd", "Key", "", "=x@x.org"],
        ["Not", "There", "9", "n@x.org"],
    )
    points = {"007": 2.5, "No Key": 1.0, "odd key": 1.0, "stranger": 1.0}
    results = write_results(tmp_path / "r", points, ("linear_svm", "convnet"))
    ran = autograder("export", results, "--to", "moodle", "--roster", roster)
    assert ran.code == 1
    for key, user in (("Email address", "ada@x.org"), ("ID number", "007")):
        assert gradebook_import(ran.out, {user}, key) == {user: [2.5, 2.5]}
    assert read_csv(ran.out)[0][4:] == ["Linear classifier", "Convolutional networks"]
    assert ran.err.splitlines() == [
        f"No Key {NO_KEY}",
        f"odd key {NO_KEY}",
        "stranger was graded, but is not in the class list",
        "Not There n@x.org: no submission was found",
        "1 matched, 4 not",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "download the assignment's grading worksheet and name it by --template"),
        (("--template", "list"), "is no grading worksheet of Moodle"),
        (("--template", "hundred"), "is for 100,00 points, but linear_svm is worth 20"),
        (("--template", "good", "--column", "Mark"), "has no column that can be the grade's"),
        (("--roster", "good", "--column", "Mark"), "--column is a column of the file named by"),
        (("--roster", "nothing"), "expected some of name, first name"),
        (("--roster", "twice"), "has two columns for the email"),
        (("--roster", "good", "--stage", "conv"), "has no stage conv: it has linear_svm"),
    ],
)
def test_what_is_wrong_gets_one_sentence(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    ada = (3, "Ada", "ada@x.org")
    sheet(tmp_path / "good", ENGLISH, "Participant", ada)
    sheet(tmp_path / "hundred", GERMAN, "Person", ada, most="100,00")
    write_csv(tmp_path / "list", ["Name", "Mail"], ["Ada", "ada@x.org"])
    write_csv(tmp_path / "nothing", ["A", "B"], ["Ada", "ada@x.org"])
    write_csv(tmp_path / "twice", ["mail", "E-Mail"], ["Ada", "ada@x.org"])
    results = write_results(tmp_path / "r", {"Ada": 2.0})
    ran = autograder("export", results, "--to", "moodle", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


def test_the_worksheet_is_for_one_stage(tmp_path):
    template = sheet(tmp_path / "t.csv", ENGLISH, "Participant", (3, "Ada", "ada@x.org"))
    results = write_results(tmp_path / "r", {"Ada": 2.0}, ("linear_svm", "convnet"))
    call = ("export", results, "--to", "moodle", "--template", template)
    assert "choose by --stage" in autograder(*call).err
    assert autograder(*call, "--stage", "convnet").code == 0


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(names, min_size=1, max_size=5))
def test_any_names_survive(tmp_path, people):
    listed = [(n, name, f"{n}@x.org") for n, name in enumerate(people, 1)]
    template = sheet(tmp_path / "t.csv", ENGLISH, "Participant", *listed)
    points = {f"{n}@x.org": n / 4 for n, _ in enumerate(people, 1)}
    results = write_results(tmp_path / "r", points)
    ran = autograder("export", results, "--to", "moodle", "--template", template)
    assert (ran.code, ran.err) == (0, "")
    grades = worksheet_import(ran.out, ENGLISH, "Participant")
    assert grades == {n: n / 4 for n, _ in enumerate(people, 1)}
    written = [unescaped(row[1]) for row in read_csv(ran.out)[1:]]
    assert written == [unescaped(name) for name in people]
