"""course.toml: what is read, how late is late, and what the steps make of the points."""

import csv
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import UserError
from autograder.report import FunctionReport, Report
from autograder.reports.html import class_page, student_page
from autograder.rules.course_file import Course, Late, read_course
from autograder.rules.lateness import days_late, distance, lost
from autograder.rules.settle import MARKED_LATE, NOT_KNOWN, settle
from autograder.stage import find_stage, read_stages
from autograder.submission import find_entries, read_submissions
from autograder.submission.exports import LATE_NOTE
from autograder.submission.times import moment_of, nbgrader_moment
from tests.command import autograder
from tests.mistakes import KIT

VIENNA = ZoneInfo("Europe/Vienna")
STAGES = ("nearest_neighbors", "linear_svm", "two_layer_net")
DEADLINE = datetime(2026, 3, 2, 23, 59, tzinfo=VIENNA)
RIGHT = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")


def report(stage="linear_svm", points=20.0, student="ada", **fields):
    """Make a report of one function."""
    part = FunctionReport(name="f", points=points, max_points=20, checks=[])
    defaults = {"status": "graded", "kit_version": "1", "max_points": 20.0} | fields
    return Report(student=student, stage=stage, points=points, functions=[part], **defaults)


def course(**fields):
    """Make a course with a deadline in Vienna."""
    defaults = {"timezone": "Europe/Vienna", "deadlines": {"linear_svm": DEADLINE}}
    return Course.model_validate(defaults | fields)


def final(rules, time=None, **fields):
    """Settle one report."""
    (settled,) = settle(rules, [report(**fields)], {"linear_svm": time})
    return settled.final


# --- reading ----------------------------------------------------------------------------------


@pytest.fixture
def read(tmp_path):
    def read_text(text, times=""):
        (tmp_path / "course.toml").write_text(text, "utf-8")
        (tmp_path / "times.csv").write_text(times, "utf-8")
        return read_course(tmp_path / "course.toml", read_stages(KIT))

    return read_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("deadline = 1", r"deadline: is not a key of course\.toml"),
        ("[late]\nper_day = 1", r"late\.per_day: is not a key of course\.toml"),
        ("[deadlines]\nlinear_smv = 2026-03-02T23:59:00Z", r"deadlines\.linear_smv: is no stage"),
        ("[excused]\nsvm = ['ada']", r"excused\.svm: is no stage .* linear_svm"),
        ("[manual.svm.ada]", r"manual\.svm: is no stage"),
        ("[deadlines]\nlinear_svm = 2026-03-02T23:59:00", r"deadlines\.linear_svm: has no time z"),
        ("[submitted.linear_svm]\nada = 2026-03-02T23:59:00", r"submitted\.linear_svm\.ada: has n"),
        ("[deadlines]\nlinear_svm = 2026-03-02", r"deadlines\.linear_svm: should be a date and a "),
        ("[deadlines]\nlinear_svm = '2026-03-02 23:59'", r"deadlines\.linear_svm: .*without quot"),
        ("[deadlines]\nlinear_svm = 0001-01-01T00:00:00Z", r"deadlines\.linear_svm: .*millennium"),
        ("timezone = 'Vienna'", "timezone: should be a time zone, as Europe/Vienna, found"),
        ("timezone = '../etc/passwd'", "timezone: should be a time zone"),
        ("timezone = 'Europe'", "timezone: should be a time zone"),
        ("[late]\npercent_per_day = 10", "late: percent_per_day takes `of"),
        ("[late]\npoints_per_day = 1\nof = 'earned'", "late: .*points take none"),
        ("[late]\npoints_per_day = 1\npercent_per_day = 1\nof = 'earned'", "late: .*leave one out"),
        ("[late]\nfree_days = 2", "late: has no percent_per_day"),
        ("[late]\nat_most_days = 2\nat_most_lost = 1", "late: at_most_lost has no"),
        (
            "[late]\npercent_per_day = 101\nof = 'earned'",
            r"late\.percent_per_day: .*100, found 101",
        ),
        ("[late]\npoints_per_day = nan", r"late\.points_per_day: "),
        ("[late]\npoints_per_day = 1\nfree_days = -1", r"late\.free_days: .*found -1"),
        ("[override.linear_svm.ada]\npoints = 1", r"override\.linear_svm\.ada\.reason: is missing"),
        ("[override.linear_svm.ada]\npoints = 1\nreason = ' '", r"override\..*\.reason: "),
        ("[override.linear_svm.ada]\npoints = -1\nreason = 'x'", r"ada\.points: .*found -1"),
        ("[manual.linear_svm.ada]\nq = 1", r"manual\.linear_svm\.ada\.q: is no question of"),
        ("[questions.linear_svm]\nq = 2\n[manual.linear_svm.ada]\nq = 3", "at most 2, found 3"),
        ("[questions.linear_svm]\nq = 0.125", r"questions\.linear_svm\.q: .*two decimals"),
        ("[questions.linear_svm]\nq = inf", r"questions\.linear_svm\.q: "),
        (
            "[excused]\nall = ['ada']\n[override.linear_svm.ada]\npoints = 1\nreason = 'x'",
            r"override\.linear_svm\.ada: is excused as well",
        ),
        (
            "[extensions.linear_svm]\nada = 2026-03-02T00:00:00Z",
            r"extensions\.linear_svm: has no d",
        ),
        (
            "[deadlines]\nlinear_svm = 2026-03-02T00:00:00Z\n"
            "[extensions.linear_svm]\nada = 2026-03-01T00:00:00Z",
            r"extensions\.linear_svm\.ada: should not be before the deadline",
        ),
        (
            "[deadlines]\nlinear_smv = 2026-03-02T00:00:00Z\n"
            "[extensions.linear_svm]\nada = 2026-03-03T00:00:00Z",
            r"deadlines\.linear_smv: is no stage .*do you mean linear_svm\?",
        ),
        ("[extensions.ada]\nlinear_svm = 2026-03-03T00:00:00Z", r"extensions\.ada: is no stage of"),
        ("[manual.ada.linear_svm]\nq = 1", r"manual\.ada: is no stage of"),
        (
            "[override.linear_svm.ada]\npoint = 30\nreason = 'x'",
            r"override\.linear_svm\.ada\.point: is not a key of",
        ),
        (
            "[late]\nof = 'earned'\nat_most_days = 3",
            "late: `of` has no percent_per_day",
        ),
        ("[late]\nof = 'earned'\nfree_days = 3", "late: `of` has no percent_per_day"),
        ("times = 'nowhere.csv'", r"nowhere\.csv can't be read"),
        ("times = 'times.csv'", r"times\.csv has no row"),
        ("x = [", "not valid TOML"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_key(read, text, words):
    with pytest.raises(UserError, match=words) as error:
        read(text)
    assert "\n" not in str(error.value)
    assert "course.toml" in str(error.value) or ".csv" in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[extensions]\nlinear_svm = 2026-04-02 23:59:00",
            r"extensions\.linear_svm: should be a table, found 2026-04-02T23:59:00\.",
        ),
        ("[excused]\nall = 'grace'", r"excused\.all: should be a list, found 'grace'\."),
        ("[excused]\nall = [true]", r"excused\.all\[0\]: should be a text in quotes, found true\."),
        ("students = { ada = 1 }", "students: should be a list, found a table"),
        ("[override.linear_svm]\nada = 30", r"svm\.ada: should be a table, found 30\."),
        ("[[late]]\nx = 1", r"late: should be a table, found \[a table\]\."),
        ("[deadlines]\nlinear_svm = 12:30:00", r"deadlines\.linear_svm: .*, found 12:30:00\."),
        ("[late]\nat_most_days = 2.5", r"days: should be a whole number, found 2\.5\."),
        ("[late]\npoints_per_day = nan", r"day: should be a finite number, found nan\."),
        ("[questions.linear_svm]\nq = {}", r"svm\.q: should be a number, found a table\."),
        ("[override.linear_svm.ada]\npoints = 1\nreason = ''", r"reason: should say why.*found ''"),
        ("timezone = '" + "x" * 999 + "'", "found 'x{79}…"),
        (r'"a\nb" = 1', r"a\\nb: is not a key"),
    ],
)
def test_a_mistake_is_told_in_the_words_of_toml(read, text, words):
    with pytest.raises(UserError, match=words) as error:
        read(text)
    assert not re.search("Input|dict|tuple|instance|datetime", str(error.value))


