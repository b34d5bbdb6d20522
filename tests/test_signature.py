"""Signatures: equal answers have equal ones, and other answers have others."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder.signature import FLOOR, WHOLE, Signature, signature

TOLERANCE = 1e-8
FLOATS = arrays(np.float64, array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e6, 1e6))


def differing(one, other, **settings) -> set[str]:
    return signature(one, **settings).differing(signature(other, **settings), TOLERANCE)


@given(FLOATS)
def test_rounding_changes_nothing(array):
    rounded = array * (1 + 1e-14)
    assume((np.abs(array).max() <= FLOOR) == (np.abs(rounded).max() <= FLOOR))  # 0, or neither
    assert not differing(array, rounded)


@given(FLOATS, st.data())
def test_one_other_entry_shows(array, data):
    other = array.copy()
    where = data.draw(st.integers(0, array.size - 1))
    other.flat[where] += 1e-3 * max(1.0, np.abs(array).max())
    assert differing(array, other) == {""}


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        (1.0, np.float64(1.0), set()),
        ([1.0, 2.0], np.array([1.0, 2.0]), set()),
        ((1.0, np.ones(2)), [1.0, np.ones(2)], set()),
        ({"b": 1.0, "a": 2.0}, {"a": 2.0, "b": 1.0}, set()),
        (1, 1.0, {""}),
        (True, 1, {""}),
        (None, 1.0, {""}),
        ("a", "b", set()),
        (np.ones(2), np.ones((2, 1)), {""}),
        (np.ones(2), np.ones(2, np.float32), {""}),
        (np.array([np.nan, 1]), np.array([1, np.nan]), {""}),
        (np.array([np.inf, 1]), np.array([-np.inf, 1]), {""}),
        (np.array([np.nan, 1]), np.array([np.nan, 1]), set()),
        ((1.0, 2.0), (1.0, 3.0), {"1"}),
        ((1.0, {"W": np.ones(2)}), (1.0, {"W": np.zeros(2)}), {"1.W"}),
        ((1.0, 2.0), (1.0,), {WHOLE}),
        ({"a": 1.0}, {"b": 1.0}, {WHOLE}),
        (np.array([1, 2]), np.array([2, 1]), {""}),
        (np.zeros((0, 3)), np.zeros((0, 3)), set()),
        (np.array([1e308, -1e308]), np.array([1e308, 1e308]), {""}),
    ],
)
def test_what_differs(one, other, parts):
    assert differing(one, other) == parts


def test_either_precision_will_do_for_single_arguments():
    assert not differing(np.ones(2), np.ones(2, np.float32), double=False)


def test_how_a_call_ended_counts():
    assert Signature("ValueError").differing(Signature("IndexError"), TOLERANCE) == {WHOLE}
    changed = signature(1.0, "changed")
    assert changed.differing(signature(1.0), TOLERANCE) == {WHOLE}
