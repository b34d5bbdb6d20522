"""What the recognisers share: when two arrays agree, when an array tells anything, how to put it.

The student's array comes as float32 where single precision is all that can be asked for, and as
float64 otherwise; all other arrays are float64.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import comb
from typing import Any

import numpy as np

# Parts of the largest magnitude, for float64 and float32: from where on an entry counts as wrong
# (as in `compare`), and how near a description must come to be called true.
WRONG, WRONG32 = 1e-9, 1e-4
TRUE, TRUE32 = 1e-6, 1e-4
FLOOR, FLOOR32 = 1e-13, 1e-6  # what is left where numbers near 1 cancel
BETTER = 0.01  # a description leaves at most this part of the difference unexplained
LOOSE = 1e-3  # of the largest of a few entries, where a look at them is to rule a description out
OWN = 1e-2  # and all but a few entries fit by this part of their own magnitude, not the largest's
FEW = 0.1

TINY, HUGE = 1e-50, 1e50  # beyond these, an argument is no number to reckon with

MIN_DISTINCT = 3  # fewer different numbers say nothing about their order
MIN_WHOLE = 6  # small whole numbers, such as labels, agree by accident: ask for this many of them

MIN_WRONG, MIN_RIGHT = 2, 2  # entries, to speak of a place where all is wrong and of the rest
MIN_RIGHT_WHOLE = 5  # of whole numbers, some are right by accident
MOST = 0.8  # so much of a place is wrong
MANY = 50  # entries that do not make up a row or the like by chance
RARE = 20  # a place is named if chance would make it up less than once in so many times


def largest(array: np.ndarray) -> float:
    """Return the largest magnitude, 0 for an empty array."""
    if not array.size:
        return 0.0
    return max(float(array.max()), -float(array.min()))


def few(array: np.ndarray) -> np.ndarray:
    """Return some entries from all over an array, the same for each array of a shape."""
    return array[tuple(slice(None, None, max(1, n // 3)) for n in array.shape)]


def may_fit(got: np.ndarray, described: np.ndarray) -> bool:
    """Whether a few entries leave it open that the arrays agree; it costs next to nothing."""
    one, other = few(got), few(described)
    scale = largest(other)
    return not scale or bool(np.all(np.abs(one - other) <= LOOSE * scale + FLOOR))


def wrong(got: np.ndarray, want: np.ndarray) -> np.ndarray:
    """Mark the entries that differ; NaN differs from everything."""
    single = got.dtype == np.float32
    part, floor = (WRONG32, FLOOR32) if single else (WRONG, FLOOR)
    return np.asarray(~(np.abs(got - want) <= part * largest(want) + floor))


def fits(got: np.ndarray, described: np.ndarray, want: np.ndarray) -> bool:
    """Whether `described` is what the student's array holds, and far nearer to it than `want`.

    Parameters
    ----------
    got, described, want : ndarray, all of one shape
        The student's array, what a description says it is, and the expected array.
    """
    if not may_fit(got, described):
        return False
    part, floor = (TRUE32, FLOOR32) if got.dtype == np.float32 else (TRUE, FLOOR)
    allowed = part * largest(described) + floor
    if not np.isfinite(allowed):
        return False
    error = np.abs(got - described)
    if not np.all(error <= min(allowed, BETTER * largest(got - want) + FLOOR)):
        return False
    # One huge entry must not vouch for the small ones.
    own = error <= OWN * np.abs(described) + floor * part
    return bool(np.mean(own) >= 1 - FEW)


def fills(
    got: np.ndarray, want: np.ndarray, bad: np.ndarray, mask: np.ndarray, like: int = 1
) -> bool:
    """Whether the wrong entries lie within a place and fill most of it, and not by chance.

    Parameters
    ----------
    got, want : ndarray
        The student's array and the expected one.
    bad, mask : ndarray of bool
        The wrong entries, and the place, where axes of length 1 stand for whole ones.
    like : int
        How many places there are of this kind.
    """
    mask = np.broadcast_to(mask, bad.shape)
    count = int(np.count_nonzero(bad))
    right = bad.size - count
    if count < MIN_WRONG or right < MIN_RIGHT or np.any(bad & ~mask):
        return False
    if count < MOST * np.count_nonzero(mask) or by_chance(count, bad.size, like):
        return False
    return right >= MIN_RIGHT_WHOLE or not (is_whole(want) and is_whole(got))


def is_whole(array: np.ndarray) -> bool:
    """Whether the array holds whole numbers only."""
    return bool(np.all(array == np.rint(array)))


def distinct(array: np.ndarray) -> int:
    """Count different numbers, up to 3."""
    if not array.size:
        return 0
    low, high = array.min(), array.max()
    if not low < high:
        return 1
    return 3 if np.any((array > low) & (array < high)) else 2


def by_chance(count: int, size: int, places: int) -> bool:
    """Whether `count` wrong entries of `size`, scattered, might well make up one of some places."""
    return size <= MANY and comb(size, count) < RARE * places


def tells_order(want: np.ndarray) -> bool:
    """Whether the places of the numbers can be told apart well enough to speak of their order."""
    if distinct(want) < MIN_DISTINCT:
        return False
    return want.size >= MIN_WHOLE or not is_whole(want)


def tells_rule(want: np.ndarray) -> bool:
    """Whether a rule with one unknown that fits all of these numbers is more than chance.

    That takes two different numbers, or three where they are whole.
    """
    if distinct(want) < 2:
        return False
    return want.size >= 3 or not is_whole(want)


def numbers_of(arguments: Mapping[str, Any]) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the arrays of numbers among the arguments, and those in dicts, by name."""
    for name, value in arguments.items():
        inner = value.items() if isinstance(value, Mapping) else ()
        for title, item in ((name, value), *((f"{name}[{key!r}]", one) for key, one in inner)):
            if isinstance(item, np.ndarray) and item.dtype.kind in "iuf" and item.size:
                yield title, item


