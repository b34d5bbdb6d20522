"""stage.toml: what is read, and how a mistake in it is told."""

import pytest

from autograder.errors import UserError
from autograder.stage import find_stage, read_stage, read_stages
from tests.mistakes import KIT

GOOD = """
number = 9
name = "probe"
title = "Probe"
summary = "A stage."

[limits]
call_seconds = 2

[[functions]]
name = "one"
points = 1.5
hints = ["Think."]

[[functions]]
name = "two"
points = 2
uses = ["one"]
training = true
vectorized = ["N"]
hints = ["Think.", "Harder."]
"""


@pytest.fixture
def write(tmp_path):
    def write_stage(text, encoding="utf-8"):
        path = tmp_path / "stage.toml"
        path.write_text(text, encoding=encoding)
        return path

    return write_stage


def test_a_good_stage_is_read_with_defaults(write):
    stage = read_stage(write(GOOD))
    assert stage.max_points == 3.5
    assert (stage.seconds("one"), stage.seconds("two")) == (2, 60)
    assert stage.limits.submission_seconds == 300
    assert stage.function("two").uses == ("one",)
    assert [function.vectorized for function in stage.functions] == [(), ("N",)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("points = 1.5", "points = -1", r"functions\[0\]\.points: .*greater than 0, found -1"),
        ("points = 1.5", "points = 1.005", r"functions\[0\]\.points: .*two decimals"),
        ("points = 1.5", 'points = "many"', r"functions\[0\]\.points: .*found 'many'"),
        ("points = 1.5", 'points = "3"', r"functions\[0\]\.points: .*found '3'"),
        ("points = 1.5", "points = true", r"functions\[0\]\.points: .*number"),
        ("number = 9", "number = true", "number: should be a whole number, found true"),
        ('uses = ["one"]', "uses = 3", r"functions\[1\]\.uses: should be a list, found 3"),
        ("call_seconds = 2", "call_seconds = '2'", r"limits\.call_seconds: .*found '2'"),
        ("training = true", "training = 1", r"\.training: should be true or false, found 1"),
        ("points = 1.5\n", "", r"functions\[0\]\.points: is missing"),
        ('title = "Probe"', "", "title: is missing"),
        ("call_seconds", "call_secs", r"limits\.call_secs: is not a key"),
        ("call_seconds = 2", "call_seconds = 0", r"limits\.call_seconds: .*greater than 0"),
        ('uses = ["one"]', 'uses = ["three"]', "two uses three, which is not an earlier function"),
        ('["N"]', '["n"]', r"functions\[1\]\.vectorized\[0\]: .*found 'n'"),
        ('["N"]', '["N", "N"]', r"functions\[1\]\.vectorized: should name each letter once"),
        ('["N"]', '"N"', r"functions\[1\]\.vectorized: .*found 'N'"),
        ('name = "two"', 'name = "one"', "one stands there twice"),
        ('name = "one"', 'name = "not a name"', r"functions\[0\]\.name: .*Python function"),
        ('hints = ["Think."]', "hints = []", r"functions\[0\]\.hints: should have at least 1 item"),
        ("number = 9", "number = 9 9", "not valid TOML"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_key(write, old, new, words):
    assert old in GOOD
    path = write(GOOD.replace(old, new, 1))
    with pytest.raises(UserError, match=words) as caught:
        read_stage(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_in_another_encoding_or_missing_is_told(write, tmp_path):
    with pytest.raises(UserError, match="not UTF-8"):
        read_stage(write(GOOD + "# \xe9", encoding="latin-1"))
    with pytest.raises(UserError, match="can't be read"):
        read_stage(tmp_path / "nothing.toml")


def test_a_byte_order_mark_is_no_mistake(write):
    assert read_stage(write(GOOD, encoding="utf-8-sig")) == read_stage(write(GOOD))


def test_the_kits_stages_are_in_order_and_an_unknown_one_is_told():
    assert [stage.number for stage in read_stages(KIT)] == [0, 1, 2, 3, 4, 5, 6, 7]
    with pytest.raises(UserError, match="no stage 'svm'; this kit has perceptron, nearest"):
        find_stage(KIT, "svm")
    with pytest.raises(UserError, match="has no function 'loss'; it has add_bias"):
        find_stage(KIT, "linear_svm").function("loss")


def test_folder_and_stage_have_one_name(tmp_path):
    folder = tmp_path / "assignments" / "8_probe"
    folder.mkdir(parents=True)
    (folder / "stage.toml").write_text(GOOD)
    with pytest.raises(UserError, match="make 9_probe, but the folder is 8_probe"):
        read_stages(tmp_path)
