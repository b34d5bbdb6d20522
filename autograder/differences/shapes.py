"""Arrays whose shape is not the expected one.

A recogniser that says that the values are right has compared them; one that could not says only
what the shape tells.
"""

from collections.abc import Mapping
from itertools import combinations, permutations
from typing import Any

import numpy as np

from autograder.differences.measure import (
    FEW,
    FLOOR,
    FLOOR32,
    MIN_WHOLE,
    OWN,
    TRUE,
    TRUE32,
    distinct,
    is_whole,
    largest,
    lines,
    places,
)

MAX_AXES = 5  # of more axes, orders are not tried
MIN_MAXIMUM = 3  # numbers, to speak of the largest
MIN_LABELS = 4  # that many rows' largest entries stand where they should by accident rarely


def empty(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Nothing came where something is expected."""
    return "It is empty." if want.size and not got.size else ""


def bare_number(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """One number in an array of its own."""
    if want.ndim or got.size != 1:
        return ""
    return (
        "It is a number in an array of its own: take it out."
        if _same(got.reshape(()), want)
        else "It is an array of one number, where the number alone is expected."
    )


def row_or_column(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A row for a column, or a column for a row."""
    if got.ndim != 2 or got.shape != want.shape[::-1] or 1 not in got.shape:
        return ""
    is_, should = ("row", "column") if len(got) == 1 else ("column", "row")
    right = "with the right values, " if _same(got.T, want) else ""
    return f"It is a {is_}, {right}but should be a {should}."


def transposed(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Rows and columns swapped."""
    if got.ndim != 2 or got.shape != want.shape[::-1]:
        return ""
    if _same(got.T, want):
        return "It is right but transposed: rows and columns are swapped."
    return "Its shape looks transposed, and its values differ, too."


def other_axes(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The right values, with the axes in another order."""
    if got.ndim != want.ndim or not 3 <= got.ndim <= MAX_AXES:
        return ""
    for order in permutations(range(got.ndim)):
        if got.transpose(order).shape == want.shape and _same(got.transpose(order), want):
            return f"It has the right values with its axes in another order: transpose({order})."
    return ""


def repeated(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The expected array over and over."""
    if got.ndim != 2 or want.ndim != 1 or want.size < 2 or distinct(want) < 2:
        return ""
    for axis, array in enumerate((got, got.T)):
        fitting = len(array) > 1 and array.shape[1:] == want.shape
        if fitting and all(_same(line, want) for line in array):
            return f"Each of its {len(array)} {lines(2, axis)}s is what is expected as a whole."
    return ""


def length_one(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """An axis of length 1 missing, too many, or at another place."""
    if _without_ones(got) != _without_ones(want):
        return ""
    if got.ndim < want.ndim:
        what = "lacks an axis of length 1"
    elif got.ndim > want.ndim:
        what = "has an axis of length 1 too many"
    else:
        what = "has its axis of length 1 at another place"
    right = "has the right values, but " if _same(got.reshape(want.shape), want) else ""
    return f"It {right}{what}."


def reshaped(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The right values in another shape, such as a flat one."""
    if got.size != want.size or got.size < 2:
        return ""
    shape = "is flattened" if got.ndim == 1 else f"should be reshaped to {want.shape}"
    if _same(got.ravel(), want.ravel()):
        return f"It has the right values in the right order, but {shape}."
    if _same(got.ravel(), want.ravel(order="F")):
        return f"It has the right values, but {shape}, with the first index fastest as in Julia."
    return ""


def padded(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The right values with a border around them."""
    if got.ndim != want.ndim or got.ndim < 2 or got.shape[:-2] != want.shape[:-2]:
        return ""
    more = {a - b for a, b in zip(got.shape[-2:], want.shape[-2:], strict=True)}
    width, odd = divmod(more.pop(), 2)
    if more or odd or width < 1:
        return ""
    if _same(got[..., width:-width, width:-width], want):
        return f"It has a border of width {width} around the right values: is padding left on it?"
    return f"It is wider by {width} on each side: is padding left on it?"


def one_longer_or_shorter(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """One row or column too many or too few."""
    axis = _one_apart(got, want)
    if axis is None:
        return ""
    return f"It has one {_line(got.ndim, axis)} too {'many' if got.size > want.size else 'few'}."


def one_line_apart(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The first or last row or column too many or missing, and all else right."""
    axis = _one_apart(got, want)
    longer, shorter = (got, want) if got.size > want.size else (want, got)
    if axis is None or not shorter.size or not _tells(shorter):
        return ""
    word = "many" if longer is got else "few"
    for title, left in (("first", slice(1, None)), ("last", slice(-1))):
        rest = longer[(slice(None),) * axis + (left,)]
        if _same(*((rest, want) if longer is got else (got, rest))):
            line = _line(got.ndim, axis)
            return f"It has one {line} too {word}, the {title}; the others are right."
    return ""


def not_reduced(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A sum or mean along an axis is still to be taken."""
    name = _reduction(got, want)
    return f"Its {name} is what is expected." if name else ""


def reduced(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A sum or mean was taken along an axis that should stay."""
    name = _reduction(want, got)
    return f"It is the {name} of what is expected." if name else ""


def table_of_labels(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A table of scores, or of zeros and ones, where the largest entries' places are asked."""
    if got.ndim != 2 or want.shape != got.shape[:1] or len(want) < MIN_LABELS or not got.size:
        return ""
    if distinct(want) > 1 and np.array_equal(np.argmax(got, axis=1), want):
        return "It is a table: the places of the largest entries in its rows are what is expected."
    return ""


def a_line(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """One row or column of what is expected, by itself."""
    if got.ndim != want.ndim - 1 or got.size < 2 or not _tells(got):
        return ""
    for axis in range(want.ndim):
        for index in {0, want.shape[axis] - 1} - {-1}:
            line = np.take(want, index, axis)
            if line.shape == got.shape and _same(got, line):
                return f"It is only {places(want.ndim, axis, [index])} of what is expected."
    return ""


def _same(got: np.ndarray, want: np.ndarray) -> bool:
    part, floor = (TRUE32, FLOOR32) if got.dtype == np.float32 else (TRUE, FLOOR)
    error = np.abs(got - want)
    if not np.all(error <= part * largest(want) + floor):
        return False
    return bool(not want.size or np.mean(error <= OWN * np.abs(want) + floor) >= 1 - FEW)


def _reduction(larger: np.ndarray, smaller: np.ndarray) -> str:
    """Name the sum, mean or maximum that makes the smaller array of the larger one."""
    if not _tells(smaller):
        return ""
    for axes in _groups(larger.ndim):
        if np.prod([larger.shape[k] for k in axes]) < 2:
            continue
        for keep in (False, True):
            left = [1 if k in axes else n for k, n in enumerate(larger.shape)]
            if smaller.shape != tuple(n for k, n in enumerate(left) if keep or k not in axes):
                continue
            for name, reduce in (("sum", np.sum), ("mean", np.mean), ("maximum", np.max)):
                if name == "maximum" and larger.size < MIN_MAXIMUM * smaller.size:
                    continue
                if _same(reduce(larger, axis=axes, keepdims=keep).astype(smaller.dtype), smaller):
                    return f"{name} {_along(axes, larger.ndim)}"
    return ""


def _without_ones(array: np.ndarray) -> tuple[int, ...]:
    return tuple(n for n in array.shape if n != 1)


def _one_apart(got: np.ndarray, want: np.ndarray) -> int | None:
    """Return the axis along which alone the lengths differ, by one, or None."""
    if got.ndim != want.ndim:
        return None
    apart = [k for k in range(got.ndim) if got.shape[k] != want.shape[k]]
    if len(apart) != 1 or abs(got.shape[apart[0]] - want.shape[apart[0]]) != 1:
        return None
    return apart[0]


def _line(ndim: int, axis: int) -> str:
    return lines(ndim, axis) + (f" of axis {axis}" if ndim > 2 else "")


def _tells(array: np.ndarray) -> bool:
    """Whether agreement with these numbers is more than chance."""
    return largest(array) > 0 and (array.size >= MIN_WHOLE or not is_whole(array))


def _groups(ndim: int) -> list[tuple[int, ...]]:
    if ndim > MAX_AXES:
        return []
    return [axes for n in range(1, ndim + 1) for axes in combinations(range(ndim), n)]


def _along(axes: tuple[int, ...], ndim: int) -> str:
    if len(axes) == ndim:
        return "over all entries"
    return f"along axis {axes[0]}" if len(axes) == 1 else f"along the axes {axes}"