@pytest.mark.parametrize("value", ["true", '"1"'])
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[late]\nof = 'earned'\npercent_per_day = X", r"late\.percent_per_day"),
        ("[late]\npoints_per_day = X", r"late\.points_per_day"),
        ("[late]\npoints_per_day = 1\nfree_days = X", r"late\.free_days"),
        ("[late]\npoints_per_day = 1\ngrace_minutes = X", r"late\.grace_minutes"),
        ("[late]\npoints_per_day = 1\nat_most_lost = X", r"late\.at_most_lost"),
        ("[late]\nat_most_days = X", r"late\.at_most_days"),
        ("[questions.linear_svm]\nq = X", r"questions\.linear_svm\.q"),
        ("[questions.linear_svm]\nq = 3\n[manual.linear_svm.ada]\nq = X", r"manual\..*\.ada\.q"),
        ("[override.linear_svm.ada]\npoints = X\nreason = 'x'", r"override\..*\.ada\.points"),
    ],
)
def test_a_truth_value_or_a_text_is_no_number(read, text, key, value):
    with pytest.raises(UserError, match=f"{key}: .*number, found"):
        read(text.replace("X", value))
    read(text.replace("X", "1"))


@pytest.mark.parametrize("moment", ["2026-03-29T02:30:00", "2026-10-25T02:30:00"])
def test_an_hour_that_the_clocks_show_twice_or_never_needs_an_offset(read, moment):
    text = "timezone = 'Europe/Vienna'\n[deadlines]\nlinear_svm = "
    with pytest.raises(UserError, match=r"deadlines\.linear_svm: .* comes twice or not at all"):
        read(text + moment)
    deadline = read(f"{text}{moment}+01:00").deadline("ada", "linear_svm")
    exact = datetime.fromisoformat(f"{moment}+01:00")
    assert deadline.timestamp() == exact.timestamp()
    assert days_late(exact, deadline) == 0
    assert days_late(exact + timedelta(seconds=1), deadline) == 1


