"""The assignment as a pytest file that imports the student's, as many courses grade."""

import inspect
import sys
from pathlib import Path

from benchmarks.peers import tests

FIXTURES = """
import pytest
import functions


@pytest.fixture
def svm_loss():
    return functions.svm_loss


@pytest.fixture
def nn_forward():
    return functions.nn_forward
"""


def make(folder: Path, students: dict[str, str]) -> None:
    """Write a folder for each student, with the tests in it."""
    for name, source in students.items():
        place = folder / name
        place.mkdir(parents=True)
        (place / "functions.py").write_text(source, "utf-8")
        (place / "test_functions.py").write_text(inspect.getsource(tests) + FIXTURES, "utf-8")


def command(folder: Path, student: str) -> list[str]:
    """Write the command line that grades one student."""
    place = folder / student
    words = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:autograder",
        "--noconftest",
        "-c",
        "/dev/null",
    ]
    junit = f"--junitxml={place / 'junit.xml'}"
    return [sys.executable, "-m", "pytest", *words, f"--rootdir={place}", junit, str(place)]


def points(folder: Path, student: str) -> float:
    """Read how many tests passed."""
    import xml.etree.ElementTree as ElementTree

    suite = ElementTree.parse(folder / student / "junit.xml").getroot()[0]
    return float(int(suite.attrib["tests"]) - int(suite.attrib["failures"]))
