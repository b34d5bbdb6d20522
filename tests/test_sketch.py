"""Sketches stand in for large expected arrays: right ones agree, wrong ones don't."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.compare import CheckFailed, compare
from autograder.checks.sketch import SAMPLES, places, sketch

WANT = np.random.default_rng(0).standard_normal((50, 90))


def test_a_right_array_agrees_up_to_rounding():
    compare(WANT * (1 + 1e-14), sketch(WANT), "dW", 1e-9)


@given(st.integers(0, WANT.size - 1), st.sampled_from([1e-4, 1.0, np.nan, np.inf]))
def test_a_single_wrong_entry_is_found(where, change):
    got = WANT.copy()
    got.flat[where] += change
    with pytest.raises(CheckFailed):
        compare(got, sketch(WANT), "dW", 1e-9)


def test_a_kept_entry_that_differs_is_named():
    got = WANT.copy()
    where = np.unravel_index(places(WANT.size)[7], WANT.shape)
    got[where] = 5
    with pytest.raises(
        CheckFailed, match=rf"dW\[{where[0]}, {where[1]}\] should be .*, but is 5\."
    ):
        compare(got, sketch(WANT), "dW", 1e-9)


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (WANT.T, r"should have shape \(50, 90\), but has \(90, 50\)"),
        (WANT.tolist(), "is a list"),
        (WANT.astype(np.float32), "should be float64"),
        (np.ones((50, 90), int), "should hold floats"),
    ],
)
def test_form_is_judged(got, words):
    with pytest.raises(CheckFailed, match=words):
        compare(got, sketch(WANT), "dW", 1e-9)


def test_it_is_small():
    assert len(sketch(WANT).samples) == SAMPLES
