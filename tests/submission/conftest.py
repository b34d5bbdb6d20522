"""Fixtures that build classes of submissions and read them."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from autograder.submission import find_entries, read_submissions


@pytest.fixture
def build(tmp_path):
    """Write a tree: ``build({"ada/x.py": b"..."})``; a value of None makes a folder."""

    def write(files, root="class"):
        folder = tmp_path / root
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.mkdir()
            else:
                path.write_bytes(content)
        return folder

    return write


@pytest.fixture
def read():
    """Read all entries of a path for one stage, as a dict by student."""

    def by_student(path, stages=("linear_svm",), known=("nearest_neighbors", "convnet")):
        entries = find_entries(path)
        found = [read_submissions(entry, list(stages), known) for entry in entries]
        return {submissions[0].student: submissions[0] for submissions in found}

    return by_student


@pytest.fixture
def read_one(build, read):
    """Read one student's folder or archive, given as its bytes."""

    def one(content, name="ada.zip", **keywords):
        if isinstance(content, dict):
            folder = build({f"ada/{path}": data for path, data in content.items()})
        else:
            folder = build({name: content})
        (submission,) = read(folder, **keywords).values()
        return submission

    return one


@pytest.fixture
def nobody():
    """A folder that a user without rights can enter, and a switch to that user."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)

    class Nobody:
        path = folder

        def __enter__(self):
            if os.geteuid() == 0:
                os.seteuid(65534)

        def __exit__(self, *_):
            if os.getuid() == 0:
                os.seteuid(0)

    yield Nobody()
    shutil.rmtree(folder)
