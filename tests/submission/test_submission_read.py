"""From an entry's files to what each stage gets."""

import os
from pathlib import Path

import pytest
from archives import SOURCE, zip_of

from autograder.errors import UserError
from autograder.submission import (
    Submission,
    find_entries,
    read_submissions,
    read_working_folder,
    unpack,
)

STAGE = "linear_svm.py"
NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": "A = 1\\nprint(A)"}]}'


# Which file


def test_file_found_deeper_moves_to_the_root_with_its_siblings(read_one):
    files = {f"hw/src/{STAGE}": SOURCE, "hw/src/net/__init__.py": b"1", "hw/src/w.csv": b"2"}
    submission = read_one({**files, "hw/readme.txt": b"", "src/other.txt": b""})
    assert submission.files == {STAGE: SOURCE, "net/__init__.py": b"1", "w.csv": b"2"}
    assert submission.notes == ()


def test_code_that_is_left_behind_is_noted(read_one):
    submission = read_one({f"src/{STAGE}": SOURCE, "utils.py": b"", "convnet.py": b""})
    assert submission.files == {STAGE: SOURCE}
    assert submission.notes == ("utils.py left out: only what lies in src/ is graded.",)


def test_shallowest_file_wins(read_one):
    submission = read_one({STAGE: SOURCE, f"old/{STAGE}": b"old", "a/b/linear_svm.ipynb": b""})
    assert submission.files == {STAGE: SOURCE, f"old/{STAGE}": b"old"}
    assert submission.notes == (
        "linear_svm.py was graded, not a/b/linear_svm.ipynb, old/linear_svm.py.",
    )


def test_notebook_above_a_stub_wins(read_one):
    submission = read_one({"linear_svm.ipynb": NOTEBOOK, f"starter/{STAGE}": SOURCE})
    assert submission.files[STAGE] == b"# cell 1\nA = 1\n"


@pytest.mark.parametrize("suffix", ["py", "ipynb"])
def test_two_at_the_same_depth_are_not_guessed_at(read_one, suffix):
    submission = read_one({f"a/linear_svm.{suffix}": NOTEBOOK, f"b/linear_svm.{suffix}": NOTEBOOK})
    assert submission.files == {}
    assert submission.reason == (
        f"ada/ holds a/linear_svm.{suffix} and b/linear_svm.{suffix}: "
        "keep the one that is to be graded."
    )


def test_python_wins_over_the_notebook_beside_it(read_one):
    submission = read_one({STAGE: SOURCE, "linear_svm.ipynb": NOTEBOOK})
    assert submission.files == {STAGE: SOURCE}
    assert submission.notes == ("linear_svm.py was graded, not linear_svm.ipynb.",)


def test_notebook(read_one):
    submission = read_one({"linear_svm.ipynb": NOTEBOOK, "h.py": b"", "other.ipynb": b""})
    assert submission.files == {STAGE: b"# cell 1\nA = 1\n", "h.py": b""}
    assert submission.notes == ("cell 1, line 2: `print(A)` left out",)


def test_damaged_notebook(read_one):
    submission = read_one({"linear_svm.ipynb": b"{"})
    assert submission.files == {}
    assert submission.reason.startswith("linear_svm.ipynb in ada/ can't be read: it is not a note")


def test_nothing_for_the_stage(read_one):
    submission = read_one(zip_of({"a.txt": b"", "b.py": b"", "c.py": b""}))
    assert submission.files == {}
    assert submission.reason == (
        "There is no linear_svm.py or linear_svm.ipynb in ada.zip; found a.txt, b.py, c.py."
    )


def test_at_most_five_names_are_listed(read_one):
    reason = read_one({f"{i}.txt": b"" for i in range(9)}).reason
    assert reason.endswith("found 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 4 more.")


@pytest.mark.parametrize("files", [{".DS_Store": b""}, {}])
def test_empty_archive(read_one, files):
    assert read_one(zip_of(files)).reason.endswith("in ada.zip; found no file.")


def test_names_cannot_break_the_sentence(read_one):
    reason = read_one({"x" * 200 + ".txt": b"", "\u2028.txt": b""}).reason
    assert len(reason) < 250 and "\u2028" not in reason and "xx…xx" in reason


