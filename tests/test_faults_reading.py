"""Submissions that change while they are read: refused whole, in one sentence, for this run."""

import os
import shutil

import pytest

from autograder.submission import find_entries, read_submissions, unpack
from tests.command import autograder
from tests.faults import RIGHT, STAGE
from tests.mistakes import KIT


@pytest.fixture
def ada(tmp_path):
    """Make a folder with one submission, a folder with a package in it."""
    folder = tmp_path / "class" / "ada"
    (folder / "more").mkdir(parents=True)
    (folder / f"{STAGE}.py").write_text(RIGHT)
    (folder / "more" / "code.py").write_text("mine = 1\n")
    return folder


@pytest.fixture
def secrets(tmp_path):
    """Make a folder that is no student's affair."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name in (f"{STAGE}.py", "code.py"):
        (folder / name).write_text("secret = 1\n")
    return folder


def read(path, between=lambda: None):
    """Read the only entry for the stage; something happens after it was found."""
    (entry,) = find_entries(path)
    between()
    (submission,) = read_submissions(entry, [STAGE])
    assert not any(b"secret" in content for content in submission.files.values())
    return submission


def swap(path, secrets, how):
    """Put something else in the place of a file or folder."""
    path.rename(secrets.parent / "away")
    if how == "link":
        path.symlink_to(secrets / path.name if path.suffix else secrets)
    elif how == "folder":
        path.mkdir()
    elif how == "file":
        path.write_text("secret = 1\n")


CHANGED = "{} {} while it was read{}: run the same command again when nobody writes there."


@pytest.mark.parametrize("how", ["gone", "link", "file"])
def test_a_folder_that_is_swapped_before_it_is_read(ada, secrets, how):
    reason = read(ada.parent, lambda: swap(ada, secrets, how)).reason
    assert reason == CHANGED.format("ada/", "changed", "")


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("gone", CHANGED.format("ada.py", "vanished", "")),
        ("link", "ada.py is a symbolic link, so it was not read: hand in the file itself."),
        ("folder", "ada.py is a folder, so it was not read: hand in the file itself."),
    ],
)
def test_a_file_that_is_swapped_before_it_is_read(tmp_path, secrets, how, reason):
    path = tmp_path / "class" / "ada.py"
    path.parent.mkdir()
    path.write_text(RIGHT)

    def swapped():
        path.unlink()
        if how == "link":
            path.symlink_to(secrets / f"{STAGE}.py")
        elif how == "folder":
            path.mkdir()

    assert read(path.parent, swapped).reason == reason


@pytest.fixture
def after_listing(monkeypatch):
    """Have something done after a folder is listed: ``after_listing(folder, do)``."""

    def hook(folder, do):
        real = unpack._list

        def listed(path, *found):
            items = real(path, *found)
            if path == folder:
                do()
            return items

        monkeypatch.setattr(unpack, "_list", listed)

    return hook


@pytest.mark.parametrize("how", ["gone", "link", "file"])
def test_a_folder_in_a_submission_that_is_swapped(ada, secrets, how, after_listing):
    after_listing(ada, lambda: swap(ada / "more", secrets, how))
    assert read(ada.parent).reason == CHANGED.format("ada/", "changed", " (“more”)")


def test_a_folder_within_one_that_is_swapped(ada, secrets, after_listing):
    """The inner one is looked for behind a link now."""
    for outer in (ada / "more", secrets):
        (outer / "deep").mkdir()
        (outer / "deep" / "code.py").write_text("secret = 1\n" if outer == secrets else "")
    after_listing(ada / "more", lambda: swap(ada / "more", secrets, "link"))
    assert read(ada.parent).reason == CHANGED.format("ada/", "changed", " (“more/deep”)")


@pytest.mark.parametrize("how", ["gone", "link", "file"])
def test_a_folder_that_is_swapped_after_it_is_listed(ada, secrets, how, after_listing):
    """Its files are looked for behind a link now, under the names that are known."""
    after_listing(ada / "more", lambda: swap(ada / "more", secrets, how))
    reason = read(ada.parent).reason
    if how == "file":
        assert not reason
    else:
        what = "vanished" if how == "gone" else "changed"
        assert reason == CHANGED.format("ada/", what, " (“more/code.py”)")


@pytest.mark.parametrize("how", ["gone", "file", "same size"])
def test_a_file_in_a_submission_that_is_swapped(ada, secrets, how, after_listing):
    """By another of its name, as editors and uploads do when they save."""
    path = ada / f"{STAGE}.py"

    def save():
        if how == "same size":
            shutil.copy2(path, secrets / "copy")
            (secrets / "copy").replace(path)
        else:
            swap(path, secrets, how)

    after_listing(ada, save)
    what = "vanished" if how == "gone" else "changed"
    assert read(ada.parent).reason == CHANGED.format("ada/", what, f" (“{STAGE}.py”)")


def test_the_same_command_grades_it_when_it_is_at_rest(ada, tmp_path, monkeypatch):
    (ada.parent / "bob.py").write_text(RIGHT)
    words = ["grade", ada.parent, "--stage", STAGE, "--kit", KIT, "--isolation", "process"]
    words += ["--secret", "s", "--jobs", "1", "--out"]
    fstat, changes, path = os.fstat, [], ada / f"{STAGE}.py"

    def change(number):
        status = fstat(number)
        if os.path.samestat(status, path.stat()) and not changes:
            changes.append(os.utime(path, (1, 1)))
        return status

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", change)
        assert autograder(*words, tmp_path / "r").code == 0
    first = (tmp_path / "r" / "grades.csv").read_text().splitlines()
    assert [row.split(",")[2] for row in first[1:]] == ["unreadable", "graded"]
    assert autograder(*words, tmp_path / "r").code == 0
    assert autograder(*words, tmp_path / "undisturbed").code == 0
    again = (tmp_path / "r" / "grades.csv").read_bytes()
    assert again == (tmp_path / "undisturbed" / "grades.csv").read_bytes()
