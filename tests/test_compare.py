"""Comparison: what counts as equal, and what is said where it is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.checks.compare import CheckFailed, compare

FLOATS = st.floats(-1e6, 1e6)
ARRAYS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=FLOATS)


def says(got, want, tolerance=1e-9, double=True) -> str:
    with pytest.raises(CheckFailed) as caught:
        compare(got, want, "it", tolerance, double=double)
    return str(caught.value)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (2, 2.0),
        (np.float64(2), 2.0),
        (np.array(2.0), 2.0),
        (np.int32(2), 2),
        (np.array(2), 2),
        ([1.0, 2.0], np.array([1.0, 2.0])),
        ((1, 2), np.array([1, 2])),
        (np.array([1, 2], np.uint8), np.array([1, 2])),
        ([1.0, np.ones(2)], (1.0, np.ones(2))),
        (-0.0, 0.0),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_right_types_are_taken_widely(got, want):
    compare(got, want, "it", 1e-9)


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        (None, 1.0, "is a return missing?"),
        (None, np.ones(2), "is a return missing?"),
        ("1", 1.0, "a text of 1 characters"),
        (True, 1, "should be a whole number, 1, but is True"),
        (2.0, 2, "should be a whole number, 2, but is the float 2"),
        (np.array([1.0]), 1.0, "an array of shape (1,)"),
        (1j, 1.0, "the number 1j"),
        (np.nan, 1.0, "should be 1, but is nan"),
        (np.float32(1), 1.0, "float64"),
        (np.ones((2, 3)), np.ones((3, 2)), "should have shape (3, 2), but has (2, 3)."),
        (np.ones(3), np.ones((3, 1)), "should have shape (3, 1), but has (3,)"),
        ([[1.0]], np.ones((1, 1)), "should be an array of shape (1, 1), but is a list of 1"),
        ([[1], [1, 2]], np.ones(2), "should be an array of shape (2,), but is a list of 2"),
        (np.array([1, 2]), np.array([1.0, 2.0]), "should hold floats, but its dtype is int"),
        (np.array([1.0, 2.0]), np.array([1, 2]), "should hold whole numbers"),
        (np.ones(2, np.float32), np.ones(2), "should be float64"),
        (np.array([1, 3]), np.array([1, 2]), "it[1] should be 2, but is 3 (1 of 2 entries diff"),
        (np.array([1, np.inf]), np.array([1.0, 2]), "it[1] is inf; expected 2"),
        (np.ones(2), (1.0, np.ones(2)), "should be a tuple of 2 values, but is an array"),
        ((1.0,), (1.0, 2.0), "should be a tuple of 2 values, but is a tuple of 1"),
        ([], {"W": 1.0}, "should be a dict with keys 'W', but is a list of 0"),
        ({"w": 1.0}, {"W": 1.0}, "should have keys 'W', but has 'w'"),
        ({"W": 2.0}, {"W": 1.0}, "it['W'] should be 1, but is 2"),
    ],
)
def test_what_is_wrong_is_said(got, want, words):
    assert words in says(got, want)


def test_the_first_difference_is_shown():
    want = np.arange(6.0).reshape(2, 3)
    got = want.copy()
    got[1, 0] = 7
    got[1, 2] = 9
    assert says(got, want) == "it[1, 0] should be 3, but is 7 (2 of 6 entries differ)."


def test_single_precision_passes_where_it_is_allowed():
    want = np.linspace(0, 1, 5)
    compare(want.astype(np.float32), want, "it", 1e-4, double=False)
    assert "float64" in says(want.astype(np.float32), want)


@given(ARRAYS)
def test_rounding_passes_and_a_tenth_of_a_percent_does_not(want):
    scale = np.abs(want).max()
    compare(want + 1e-12 * scale, want, "it", 1e-9)
    if scale > 1e-6:
        got = want.copy()
        got.flat[0] += 1e-3 * scale
        assert "should be" in says(got, want)


@given(ARRAYS, st.floats(1e-3, 1e8))
def test_the_measure_has_no_unit(want, unit):
    if np.abs(want).max() < 1e-3:
        return
    wrong = want + 1e-6 * np.abs(want).max()
    says(wrong * unit, want * unit)
    compare(want * (1 + 1e-12) * unit, want * unit, "it", 1e-9)


def test_a_failure_carries_the_arrays_for_a_picture():
    with pytest.raises(CheckFailed) as caught:
        compare({"W": np.ones(2)}, {"W": np.zeros(2)}, "it", 1e-9)
    np.testing.assert_array_equal(caught.value.got, [1, 1])
    np.testing.assert_array_equal(caught.value.about("f(x)").want, [0, 0])