def test_link_beside_other_files_does_not_hide_them(read_one):
    reason = read_one(zip_of({"a.txt": b"", "b": b"/etc/passwd"}, links=["b"])).reason
    assert reason.endswith("found a.txt, b.")


@pytest.mark.parametrize("name", ["ada.py", "ada.ipynb", "homework 2.py"])
@pytest.mark.parametrize("pack", [dict, zip_of])
def test_single_file_counts_whatever_its_name(read_one, name, pack):
    content = NOTEBOOK if name.endswith("ipynb") else SOURCE
    submission = read_one(pack({name: content}))
    assert list(submission.files) == [STAGE]
    assert submission.notes[0] == f"{name} was taken for linear_svm.py, as the only file of code."


def test_single_file_entry(read_one):
    assert read_one(SOURCE, "ada.py") == Submission("ada", "linear_svm", {STAGE: SOURCE})


def test_helpers_do_not_stand_in(read_one):
    files = {"conftest.py": b"", "test_all.py": b"", "setup.py": b"", "hw.py": SOURCE}
    assert read_one(files).files[STAGE] == SOURCE


def test_only_helpers(read_one):
    assert read_one({"conftest.py": b"", "__init__.py": b""}).files == {}


def test_single_file_does_not_count_for_several_stages(read_one, build, read):
    build({"ada.py": SOURCE})
    assert read_one({}, stages=["linear_svm", "convnet"]).reason


@pytest.mark.parametrize("name", ["convnet.py", "nearest_neighbors.ipynb"])
def test_file_of_another_stage_is_never_taken(read_one, name):
    assert f"found {name}" in read_one({name: SOURCE}).reason


def test_file_of_another_stage_beside_a_single_file(read_one):
    assert read_one({"convnet.py": SOURCE, "hw.py": SOURCE}).reason


def test_several_stages_at_once(build):
    folder = build({"ada/linear_svm.py": b"1", "ada/sub/convnet.py": b"2", "ada/sub/u.py": b"3"})
    (entry,) = find_entries(folder)
    stages = ["linear_svm", "convnet", "two_layer_net"]
    svm, convnet, net = read_submissions(entry, stages, stages)
    assert svm.files == {STAGE: b"1", "sub/convnet.py": b"2", "sub/u.py": b"3"}
    assert convnet.files == {"convnet.py": b"2", "u.py": b"3"}
    assert net.reason and net.stage == "two_layer_net" and net.student == "ada"


def test_hooks_of_students_are_kept_as_files(read_one):
    files = {"conftest.py": b"", "pytest.ini": b"", "sitecustomize.py": b"", "a.pth": b"import os"}
    assert sorted(read_one({STAGE: SOURCE, **files}).files) == sorted([STAGE, *files])


def test_each_file_is_opened_once(build, monkeypatch):
    folder = build({f"ada/{STAGE}": SOURCE, "ada/convnet.py": b"", "bob.zip": zip_of({STAGE: b""})})
    opened = []
    real = os.open

    def count(path, *args, **keywords):
        opened.append(os.fspath(path))
        return real(path, *args, **keywords)

    for entry in find_entries(folder):
        with monkeypatch.context() as patch:
            patch.setattr(os, "open", count)
            read_submissions(entry, ["linear_svm", "convnet"])
    files = [path for path in opened if not Path(path).is_dir()]
    assert len(files) == len(set(files)) == 3


def test_reading_is_repeatable(build):
    (entry,) = find_entries(build({f"ada/{STAGE}": SOURCE, "ada/b.txt": b""}))
    assert read_submissions(entry, ["linear_svm"]) == read_submissions(entry, ["linear_svm"])


def test_notes_are_few(read_one, build):
    folder = build({f"ada/{STAGE}": SOURCE}) / "ada"
    for number in range(50):
        (folder / f"{number:02}").symlink_to("/")
    notes = read_one({}).notes
    assert len(notes) == 21 and notes[-1] == "… and 30 more notes."


# Text