def test_times_come_from_a_csv_and_course_toml_goes_before_it(read):
    rules = read(
        "timezone = 'Europe/Vienna'\ntimes = 'times.csv'\n"
        "[submitted.linear_svm]\nada = 2026-03-01T00:00:00Z",
        "student,stage,submitted\nada,linear_svm,2026-03-05 10:00:00\n"
        "u\u0308nal,linear_svm,2026-03-05 10:00\n",
    )
    assert rules.submitted["linear_svm"]["ada"] == datetime(2026, 3, 1, tzinfo=UTC)
    assert rules.submitted["linear_svm"]["ünal"] == datetime(2026, 3, 5, 10)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("who,stage,submitted\nada,linear_svm,x", "expected student, stage, submitted"),
        ("student,stage,submitted\nada,linear_svm,soon", "row 2: expected a time as"),
        ("student,stage,submitted\nada,linear_svm,2026-02-30 10:00Z", "row 2: expected a time"),
        ("student,stage,submitted\nada,linear_svm,2026-03-02 10:00", "has no time zone: give"),
        (
            "student,stage,submitted\nada,svm,2026-03-02 10:00Z",
            r"times\.csv, row 2: svm is no stage",
        ),
        (
            "student,stage,submitted\na,convnet,2026-03-02 10:00Z\na,linear_smv,2026-03-02 10:00Z",
            r"times\.csv, row 3: linear_smv is no stage .*do you mean linear_svm",
        ),
        (
            "student,stage,submitted\na,convnet,2026-03-02 10:00Z\na,convnet,2026-03-02 11:00Z",
            "row 3: a has two times for convnet",
        ),
    ],
)
def test_a_mistake_in_the_csv_is_one_sentence(read, rows, words):
    with pytest.raises(UserError, match=words):
        read("times = 'times.csv'", rows + "\n")


@pytest.mark.parametrize(
    "text", ["2026-10-25 02:45:00", "2026-03-29 02:45", "2026-10-25 02:45 Europe/Vienna"]
)
def test_an_hour_that_comes_twice_or_never_is_refused_in_the_csv_too(read, text):
    zone = "Europe/Vienna"
    rows = f"student,stage,submitted\nada,linear_svm,{text}\n"
    with pytest.raises(
        UserError, match=r"times\.csv, row 2: .* comes twice or not at all in Europ"
    ):
        read(f"timezone = '{zone}'\ntimes = 'times.csv'", rows)
    rules = read(
        f"timezone = '{zone}'\ntimes = 'times.csv'", rows.replace(text, text[:16] + "+01:00")
    )
    assert rules.submitted["linear_svm"]["ada"].utcoffset() == timedelta(hours=1)


def test_a_student_whom_nobody_knows_is_told_by_the_row_of_the_csv(read, tmp_path):
    rules = read(
        "times = 'times.csv'\n[submitted.linear_svm]\nada = 2026-03-01T00:00:00Z",
        "student,stage,submitted\nada,linear_svm,2026-03-01 00:00Z\n"
        "adda,linear_svm,2026-03-01 00:00Z\n",
    )
    with pytest.raises(UserError, match=r": times\.csv, row 3 \(adda\): nobody of that name"):
        rules.see_that_known(tmp_path, ["ada"], ["linear_svm"])
    with pytest.raises(UserError, match=r": submitted\.linear_svm \(ada\), times\.csv, row 3 \(ad"):
        rules.see_that_known(tmp_path, [], ["linear_svm"])


def test_a_byte_order_mark_is_no_mistake(read):
    assert read("\ufefftimezone = 'Europe/Vienna'").timezone == "Europe/Vienna"


def documented(folder):
    """Write the example of the documentation."""
    text = (KIT / "docs" / "course-rules.md").read_text("utf-8")
    (folder / "course.toml").write_text(
        re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1], "utf-8"
    )
    (folder / "times.csv").write_text("student,stage,submitted\nada,linear_svm,2026-04-01 12:00\n")
    return folder / "course.toml"


def test_the_example_of_the_documentation_is_read_and_has_every_key(tmp_path):
    rules = read_course(documented(tmp_path), read_stages(KIT))
    assert rules.model_fields_set == set(Course.model_fields)
    late = rules.late.model_fields_set
    assert late | {"points_per_day"} == set(Late.model_fields)


def test_rules_of_a_stage_that_is_not_in_the_run_are_for_another(tmp_path):
    rules = course(override={"convnet": {"adda": {"points": 1, "reason": "x"}}})
    rules.see_that_known(tmp_path, ["ada"], ["linear_svm"])
    with pytest.raises(UserError, match=r"override\.convnet \(adda\)"):
        rules.see_that_known(tmp_path, ["ada"], ["convnet"])
    rules = rules.model_copy(update={"students": ("adda",)})
    rules.see_that_known(tmp_path, ["ada"], ["convnet"])
    assert rules.with_rules(["convnet"]) == ["adda"]
    assert rules.with_rules(["linear_svm"]) == []


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "grace", "days"),
    [
        (timedelta(days=-3), 0, 0),
        (timedelta(0), 0, 0),
        (timedelta(seconds=1), 0, 1),
        (timedelta(minutes=15), 15, 0),
        (timedelta(minutes=15, seconds=1), 15, 1),
        (timedelta(days=1), 0, 1),
        (timedelta(days=1, seconds=1), 0, 2),
        (timedelta(days=1, minutes=15), 15, 1),
        (timedelta(days=400), 0, 400),
    ],
)
def test_a_day_that_has_begun_counts(after, grace, days):
    deadline = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
    assert days_late(deadline + after, deadline, grace) == days


