"""Right answers pass: correct solutions in many honest styles keep every point on any seed."""

import pytest

from autograder.expected import Reference
from autograder.grading import grade
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.launch import warm
from tests.mistakes import KIT

VARIANTS = sorted((KIT / "tests" / "variants").glob("*/*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_right_solution_keeps_every_point(path):
    stage = find_stage(KIT, path.parent.name)
    submission = Submission(path.stem, stage.name, {f"{stage.name}.py": path.read_bytes()})
    reference = Reference(KIT, stage)
    try:
        for secret in ("one seed", "another seed"):
            report = grade(stage, submission, reference, secret, launch=warm())
            assert report.points == report.max_points, [
                check.message for f in report.functions for check in f.checks if check.message
            ]
    finally:
        reference.close()


def test_each_stage_has_at_least_eight_styles():
    stages = [path.parent.name for path in VARIANTS]
    assert {stage: stages.count(stage) >= 8 for stage in stages} == {
        "perceptron": True,
        "nearest_neighbors": True,
        "linear_svm": True,
        "two_layer_net": True,
        "convnet": True,
        "deep_training": True,
        "generative": True,
    }
