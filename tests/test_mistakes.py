"""The proof that the checks check, and that they say what is wrong.

Every known mistake loses points on its own function, and is called by its name.
"""

import itertools

import pytest

from autograder.checks.collect import PUBLIC_SEED
from autograder.diagnosis import Diagnosis
from autograder.expected import Reference
from autograder.mistakes import KnownMistake
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.judgement import judged
from tests.mistakes import CLOSED, KIT, grade_mistake, mistakes

STAGES = [stage.name for stage in CLOSED]
EVERY = [(stage, *pair) for stage in STAGES for pair in mistakes(stage)]


@pytest.fixture(scope="module")
def references():
    opened = {stage: Reference(KIT, find_stage(KIT, stage)) for stage in STAGES}
    yield opened
    for reference in opened.values():
        reference.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "mistake", "submission"), EVERY, ids=[f"{stage}-{m.id}" for stage, m, _ in EVERY]
)
def test_a_known_mistake_loses_points(
    stage: str, mistake: KnownMistake, submission: Submission, references
):
    for seed in (PUBLIC_SEED, "another seed"):
        report = grade_mistake(mistake, submission, references[stage], seed)
        (function,) = report.functions
        assert function.points < function.max_points, mistake.id
        if mistake.found_by:
            failed = [check.id for check in function.checks if check.outcome != "passed"]
            assert failed == [f"{mistake.function}::{mistake.found_by}"]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("stage", STAGES)
def test_known_mistakes_are_named_on_secret_inputs_and_shown_on_small_ones(stage: str):
    results = list(judged(stage))
    assert not [result.mistake.id for result in results if result.wrong]
    assert sum(result.right for result in results) >= 0.9 * len(results)
    # Four in five over all stages; the stages with tuning, which takes many rows, have fewer.
    assert sum(bool(result.example) for result in results) >= 0.75 * len(results)
    for result in results:
        assert len(result.example.splitlines()) <= 8


@pytest.mark.parametrize("stage", STAGES)
def test_the_public_inputs_tell_every_two_mistakes_apart_but_twins(stage: str, references):
    diagnosis = Diagnosis(find_stage(KIT, stage), references[stage])
    twins, marked = set(), set()
    for function in find_stage(KIT, stage).functions:
        known = references[stage].mistakes(function.name)
        marked |= {frozenset((one.id, one.twin)) for one in known if one.twin}
        for one, other in itertools.combinations(known, 2):
            if one.found_by or other.found_by:
                continue  # their values are right: a check tells them from the rest
            if diagnosis.alike(one, other, PUBLIC_SEED):
                twins.add(frozenset((one.id, other.id)))
    assert twins == marked


@pytest.mark.parametrize("stage", STAGES)
def test_there_are_enough_and_each_is_explained(stage: str):
    found = [mistake for mistake, _ in mistakes(stage)]
    assert len(found) >= 25
    assert len({mistake.id for mistake in found}) == len(found)
    for mistake in found:
        assert mistake.explanation.endswith(".")
        assert mistake.hint


@pytest.mark.parametrize(
    ("id_", "blamed"), [("l1_penalty.one_at_zero", False), ("l1_penalty.biases_too", True)]
)
def test_a_loss_is_blamed_only_if_it_is_wrong(id_: str, blamed: bool, references):
    (pair,) = (pair for pair in mistakes("deep_training") if pair[0].id == id_)
    (function,) = grade_mistake(*pair, references["deep_training"]).functions
    said = [check.message for check in function.checks if check.outcome != "passed"]
    assert any("look for the mistake in the loss" in (message or "") for message in said) == blamed