@pytest.mark.parametrize(
    ("deadline", "submitted", "days"),
    [
        # Spring: the night of 29 March 2026 lacks the hour from 2 to 3.
        ("2026-03-28T23:59", "2026-03-29T23:59:00+02:00", 1),  # after 23 hours
        ("2026-03-28T23:59", "2026-03-29T23:59:01+02:00", 2),
        ("2026-03-28T02:30", "2026-03-29T03:30:00+02:00", 1),  # 2:30 is not there: the later end
        ("2026-03-28T02:30", "2026-03-29T03:30:01+02:00", 2),
        # Autumn: that of 25 October has it twice.
        ("2026-10-24T23:59", "2026-10-25T23:59:00+01:00", 1),  # after 25 hours
        ("2026-10-24T23:59", "2026-10-25T23:59:01+01:00", 2),
        ("2026-10-24T02:30", "2026-10-25T02:30:00+01:00", 1),  # the second 2:30
        ("2026-10-24T02:30", "2026-10-25T02:30:01+01:00", 2),
        ("2026-10-25T01:59", "2026-10-25T02:00:00+02:00", 1),
    ],
)
def test_days_go_by_the_clock_when_clocks_are_changed(deadline, submitted, days):
    until = datetime.fromisoformat(deadline).replace(tzinfo=VIENNA)
    moment = datetime.fromisoformat(submitted)
    assert days_late(moment, until) == days
    assert days_late(moment.astimezone(VIENNA), until) == days  # one zone: not by its clock alone


moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@given(moments, moments, st.timedeltas(timedelta(0), timedelta(days=9)), st.integers(0, 600))
def test_later_is_never_fewer_days(deadline, submitted, more, grace):
    deadline = deadline.astimezone(VIENNA)
    days = days_late(submitted, deadline, grace)
    assert 0 <= days <= days_late(submitted + more, deadline, grace)
    assert days <= days_late(submitted, deadline, 0)
    assert (days == 0) == (submitted <= deadline.astimezone(UTC) + timedelta(minutes=grace))
    if submitted > deadline.astimezone(UTC):
        ended, rest = distance(submitted, deadline)
        assert ended + bool(rest) == days_late(submitted, deadline)
        assert timedelta(0) <= rest < timedelta(hours=25)


@pytest.mark.parametrize(
    ("policy", "days", "expected"),
    [
        ({"percent_per_day": 10, "of": "earned"}, 2, 3),
        ({"percent_per_day": 10, "of": "maximum"}, 2, 4),
        ({"percent_per_day": 10, "of": "maximum", "at_most_lost": 15}, 2, 3),
        ({"percent_per_day": 60, "of": "maximum"}, 2, 15),
        ({"points_per_day": 2}, 3, 6),
        ({"points_per_day": 2, "at_most_lost": 5}, 3, 5),
        ({"points_per_day": 9}, 3, 15),
        ({"at_most_days": 3}, 3, 0),
    ],
)
def test_what_days_cost(policy, days, expected):
    assert lost(Late(**policy), days, earned=15, maximum=20) == pytest.approx(expected)


# --- steps ------------------------------------------------------------------------------------


def test_the_steps_have_a_fixed_order():
    rules = course(
        late={"percent_per_day": 10, "of": "earned"},
        questions={"linear_svm": {"q1": 4, "q2": 2}},
        manual={"linear_svm": {"ada": {"q1": 3}}},
        override={"linear_svm": {"ada": {"points": 30, "reason": "Agreed."}}},
    )
    found = final(rules, DEADLINE + timedelta(days=2), points=17)
    assert [(s.what, s.points_before, s.points_after) for s in found.steps] == [
        ("manual", 17, 20),
        ("late", 20, 16),
        ("override", 16, 30),
    ]
    assert (found.points, found.max_points, found.days_late) == (30, 26, 2)
    manual, late, override = (step.reason for step in found.steps)
    assert manual == "q1: 3 of 4; q2: not marked."
    assert "2 days after the deadline 2026-03-02 23:59:00 CET" in late
    assert "That is 2 days; a day costs 10% of the points earned." in late
    assert override == "Agreed."


@pytest.mark.parametrize(
    ("after", "grace", "words"),
    [
        (
            timedelta(seconds=0.5),
            0,
            "1 second after the deadline 2026-03-02 23:59:00 CET. That is 1 d",
        ),
        (timedelta(minutes=15), 15, "CET. The grace time of 15 minutes covers it."),
        (
            timedelta(minutes=15, seconds=1),
            15,
            "15 minutes, 1 second after the deadline 2026-03-02 23:59:00 CET. With the grace time "
            "of 15 minutes, that is 1 day; a day costs 1 point.",
        ),
        (timedelta(minutes=15, milliseconds=1), 15, "15 minutes, 1 second after the deadline"),
        (
            timedelta(days=1),
            0,
            " CET, 1 day after the deadline 2026-03-02 23:59:00 CET. That is 1 day;",
        ),
        (timedelta(days=1, seconds=1), 0, "1 day, 1 second after the deadline"),
        (
            timedelta(days=4, minutes=16),
            15,
            "After more than 3 days and the grace time of 15 minutes",
        ),
    ],
)
def test_how_late_is_told_to_the_second_and_with_the_grace_time(after, grace, words):
    rules = course(late={"points_per_day": 1, "grace_minutes": grace, "at_most_days": 3})
    assert words in final(rules, DEADLINE + after).steps[0].reason


