"""The assignment as an otter autograder."""

import inspect
import json
import subprocess
from pathlib import Path

from benchmarks.peers import tests

TEST = """
from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = 1

{helpers}

{test}

@test_case(points=1, hidden={hidden})
def graded({function}):
    {name}({function})
"""


def make(folder: Path, students: dict[str, str]) -> None:
    """Write the tests, make the autograder's zip, and each student's file."""
    (folder / "tests").mkdir(parents=True)
    helpers = "import numpy as np\n\n" + "\n\n".join(
        inspect.getsource(f) for f in (tests._svm_inputs, tests._right_loss)
    )
    for name in ("test_svm_loss", "test_svm_gradient", "test_nn_forward"):
        function = "nn_forward" if "nn" in name else "svm_loss"
        test = inspect.getsource(getattr(tests, name))
        (folder / "tests" / f"{name}.py").write_text(
            TEST.format(
                name=name,
                helpers=helpers,
                test=test,
                function=function,
                hidden="gradient" in name,
            ),
            "utf-8",
        )
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