def number_of(arguments: Mapping[str, Any], name: str) -> float | None:
    """Return an argument that is a number of usual size, not 0, or None."""
    value: Any = arguments.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return None
    size: Any = abs(value)
    return float(value) if TINY < size < HUGE else None


def samples(arguments: Mapping[str, Any]) -> int:
    """Return the number of samples N, or 0 where no argument tells it."""
    for name in ("X", "scores", "x", "dout", "y"):
        value = arguments.get(name)
        if isinstance(value, np.ndarray) and value.ndim:
            return len(value)
    return 0


def classes(arguments: Mapping[str, Any]) -> int:
    """Return the number of classes C, or 0 where no argument tells it."""
    params = arguments.get("params")
    weights = params.values() if isinstance(params, Mapping) else ()
    for value in (arguments.get("scores"), arguments.get("W"), *reversed(list(weights))):
        if isinstance(value, np.ndarray) and value.ndim == 2:
            return value.shape[1]
    return 0


def show(value: float) -> str:
    """Write a number with at most six digits."""
    return f"{value + 0.0:.6g}"


def listed(items: Sequence[object]) -> str:
    """Write "0", "0 and 2", "0, 2 and 3"."""
    *front, last = map(str, items)
    return f"{', '.join(front)} and {last}" if front else last


def lines(ndim: int, axis: int) -> str:
    """Name in the singular what one index of an axis picks: an entry, a row, a column, a slice."""
    if ndim == 1:
        return "entry"
    return ("row", "column")[axis] if ndim == 2 else "slice"


def places(ndim: int, axis: int, indices: Sequence[int]) -> str:
    """Name some indices along an axis: "row 2", "columns 0 and 3", "slice 1 of axis 2"."""
    name = lines(ndim, axis)
    if len(indices) > 1:
        name = "entries" if name == "entry" else f"{name}s"
    return f"{name} {listed(indices)}" + (f" of axis {axis}" if ndim > 2 else "")