@pytest.mark.parametrize(
    ("deadline", "submitted", "words"),
    [
        ("2026-03-28T23:59", "2026-03-31T23:59:01+02:00", ("3 days, 1 second by the clock", 4)),
        ("2026-03-28T23:59", "2026-03-29T23:59:00+02:00", ("1 day by the clock", 1)),
        ("2026-03-28T23:59", "2026-03-29T12:00:00+02:00", ("11 hours, 1 minute", 1)),
        ("2026-10-24T23:59", "2026-10-25T23:58:59+01:00", ("24 hours, 59 minutes, 59 seconds", 1)),
        ("2026-10-24T23:59", "2026-10-26T00:00:00+01:00", ("1 day, 1 minute by the clock", 2)),
        ("2026-03-28T02:30", "2026-03-29T03:30:01+02:00", ("1 day, 1 second", 2)),
    ],
)
def test_what_is_told_adds_up_when_the_clocks_are_changed(deadline, submitted, words):
    until = datetime.fromisoformat(deadline).replace(tzinfo=VIENNA)
    rules = course(deadlines={"linear_svm": until}, late={"points_per_day": 1})
    reason = final(rules, datetime.fromisoformat(submitted)).steps[0].reason
    far, days = words
    assert f", {far} after the deadline" in reason
    assert f"That is {days} day" in reason


def test_the_points_of_the_checks_stay():
    rules = course(late={"points_per_day": 3})
    (settled,) = settle(rules, [report(points=10)], {"linear_svm": DEADLINE + timedelta(hours=1)})
    assert (settled.points, settled.counted.points) == (10, 7)
    assert Report.model_validate_json(settled.to_json()) == settled


def test_excused_is_no_points_and_no_steps():
    for name in ("all", "linear_svm"):
        found = final(course(excused={name: ["ada"]}), DEADLINE + timedelta(days=3))
        assert (found.excused, found.points, found.steps) == (True, None, [])
    assert not final(course(excused={"convnet": ["ada"]})).excused


def test_without_a_time_it_is_in_time_and_said():
    rules = course(late={"at_most_days": 0})
    found = final(rules)
    assert (found.points, found.submitted) == (20, "")
    assert [step.reason for step in found.steps] == [NOT_KNOWN]
    assert final(rules, notes=[LATE_NOTE]).steps[0].reason == MARKED_LATE
    assert final(rules, DEADLINE + timedelta(seconds=1)).points == 0


def test_an_extension_moves_the_deadline_of_one_student():
    rules = course(
        late={"points_per_day": 1},
        extensions={"linear_svm": {"ada": DEADLINE + timedelta(days=2)}},
    )
    time = DEADLINE + timedelta(days=2)
    assert final(rules, time).points == 20
    assert "the extended deadline" in final(rules, time).steps[0].reason
    assert final(rules, time, student="bob").points == 18


def test_what_course_toml_says_goes_before_the_export():
    rules = course(late={"points_per_day": 1}, submitted={"linear_svm": {"ada": DEADLINE}})
    assert final(rules, DEADLINE + timedelta(days=1)).points == 20


def three(free_days, **late):
    """Make a course with three deadlines, a week apart, in another order than the stages."""
    order = ("two_layer_net", "nearest_neighbors", "linear_svm")
    deadlines = {stage: DEADLINE + timedelta(weeks=n) for n, stage in enumerate(order)}
    late = late if len(late) > 1 else {"points_per_day": 1} | late
    late["free_days"] = free_days
    return course(deadlines=deadlines, late=late), deadlines


def test_free_days_are_spent_in_the_order_of_deadlines():
    rules, deadlines = three(3)
    times = {stage: deadline + timedelta(days=2) for stage, deadline in deadlines.items()}
    found = settle(rules, [report(stage) for stage in STAGES], times)
    assert [r.stage for r in found] == list(STAGES)
    free = {r.stage: (r.final.free_days, r.final.points) for r in found}
    assert free == {
        "two_layer_net": (2, 20),
        "nearest_neighbors": (1, 19),
        "linear_svm": (0, 18),
    }
    assert "2 days, 1 of them free" in found[0].final.steps[0].reason


@pytest.mark.parametrize(
    "spared",
    [
        {"points": 0.0},  # nothing to lose
        {"late": {"at_most_days": 1}},  # lost in any case
        {"excused": {"two_layer_net": ["ada"]}},
        {"override": {"two_layer_net": {"ada": {"points": 15, "reason": "Agreed."}}}},
    ],
)
def test_no_free_day_is_spent_for_nothing(spared):
    rules, deadlines = three(2, **spared.get("late", {}))
    decided = {key: spared[key] for key in ("excused", "override") if key in spared}
    rules = Course.model_validate(rules.model_dump(exclude_unset=True) | decided)
    first = report("two_layer_net", points=spared.get("points", 20.0))
    times = {
        "two_layer_net": deadlines["two_layer_net"] + timedelta(days=2),
        "linear_svm": deadlines["linear_svm"] + timedelta(days=1),
    }
    _, second = settle(rules, [first, report()], times)
    assert (second.final.free_days, second.final.points) == (1, 20)
    if decided:  # in another run, too
        rules = rules.model_copy(update={"submitted": {s: {"ada": t} for s, t in times.items()}})
        assert final(rules).free_days == 1


def test_free_days_of_a_stage_in_another_run_are_counted_by_the_times_given():
    rules, deadlines = three(1)
    time = deadlines["linear_svm"] + timedelta(days=1)
    assert final(rules, time).points == 20
    earlier = {"two_layer_net": {"ada": deadlines["two_layer_net"] + timedelta(hours=1)}}
    assert final(rules.model_copy(update={"submitted": earlier}), time).points == 19


