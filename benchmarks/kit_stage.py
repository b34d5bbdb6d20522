"""The assignment as a stage of this kit, in a copy of it, as who writes a stage would add one."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent

STAGE = """
number = 1
name = "{name}"
title = "Benchmark"
summary = "Two functions."

[limits]
call_seconds = 10
training_seconds = 60
submission_seconds = 300
memory_mb = 2048

[[functions]]
name = "svm_loss"
points = 2
hints = ["-"]
{vectorized}

[[functions]]
name = "nn_forward"
points = 1
hints = ["-"]
"""

SAME_THREE = '''
"""The three tests that the peers run."""

from autograder.checks.base import FunctionChecks, slopes_agree
from autograder.checks.call import call
from autograder.checks.inputs import labels, normal


def _inputs(rng, N=6, D=5, C=4):
    return {"W": normal(rng, D, C), "X": normal(rng, N, D), "y": labels(rng, N, C), "reg": 0.5}


class SvmLoss(FunctionChecks):
    function = "svm_loss"
    returns = ("loss", "dW")
    test_values = test_float32 = test_arguments = None

    def calls(self, rng):
        for _ in range(5):
            yield call("svm_loss", **_inputs(rng))

    def test_loss(self, student, expected, rng):
        """The loss is right."""
        for one in self.calls(rng):
            self.agree_on("loss", one, student(one), expected(one))

    def test_gradient(self, student, expected, rng):
        """The gradient is the slope of the loss by central differences."""
        one = call("svm_loss", **_inputs(rng))
        slopes_agree(one, "W", student(one)[1], "dW", expected, rng)


class NnForward(FunctionChecks):
    function = "nn_forward"
    returns = ("scores", "hidden")
    test_float32 = test_arguments = None

    def calls(self, rng):
        for _ in range(5):
            params = {"W1": normal(rng, 5, 7), "b1": normal(rng, 1, 7)}
            params |= {"W2": normal(rng, 7, 3), "b2": normal(rng, 1, 3)}
            yield call("nn_forward", params=params, X=normal(rng, 6, 5))
'''

ALL_OF_THE_KITS = '''
"""The checks that the kit has for these functions."""

from autograder.checks import linear_svm, two_layer_net


class SvmLoss(linear_svm.TestSvmLoss):
    function = "svm_loss"


class NnForward(two_layer_net.TestNnForward):
    function = "nn_forward"
'''

STAGES = {"same": SAME_THREE, "all": ALL_OF_THE_KITS}


def make(folder: Path, students: dict[str, str]) -> None:
    """Copy the kit, add the stages, and lay out the submissions for each of them."""
    shutil.copytree(KIT / "autograder", folder / "autograder")
    shutil.copytree(KIT / "data", folder / "data")
    solutions = folder / "solutions"
    (solutions / "mistakes").mkdir(parents=True)
    functions = "".join(
        (KIT / "solutions" / f"{name}.py").read_text("utf-8")
        for name in ("linear_svm", "two_layer_net")
    )
    for name, checks in STAGES.items():
        stage = folder / "assignments" / f"1_{name}"
        stage.mkdir(parents=True)
        vectorized = 'vectorized = ["N"]' if name == "all" else ""
        (stage / "stage.toml").write_text(STAGE.format(name=name, vectorized=vectorized), "utf-8")
        (folder / "autograder" / "checks" / f"{name}.py").write_text(checks, "utf-8")
        (solutions / f"{name}.py").write_text(functions, "utf-8")
        for student, source in students.items():
            place = folder / f"class-{name}" / student
            place.mkdir(parents=True)
            (place / f"{name}.py").write_text(source, "utf-8")


def grade(folder: Path, stage: str, isolation: str) -> dict[str, float]:
    """Grade the class anew; return the points of each student."""
    out = folder / f"results-{stage}-{isolation}"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "autograder", "grade", str(folder / f"class-{stage}")]
    command += ["--stage", stage, "--out", str(out), "--secret", "benchmark"]
    command += ["--kit", str(folder), "--isolation", isolation]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: float(row["points"]) for row in csv.DictReader(file)}
