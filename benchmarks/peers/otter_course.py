"""The assignment as an otter autograder."""

import json
import subprocess
from pathlib import Path

from benchmarks.peers.parts import HELPERS, TESTS

TEST = """
from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = 1

import numpy as np

{helpers}

{source}

@test_case(points=1, hidden={hidden})
def graded({function}):
    {name}({function})
"""


def make(folder: Path, students: dict[str, str]) -> None:
    """Write the tests, make the autograder's zip, and each student's file."""
    (folder / "tests").mkdir(parents=True)
    for test in TESTS:
        text = TEST.format(**test._asdict(), helpers=HELPERS, hidden="gradient" in test.name)
        (folder / "tests" / f"{test.name}.py").write_text(text, "utf-8")
    command = ["otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    for name, source in students.items():
        place = folder / name
        place.mkdir()
        (place / "functions.py").write_text(source, "utf-8")


def command(folder: Path, student: str) -> list[str]:
    """Write the command line that grades one student."""
    zipped = str(folder / "autograder.zip")
    place = folder / student
    return [
        "otter",
        "run",
        "-a",
        zipped,
        "-o",
        str(place),
        "--no-logo",
        str(place / "functions.py"),
    ]


def points(folder: Path, student: str) -> float:
    """Read the points that it gave."""
    results = json.loads((folder / student / "results.json").read_text("utf-8"))
    return float(sum(test.get("score") or 0.0 for test in results["tests"]))