hundredths = st.integers(0, 2000).map(lambda n: n / 100)
delays = st.integers(-2, 12).flatmap(
    lambda d: st.integers(-9000, 9000).map(lambda s: timedelta(days=d, seconds=s))
)
policies = st.fixed_dictionaries(
    {
        "free_days": st.integers(0, 9),
        "grace_minutes": st.integers(0, 90),
        "at_most_days": st.none() | st.integers(0, 9),
        "at_most_lost": st.none() | st.floats(0.5, 60),
    }
).flatmap(
    lambda common: st.one_of(
        st.fixed_dictionaries(
            {"percent_per_day": st.floats(0.1, 100), "of": st.sampled_from(["earned", "maximum"])}
        ),
        st.fixed_dictionaries({"points_per_day": st.floats(0.01, 30)}),
    ).map(lambda price: common | price)
)


@given(policies, st.lists(st.tuples(hundredths, delays), min_size=3, max_size=3), hundredths)
def test_points_stay_between_none_and_what_was_earned(late, work, mark):
    rules, deadlines = three(**late)
    rules = rules.model_copy(
        update={
            "questions": {"linear_svm": {"q": 20.0}},
            "manual": {"linear_svm": {"ada": {"q": mark}}},
        }
    )
    reports = [report(stage, points) for stage, (points, _) in zip(STAGES, work, strict=True)]
    times = {s: deadlines[s] + delay for s, (_, delay) in zip(STAGES, work, strict=True)}
    settled = settle(rules, reports, times)
    for one in settled:
        earned = one.points + (mark if one.stage == "linear_svm" else 0)
        assert 0 <= one.final.points <= round(earned, 2) <= one.final.max_points
        assert one.final.free_days <= one.final.days_late
        before = one.points
        for step in one.final.steps:
            assert step.points_before == before
            before = step.points_after
        assert before == one.final.points
    assert sum(one.final.free_days for one in settled) <= late["free_days"]
    assert settle(rules, settled, times) == settled  # settled again, it is the same


@given(policies, hundredths, delays, st.timedeltas(timedelta(0), timedelta(days=5)))
def test_later_never_earns_more(late, points, delay, more):
    rules = course(late=late)
    early = final(rules, DEADLINE + delay, points=points)
    assert final(rules, DEADLINE + delay + more, points=points).points <= early.points


@given(policies, st.lists(st.tuples(hundredths, delays), min_size=3, max_size=3))
def test_free_days_never_make_anything_worse(late, work):
    reports = [report(stage, points) for stage, (points, _) in zip(STAGES, work, strict=True)]
    results = []
    for free_days in (0, late["free_days"]):
        rules, deadlines = three(**(late | {"free_days": free_days}))
        times = {s: deadlines[s] + delay for s, (_, delay) in zip(STAGES, work, strict=True)}
        results.append([one.final.points for one in settle(rules, reports, times)])
    assert all(without <= with_them for without, with_them in zip(*results, strict=True))


# --- times in exports -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-10-04 15:22:33.000000000 Z", datetime(2021, 10, 4, 15, 22, 33, tzinfo=UTC)),
        ("2015-02-02 15:58:23.948203 UTC", datetime(2015, 2, 2, 15, 58, 23, 948203, UTC)),
        ("2026-07-01T10:00:00-07:00", datetime(2026, 7, 1, 17, tzinfo=UTC)),
        ("2026-07-01 10:00 America/Los_Angeles\n", datetime(2026, 7, 1, 17, tzinfo=UTC)),
        ("2026-07-01 10:00 Atlantis/City", None),
        ("2026-07-01 10:00 America", None),
        ("2026-07-01 10:00 ../../etc/passwd", None),
        ("2026-02-30 10:00Z", None),
        ("0001-01-01 00:00:00+14:00", None),
        ("2024", None),
        ("", None),
    ],
)
def test_times_are_read_as_systems_write_them(text, moment):
    assert moment_of(text) == moment


def test_of_a_time_in_an_export_that_comes_twice_the_earlier_counts():
    moment = nbgrader_moment(b"2026-10-25 02:30:00 Europe/Vienna")
    rules = course(deadlines={"linear_svm": datetime(2026, 10, 25, 1, 0, tzinfo=UTC)})
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert final(rules, moment).days_late == 0
    assert final(rules, moment.replace(fold=1)).days_late == 1


def test_nbgrader_has_utc_where_there_is_no_zone():
    assert nbgrader_moment(b"2026-07-01 10:00:00") == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert nbgrader_moment(b"\xff" * 999) is None


def times_of(folder, stage):
    """Read a class; return when each submission was handed in."""
    read = [read_submissions(entry, [stage])[0] for entry in find_entries(folder)]
    return {one.student: one.submitted for one in read}


def test_the_time_in_an_nbgrader_tree_is_its_assignments(tmp_path):
    for student, name in (("ada", "linear_svm"), ("bob", "2_linear_svm"), ("eve", "ps1")):
        folder = tmp_path / "submitted" / student / name
        folder.mkdir(parents=True)
        (folder / "linear_svm.py").write_text(RIGHT)
        (folder / "timestamp.txt").write_text(f"2026-03-02 10:00:00 UTC{'x' * (name == 'ps')}")
    (tmp_path / "submitted" / "ada" / "convnet").mkdir()
    (tmp_path / "submitted" / "ada" / "convnet" / "timestamp.txt").write_text("2020-01-01 10:00")
    moment = datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert times_of(tmp_path / "submitted", "linear_svm") == dict.fromkeys(
        ("ada", "bob", "eve"), moment
    )


