"""The proof that the checks check: every known mistake loses points on its own function."""

import pytest

from autograder.expected import Reference
from autograder.stage import find_stage
from tests.mistakes import KIT, Mistake, grade_mistake, mistakes

STAGES = sorted(path.stem for path in (KIT / "solutions" / "mistakes").glob("*.py"))
EVERY = [(stage, mistake) for stage in STAGES for mistake in mistakes(stage)]


@pytest.fixture(scope="module")
def references():
    opened = {stage: Reference(KIT, find_stage(KIT, stage)) for stage in STAGES}
    yield opened
    for reference in opened.values():
        reference.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "mistake"), EVERY, ids=[f"{stage}-{mistake.id}" for stage, mistake in EVERY]
)
def test_a_known_mistake_loses_points(stage: str, mistake: Mistake, references):
    for secret in (None, "another seed"):
        report = grade_mistake(mistake, references[stage], secret)
        (function,) = report.functions
        assert function.points < function.max_points, mistake.id
        if mistake.found_by:
            failed = [check.id for check in function.checks if check.outcome != "passed"]
            assert failed == [f"{mistake.function}::{mistake.found_by}"]


@pytest.mark.parametrize("stage", STAGES)
def test_there_are_enough_and_each_is_explained(stage: str):
    found = list(mistakes(stage))
    assert len(found) >= 25
    assert len({mistake.id for mistake in found}) == len(found)
    for mistake in found:
        assert mistake.explanation.endswith(".")
        assert mistake.hint