@pytest.mark.parametrize(
    "data",
    [
        "# é\n".encode(),
        b"\xef\xbb\xbfx = 1\n",
        b"\xef\xbb\xbf# coding: utf-8\n",
        "# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"),
        "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '€'".encode("cp1252"),
        "# é\r# coding: latin-1\rx = 'é'".encode("latin-1"),
        b"# coding: utf_8_sig",
        "# coding: euc-jp\nx = '\u3042'\n".encode("euc-jp"),
        b"",
    ],
)
def test_text_that_python_reads_is_kept_as_it_is(read_one, data):
    compile(data, "linear_svm.py", "exec")
    assert read_one({STAGE: data}).files == {STAGE: data}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("# ok\nx = 'é'\n".encode("latin-1"), "is not UTF-8: byte 0xe9 at position 10, line 2"),
        (b"\xef\xbb\xbfx = '\xff'", "byte 0xff at position 8, line 1; save it as UTF-8"),
        (b"x = 1\n\n# coding: latin-1\ny = '\xe9'", "is not UTF-8: byte 0xe9"),
        (b"x = 1\n# coding: latin-1\ny = '\xe9'", "is not UTF-8: byte 0xe9"),
        (b"# coding: ascii\nx = '\xe9'", "is not ascii: byte 0xe9 at position 21, line 2"),
        (b"# coding: klingon\n", "declares the encoding klingon, which Python can't read"),
        (b"# coding: rot13\n", "declares the encoding rot13"),
        (b"# coding: hex\n", "declares the encoding hex"),
        (b"# coding: punycode\n", "declares the encoding punycode"),
        (b"# coding: undefined\n", "can't be decoded as undefined"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "begins as UTF-8 but declares the encoding latin-1"),
        (b"x = 1\0\n", "holds a NUL byte (position 5, line 1)"),
        ("x = 1".encode("utf-16"), "is saved as UTF-16: save it as UTF-8"),
    ],
)
def test_text_that_python_cannot_read(read_one, data, problem):
    with pytest.raises((SyntaxError, ValueError, LookupError)):
        compile(data, "linear_svm.py", "exec")
    submission = read_one({STAGE: data})
    assert submission.files == {}
    assert problem in submission.reason and submission.reason.startswith("linear_svm.py in ada/ ")


def test_only_the_stage_file_must_be_text(read_one):
    assert len(read_one({STAGE: SOURCE, "b.py": b"\xff\0"}).files) == 2


def test_what_is_no_python_is_left_to_the_sandbox(read_one):
    assert read_one({STAGE: b"def f(:"}).files == {STAGE: b"def f(:"}


# The hash


def test_hash_is_of_names_and_contents():
    def sha(files, student="ada", **keywords):
        return Submission(student, "linear_svm", files, **keywords).sha256

    assert len(sha({})) == 64
    assert sha({"a": b"1", "b": b"2"}) == sha({"b": b"2", "a": b"1"}, "bob", notes=("x",))
    different = [{}, {"a": b""}, {"a": b"b"}, {"ab": b""}, {"a": b"", "b": b""}, {"b": b"a"}]
    assert len({sha(files) for files in different}) == len(different)
    assert sha({}, reason="x") != sha({}, reason="y") != sha({})


def test_hash_does_not_depend_on_how_it_was_handed_in(build, read):
    folder = build(
        {
            f"ada/{STAGE}": SOURCE,
            "bob.zip": zip_of({STAGE: SOURCE}),
            "carl.zip": zip_of({f"hw/sub/{STAGE}": SOURCE, ".DS_Store": b"x"}),
            "dora.py": SOURCE,
        }
    )
    os.utime(folder / "ada" / STAGE, (1, 1))
    assert len({submission.sha256 for submission in read(folder).values()}) == 1


def test_hash_of_a_notebook_does_not_depend_on_its_outputs(build, read):
    run = NOTEBOOK.replace(b'"source"', b'"outputs": [1], "source"')
    found = read(build({"ada.ipynb": NOTEBOOK, "bob.ipynb": run}))
    assert found["ada"].sha256 == found["bob"].sha256


# A student's own folder


def working(folder, stage="linear_svm"):
    return read_working_folder(folder, stage, ["nearest_neighbors", "convnet"])