@pytest.mark.parametrize("inside", ["linear_svm/", "work/", ""])
def test_an_archive_in_an_nbgrader_tree_brings_no_time_of_its_own(tmp_path, inside):
    folder = tmp_path / "submitted" / "ada" / "linear_svm"
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2026-03-02 10:00:00 UTC")
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr(f"{inside}linear_svm.py", RIGHT)
        archive.writestr(f"{inside}timestamp.txt", "2026-01-01 10:00:00 UTC")
    found = times_of(tmp_path / "submitted", "linear_svm")
    assert found == {"ada": datetime(2026, 3, 2, 10, tzinfo=UTC)}


def test_the_time_in_gradescopes_export_is_the_latest_submissions(tmp_path):
    person = "  :submitters:\n  - :name: Ada\n    :sid: '1'\n"
    metadata = (
        f"submission_1:\n{person}  :created_at: 2026-03-01 10:00:00.000000000 Z\n"
        f"submission_2:\n{person}  :created_at: 2026-03-02 10:00:00.000000000 Z\n"
        "submission_3:\n  :submitters:\n  - :name: Bob\n  :created_at: 2026-03-02 10:00:00\n"
    )
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for number in (1, 2, 3):
            archive.writestr(f"submission_{number}/linear_svm.py", RIGHT)
        archive.writestr("submission_metadata.yml", metadata)
    found = times_of(tmp_path / "export.zip", "linear_svm")
    assert found == {"Ada": datetime(2026, 3, 2, 10, tzinfo=UTC), "Bob": None}  # Bob's has no zone


# --- pages ------------------------------------------------------------------------------------


def test_pages_show_each_step_and_escape_it():
    rules = course(
        questions={"linear_svm": {"<q>": 4}},
        override={"linear_svm": {"ada": {"points": 7.5, "reason": "<script>alert(1)</script>"}}},
    )
    settled = settle(rules, [report()], {"linear_svm": DEADLINE})
    stage = find_stage(KIT, "linear_svm")
    page = student_page(settled[0], stage)
    for words in ("What counts: 7.5 of 24 points", "Written questions", "Time of submission"):
        assert words in page
    assert "−12.5" in page
    whole = class_page(settled, {"ada": "ada"}, [stage], "strict", True)
    assert "From the checks to what counts" in whole
    for html in (page, whole):
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert" not in html
    for html in (
        student_page(report(), stage),
        class_page([report()], {"ada": "ada"}, [stage], "strict", True),
    ):
        assert "What counts" not in html
        assert "From the checks" not in html


# --- a class ----------------------------------------------------------------------------------

TOML = """
timezone = "Europe/Vienna"
students = ["grace", "hal", "zoe"]
[deadlines]
linear_svm = 2026-03-02T23:59:00
[late]
percent_per_day = 10
of = "earned"
[submitted.linear_svm]
ada = 2026-03-02T23:59:00
bob = 2026-03-03T08:00:00
[excused]
all = ["grace"]
[questions.linear_svm]
q1 = 4
[manual.linear_svm]
ada = { q1 = 3 }
hal = { q1 = 2 }
[override.linear_svm.eve]
points = 12.5
reason = "=Agreed"
"""


