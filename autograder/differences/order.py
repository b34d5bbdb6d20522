"""Arrays with the right numbers at wrong places.

They need numbers that can be told apart: three different ones, and at least six if all are whole.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np

from autograder.differences.measure import (
    BETTER,
    distinct,
    fits,
    is_whole,
    largest,
    lines,
    may_fit,
    places,
    tells_order,
)

MIN_LINES = 3  # rows in another order: two are said to be swapped by a flip
MAX_NAMED = 6
MIN_SHIFTED = 4  # entries along the axis that is shifted
MIN_SHUFFLED = 5  # different numbers, before "at other places" is said


def swapped_axes(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A square array transposed."""
    if got.ndim < 2 or got.shape[-1] != got.shape[-2] or not tells_order(want):
        return ""
    if not fits(got, np.swapaxes(want, -1, -2), want):
        return ""
    where = "" if got.ndim == 2 else "in its last two axes, "
    return f"It is right but transposed: {where}rows and columns are swapped."


def flipped(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The opposite order along one axis or two."""
    if not tells_order(want):
        return ""
    long = [k for k in range(want.ndim) if want.shape[k] > 1]
    for axes in (*combinations(long, 1), *combinations(long, 2)):
        if fits(got, np.flip(want, axes), want):
            if want.ndim == 1:
                return "It is in the opposite order."
            if want.ndim == 2 and len(axes) == 1:
                return f"Its {lines(2, axes[0])}s are in the opposite order."
            both = f"axis {axes[0]}" if len(axes) == 1 else f"axes {axes[0]} and {axes[1]}"
            return f"It is flipped along {both}: what should be first is last."
    return ""


def shifted(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """One place off along an axis, whatever has come in at the end."""
    if not tells_order(want):
        return ""
    for axis in range(want.ndim):
        if want.shape[axis] < MIN_SHIFTED:
            continue
        every = (slice(None),) * axis
        before, after = (*every, slice(-1)), (*every, slice(1, None))
        for to, fro, sign in ((before, after, "+"), (after, before, "−")):
            may = may_fit(got[to], want[fro])
            if may and distinct(want[fro]) > 2 and fits(got[to], want[fro], want[to]):
                line = lines(want.ndim, axis)
                of = f" of axis {axis}" if want.ndim > 2 else ""
                return f"It is shifted: its {line} i{of} is the expected {line} i {sign} 1."
    return ""


def halves(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """First and second half exchanged along an axis."""
    if not tells_order(want):
        return ""
    for axis, length in enumerate(want.shape):
        if length > 2 and length % 2 == 0 and fits(got, np.roll(want, length // 2, axis), want):
            where = f" along axis {axis}" if want.ndim > 1 else ""
            return f"Its first and second half{where} are exchanged."
    return ""


def lines_in_other_order(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The right rows, columns or slices, each at another place."""
    if not tells_order(want):
        return ""
    for axis in range(want.ndim):
        if want.shape[axis] < MIN_LINES or (want.ndim == 1 and is_whole(want)):
            continue
        order = _order(got, want, axis)
        if order is None:
            continue
        line = lines(want.ndim, axis)
        name = "entries" if line == "entry" else f"{line}s"
        name += f" along axis {axis}" if want.ndim > 2 else ""
        if len(order) > MAX_NAMED:
            return f"Its {name} are the right ones in another order."
        was = places(want.ndim, axis, order)
        return f"Its {name} are the right ones in another order: they are the expected {was}."
    return ""


def accumulated(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Running sums, or the lack of them."""
    if not tells_order(want):
        return ""
    for axis in range(want.ndim):
        if want.shape[axis] < MIN_LINES:
            continue
        where = f" along axis {axis}" if want.ndim > 1 else ""
        start = (slice(None),) * axis + (slice(3),)
        if may_fit(got[start], np.cumsum(want[start], axis)) and fits(
            got, np.cumsum(want, axis), want
        ):
            return f"It is the running sum of what is expected{where}: is something not reset?"
        if may_fit(want[start], np.cumsum(got[start], axis)) and fits(
            np.cumsum(got, axis), want, got
        ):
            return f"Its running sum{where} is what is expected."
    return ""


def shuffled(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The right numbers, each at another place."""
    if want.size < MIN_SHUFFLED or is_whole(want) or not _same_numbers(got, want):
        return ""
    one, other = np.sort(got, axis=None), np.sort(want, axis=None)
    apart = np.count_nonzero(np.diff(other) > 1e-6 * largest(want)) + 1
    if apart < MIN_SHUFFLED or largest(one - other) > BETTER * largest(got - want):
        return ""
    return "It has the right numbers, but at other places."


def _same_numbers(got: np.ndarray, want: np.ndarray) -> bool:
    """Whether sums do not rule it out that one array is the other in another order."""
    allowed = 1e-4 * float(np.abs(want).sum())
    return bool(abs(float(got.sum(dtype=np.float64)) - float(want.sum())) <= allowed)


def _order(got: np.ndarray, want: np.ndarray, axis: int) -> list[int] | None:
    """Return which line of `want` each line of `got` is, or None."""
    if not _same_numbers(got, want):
        return None
    ours = np.moveaxis(got, axis, 0).reshape(got.shape[axis], -1)
    theirs = np.moveaxis(want, axis, 0).reshape(ours.shape)
    # A number for each line, such that no two lines that differ are likely to share it.
    weights = np.random.default_rng(0).uniform(1, 2, ours.shape[1])
    mine, right = np.argsort(ours @ weights), np.argsort(theirs @ weights)
    if distinct(theirs @ weights) < 3:
        return None
    order = np.empty(len(mine), int)
    order[mine] = right
    return order.tolist() if fits(ours, theirs[order], theirs) else None