def test_working_folder(build):
    folder = build(
        {
            STAGE: SOURCE,
            "helpers.py": b"1",
            "data.npy": b"2",
            "notes.txt": b"3",
            "sub/deep.py": b"4",
            "net/__init__.py": b"5",
            "net/layers.py": b"6",
            "net/inner/__init__.py": b"7",
            "net/loose/x.py": b"8",
            "other.ipynb": b"9",
            ".hidden.py": b"",
            "__pycache__/x.pyc": b"",
        }
    )
    assert working(folder) == Submission(
        "you",
        "linear_svm",
        {
            STAGE: SOURCE,
            "helpers.py": b"1",
            "net/__init__.py": b"5",
            "net/layers.py": b"6",
            "net/inner/__init__.py": b"7",
        },
    )


def test_working_folder_follows_links(build, tmp_path):
    (tmp_path / "mine.py").write_bytes(SOURCE)
    (tmp_path / "h.py").write_bytes(b"1")
    folder = build({})
    (folder / STAGE).symlink_to(tmp_path / "mine.py")
    os.link(tmp_path / "h.py", folder / "h.py")
    assert working(folder).files == {STAGE: SOURCE, "h.py": b"1"}


def test_working_folder_does_not_go_in_circles(build):
    folder = build({STAGE: SOURCE, "net/__init__.py": b""})
    (folder / "net/loop").symlink_to(folder / "net")
    assert sorted(working(folder).files) == [STAGE, "net/__init__.py"]


def test_working_notebook(build):
    submission = working(build({"linear_svm.ipynb": NOTEBOOK}))
    assert submission.files == {STAGE: b"# cell 1\nA = 1\n"}
    assert submission.notes == ("cell 1, line 2: `print(A)` left out",)


def test_python_wins_in_a_working_folder(build):
    submission = working(build({STAGE: SOURCE, "linear_svm.ipynb": NOTEBOOK}))
    assert submission.notes == ("linear_svm.py was graded, not linear_svm.ipynb.",)


def test_working_file(build):
    folder = build({"mine.py": SOURCE, "linear_svm.ipynb": NOTEBOOK, "h.py": b""})
    (folder / "mine.ipynb").write_bytes(NOTEBOOK)
    assert working(folder / "mine.py").files == {STAGE: SOURCE, "h.py": b""}
    assert working(folder / "mine.py").notes == ()
    assert working(folder / "linear_svm.ipynb").files[STAGE] == b"# cell 1\nA = 1\n"


def test_working_file_that_is_no_text(build):
    submission = working(build({STAGE: b"\xff"}))
    assert submission.files == {} and "is not UTF-8: byte 0xff" in submission.reason


@pytest.mark.parametrize(
    ("files", "part", "message"),
    [
        ({}, "gone", "gone is not there"),
        ({}, "", "There is no linear_svm.py or linear_svm.ipynb in .*; found no Python file"),
        ({"b.py": b"", "c.ipynb": b"", "d.txt": b""}, "", "; found b.py, c.ipynb.$"),
        ({"ada.zip": b""}, "ada.zip", "is no Python file: expected linear_svm.py"),
    ],
)
def test_working_folder_that_is_wrong(build, files, part, message):
    with pytest.raises(UserError, match=message):
        working(build(files) / part)


def test_working_file_that_is_a_fifo(build):
    folder = build({})
    os.mkfifo(folder / STAGE)
    with pytest.raises(UserError, match="is a FIFO"):
        working(folder)


def test_working_folder_within_limits(build):
    folder = build({STAGE: SOURCE})
    with (folder / "big.py").open("wb") as file:
        file.truncate(2**25)
    os.mkfifo(folder / "pipe.py")
    assert working(folder).files == {STAGE: SOURCE}


def test_working_folder_with_many_files(build, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_FILES", 5)
    folder = build({STAGE: SOURCE} | {f"{i}.py": b"" for i in range(10)})
    assert len(working(folder).files) == 5
    monkeypatch.setattr(unpack, "MAX_TOTAL_BYTES", len(SOURCE) + 3)
    (folder / "0.py").write_bytes(b"1234")
    assert sorted(working(folder).files) == ["1.py", "2.py", "3.py", "4.py", STAGE]
