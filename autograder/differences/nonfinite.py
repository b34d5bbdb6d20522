"""Arrays that hold NaN or infinite numbers, where only finite ones are expected."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.differences.measure import listed, numbers_of, places

MIN_OTHERS = 2  # finite numbers beside the bad ones, before a rule for the latter is told
MIN_BAD = 2  # bad entries, before an argument is looked at
MAX_NAMED = 5


def everywhere(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """No finite number at all; of a single number this is no news."""
    bad = ~np.isfinite(got)
    return f"It is {_kind(got)} everywhere." if got.size > 1 and bad.all() else ""


def where_zero(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Exactly where 0 is expected, as after 0/0, log(0) or the root of a tiny negative number."""
    bad = ~np.isfinite(got)
    if not bad.any() or np.count_nonzero(~bad) < MIN_OTHERS or not np.array_equal(bad, want == 0):
        return ""
    return f"It is {_kind(got)} exactly where 0 is expected."


def where_argument(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Exactly where an argument of the same shape is negative, or 0."""
    bad = ~np.isfinite(got)
    if np.count_nonzero(bad) < MIN_BAD or np.count_nonzero(~bad) < MIN_OTHERS:
        return ""
    for name, value in numbers_of(arguments):
        if value.shape == got.shape:
            for what, mask in (
                ("0", value == 0),
                ("negative", value < 0),
                ("0 or less", value <= 0),
                ("positive", value > 0),
            ):
                if np.array_equal(bad, mask):
                    return f"It is {_kind(got)} exactly where {name} is {what}."
    return ""


def in_lines(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """In whole rows, columns or slices."""
    bad = ~np.isfinite(got)
    if not bad.any() or got.ndim < 2:
        return ""
    for axis in range(got.ndim):
        others = tuple(k for k in range(got.ndim) if k != axis)
        full = bad.all(axis=others)
        if np.array_equal(full, bad.any(axis=others)) and bad.size > len(full):
            named = [int(i) for i in np.flatnonzero(full)]
            if len(named) <= MAX_NAMED:
                return f"It is {_kind(got)} in {places(got.ndim, axis, named)}, and nowhere else."
    return ""


def where_extreme(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Where the expected numbers are largest or smallest, as after an overflow."""
    bad = ~np.isfinite(got)
    if np.count_nonzero(bad) < MIN_BAD or np.count_nonzero(~bad) < MIN_OTHERS:
        return ""
    size = np.abs(want)
    if size[bad].min() > size[~bad].max():
        return f"It is {_kind(got)} where the largest numbers are expected: do they overflow?"
    if size[bad].max() < size[~bad].min():
        return f"It is {_kind(got)} where the numbers nearest to 0 are expected."
    return ""


def some(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Here and there."""
    count = np.count_nonzero(~np.isfinite(got))
    if not count or got.size < 2:
        return ""
    return f"It is {_kind(got)} in {count} of {got.size} entries."


def _kind(got: np.ndarray) -> str:
    nan, plus, minus = np.isnan(got).any(), (got == np.inf).any(), (got == -np.inf).any()
    kinds = [name for name, there in (("NaN", nan), ("inf", plus), ("-inf", minus)) if there]
    return listed(kinds).replace(" and ", " or ")