one_class = pytest.mark.xdist_group("course rules")  # one process grades it


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """Grade three students by rules that name three more."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "class").mkdir()
    for student in ("ada", "bob", "eve"):
        (folder / "class" / f"{student}.py").write_text(RIGHT)
    (folder / "course.toml").write_text(TOML)
    return folder, grade(folder)


def grade(folder, *more):
    where = "--stage", "linear_svm", "--out", folder / "r", "--kit", KIT
    what = "--isolation", "process", "--secret", "s", "--course", folder / "course.toml"
    return autograder("grade", folder / "class", *where, *what, *more)


def rows(folder):
    with (folder / "r" / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@one_class
def test_a_class_is_settled(settled):
    folder, result = settled
    assert result.code == 0, result.err
    columns = ("status", "points", "max_points", "final_points", "final_max_points")
    columns += ("after_manual", "after_late", "after_override", "days_late")
    assert {student: [row[c] for c in columns] for student, row in rows(folder).items()} == {
        "ada": ["graded", "34", "34", "37", "38", "37", "37", "", "0"],
        "bob": ["graded", "34", "34", "30.6", "38", "34", "30.6", "", "1"],
        "eve": ["graded", "34", "34", "12.5", "38", "34", "34", "12.5", "0"],
        "grace": ["unreadable", "0", "34", "EX", "", "", "", "", "0"],
        "hal": ["unreadable", "0", "34", "2", "38", "2", "2", "", "0"],
    }
    header = list(rows(folder)["ada"])
    assert header[:5] == ["student", "stage", "status", "points", "max_points"]
    assert header.index("final_points") > header.index("tune_svm")
    for words in (
        r"bob +30\.6 +30\.6",
        r"bob \(linear_svm\): checks 34, written questions 34, time of submission 30\.6",
        "grace +EX",
        "linear_svm: 1 without a known time of submission, counted as in time",
        "no submission and so no row: zoe",
        "3 submissions graded",
    ):
        assert re.search(words, result.out), words
    (step,) = json.loads((folder / "r" / "hal" / "linear_svm.json").read_text())["final"]["steps"][
        :1
    ]
    assert step == {
        "what": "manual",
        "points_before": 0,
        "points_after": 2,
        "reason": "q1: 2 of 4.",
    }


@one_class
def test_who_is_excused_is_no_trouble(settled):
    folder, _ = settled
    page = (folder / "r" / "index.html").read_text("utf-8")
    troubles = page.partition('id="trouble"')[2].partition("</section>")[0]
    assert "hal" in troubles
    assert "grace" not in troubles
    assert "you are excused" in (folder / "r" / "grace" / "linear_svm.html").read_text("utf-8")


@one_class
def test_another_deadline_grades_nothing_anew_and_says_whose_points_moved(settled):
    folder, _ = settled
    store = {p: p.stat().st_mtime_ns for p in (folder / "r" / ".cache").iterdir()}
    (folder / "course.toml").write_text(
        TOML.replace("03-02T23:59:00\n[late]", "03-05T23:59:00\n[late]")
    )
    result = grade(folder)
    assert {p: p.stat().st_mtime_ns for p in (folder / "r" / ".cache").iterdir()} == store
    assert rows(folder)["bob"]["final_points"] == "34"
    assert "linear_svm: 0 graded anew, 5 kept." in result.out
    (move,) = json.loads((folder / "r" / "regrade.json").read_text())["moved"]
    assert (move["student"], move["before"]["final"]["points"], move["checks"]) == ("bob", 30.6, [])
    assert re.search("^time of submission: −3.4 before, 0 now", move["why"][0])
    (folder / "course.toml").write_text(TOML)
    grade(folder)
    assert rows(folder)["bob"]["final_points"] == "30.6"


@one_class
def test_somebody_unknown_is_refused_before_anything_is_graded(settled, tmp_path):
    folder, _ = settled
    (tmp_path / "class").symlink_to(folder / "class")
    (tmp_path / "course.toml").write_text(TOML + "[manual.linear_svm.adda]\nq1 = 1\n")
    result = grade(tmp_path)
    assert (result.code, result.out) == (2, "")
    assert "manual.linear_svm (adda): nobody of that name has handed in" in result.err
    assert result.err.count("\n") == 1
    assert not (tmp_path / "r").exists()


ROSTER = "name,id\n" + "".join(f"{name},{name}\n" for name in ("ada", "bob", "eve", "grace", "hal"))


def exported(folder, tmp_path, *words):
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER)
    return autograder("export", folder / "r", *words, "--roster", roster)


@one_class
def test_exports_hand_on_what_counts(settled, tmp_path):
    folder, _ = settled
    canvas = exported(folder, tmp_path, "--to", "canvas")
    assert canvas.code == 0, canvas.err
    cells = {line.split(",")[0]: line.split(",")[-1] for line in canvas.out.splitlines()[2:]}
    expected = {"ada": "37", "bob": "30.6", "eve": "12.5", "grace": "EX", "hal": "2"}
    assert cells == expected
    assert canvas.out.splitlines()[1].split(",")[-1] == "38"

    plain = list(csv.DictReader(exported(folder, tmp_path, "--to", "csv").out.splitlines()))
    assert {row["student"]: row["linear_svm"] for row in plain} == expected
    assert {row["linear_svm_max"] for row in plain} == {"38"}

    moodle = exported(folder, tmp_path, "--to", "moodle")
    cells = {line.split(",")[0]: line.split(",")[-1] for line in moodle.out.splitlines()[1:]}
    assert cells == expected | {"grace": ""}
    assert "grace is excused from linear_svm" in moodle.err

    done = exported(folder, tmp_path, "--to", "gradescope", "--out", tmp_path / "g")
    assert "grace is excused from linear_svm" in done.err
    assert not (tmp_path / "g" / "grace").exists()
    bob = json.loads((tmp_path / "g" / "bob" / "results.json").read_text())
    assert bob["score"] == 30.6
    assert "Time of submission: 30.6 (Handed in 2026-03-03" in bob["output"]


@one_class
def test_moodles_worksheet_keeps_the_grade_of_the_excused(settled, tmp_path):
    folder, _ = settled
    sheet = tmp_path / "sheet.csv"
    lines = [f"Participant {n},{name},x@y,Submitted,5,38,Yes,-\n" for n, name in enumerate(
        ("ada", "bob", "eve", "grace", "hal"), 1
    )]  # fmt: skip
    head = "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Changeable,Modified\n"
    sheet.write_text(head + "".join(lines))
    result = autograder("export", folder / "r", "--to", "moodle", "--template", sheet)
    cells = {line.split(",")[1]: line.split(",")[4] for line in result.out.splitlines()[1:]}
    assert cells == {"ada": "37", "bob": "30.6", "eve": "12.5", "grace": "5", "hal": "2"}


@one_class
def test_any_number_of_jobs_settles_alike(settled, tmp_path):
    folder, _ = settled
    (tmp_path / "class").symlink_to(folder / "class")
    (tmp_path / "course.toml").write_text(TOML)
    assert grade(tmp_path, "--jobs", 1).code == 0
    for name in ("grades.csv", "ledger.json"):
        assert (tmp_path / "r" / name).read_bytes() == (folder / "r" / name).read_bytes()
