"""Arrays that are right in part: where are the wrong entries?

A place is named if most of its entries are wrong and none elsewhere, and if as many wrong entries
scattered at random would seldom lie so; a few entries here and there are no pattern.
"""

from collections.abc import Iterator, Mapping
from math import comb
from typing import Any

import numpy as np

from autograder.differences.measure import (
    MIN_WHOLE,
    distinct,
    fills,
    fits,
    is_whole,
    largest,
    lines,
    may_fit,
    numbers_of,
    places,
    show,
    wrong,
)

MIN_SIDE = 3  # of a square array, to speak of a diagonal; of a map, to speak of its border
MIN_ENDS = 6  # entries, of which the first or last alone is wrong
MIN_SIGNS = 3  # wrong entries with a rule of their own; of whole numbers, MIN_WHOLE
MAX_NAMED = 5
MIN_BEYOND = 4  # numbers that bear out a constant in each row, beyond one for each
VARIED = 1e-6  # part of the largest entry by which the entries of a row differ
KINDS = 8  # how many places by sign are tried, give or take


def first_lines_zero(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Zeros at index 0 of each axis, as loops leave them that begin at 1."""
    if got.size < 3 or not all(n > 1 for n in got.shape):
        return ""
    inner = (slice(1, None),) * got.ndim
    bad = wrong(got, want)
    if bad[inner].any() or not bad.any() or not np.all(got[bad] == 0):
        return ""
    outer = np.ones(got.shape, bool)
    outer[inner] = False
    if np.any(got[outer] != 0) or (got.ndim > 1 and got.size < 6):
        return ""
    if got.ndim == 1 and is_whole(want):  # a label may be 0 by accident
        return ""
    which = ("entry is", "row and column are")[got.ndim - 1] if got.ndim < 3 else "slices are"
    return f"Its first {which} 0, all else is right: does a loop start at 1, as in Julia?"


def unfinished(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Right up to some place along the first axis, and 0 from there on."""
    if got.ndim < 1 or len(got) < (3 if got.ndim == 1 else 2) or got.size < 3:
        return ""
    others = tuple(range(1, got.ndim))
    bad: np.ndarray = np.asarray(wrong(got, want).any(axis=others))
    start = int(np.argmax(bad))
    if is_whole(want) and want.size - start < MIN_SIGNS:  # 0 by accident
        return ""
    if not start > 0 or not bad[start:].all() or np.any(got[start:] != 0) or not got[:start].any():
        return ""
    line = lines(got.ndim, 0)
    if start == len(got) - 1:
        return f"Its last {line} is 0, all else is right: does a loop stop one turn early?"
    if start == 1:
        return (
            f"It is right in the first {line} alone, and 0 after it: does the loop end too early?"
        )
    return f"It is right up to {line} {start - 1}, and 0 from there on."


def ends(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The very first or very last entry alone."""
    bad = wrong(got, want).ravel()
    if bad.size < MIN_ENDS or np.count_nonzero(bad) != 1:
        return ""
    if bad[0]:
        return "Only the first entry is wrong."
    return "Only the last entry is wrong." if bad[-1] else ""


def diagonal(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """On, above or below the diagonal of a square array."""
    if got.ndim != 2 or got.shape[0] != got.shape[1] or len(got) < MIN_SIDE:
        return ""
    bad = wrong(got, want)
    rows = np.arange(len(got))[:, np.newaxis]
    columns = rows.T
    for name, mask in (
        ("on the diagonal", rows == columns),
        ("off the diagonal", rows != columns),
        ("below the diagonal", rows > columns),
        ("above the diagonal", rows < columns),
    ):
        if fills(got, want, bad, mask, like=4):
            one_side = name.startswith(("below", "above"))
            mirror = one_side and np.array_equal(got, got.T)
            tail = ": they mirror those on the other side" if mirror else ""
            return f"Only the entries {name} are wrong{tail}."
    return ""


def border(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The border or the inside of the last two axes."""
    if got.ndim < 2 or min(got.shape[-2:]) < MIN_SIDE:
        return ""
    inside = np.zeros(got.shape, bool)
    inside[..., 1:-1, 1:-1] = True
    if np.count_nonzero(inside) < MIN_SIDE:
        return ""
    bad = wrong(got, want)
    where = "" if got.ndim == 2 else " of the last two axes"
    if fills(got, want, bad, ~inside):
        return f"Only the border{where} is wrong: first and last rows and columns."
    if fills(got, want, bad, inside):
        return f"Only the inside{where} is wrong: all but first and last rows and columns."
    return ""


def some_lines(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Some rows, columns or slices, up to five, or all but one."""
    bad = wrong(got, want)
    for axis in range(got.ndim if got.ndim > 1 else 0):
        others = tuple(k for k in range(got.ndim) if k != axis)
        there = np.asarray(bad.any(axis=others))
        count, length = int(np.count_nonzero(there)), len(there)
        mask = there.reshape([length if k == axis else 1 for k in range(got.ndim)])
        few_wrong = 0 < count <= min(MAX_NAMED, length // 2)
        one_right = length > 2 and count == length - 1
        if bad.size < 2 * length or not (few_wrong or one_right):
            continue
        if not fills(got, want, bad, mask, like=got.ndim * comb(length, count)):
            continue
        if few_wrong:
            named = places(got.ndim, axis, [int(i) for i in np.flatnonzero(there)])
            return f"Only {named} {'is' if count == 1 else 'are'} wrong."
        return f"Only {places(got.ndim, axis, [int(np.argmin(there))])} is right."
    return ""


def signs(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Where negative, positive or zero numbers are expected; or where an argument is so."""
    bad = wrong(got, want)
    for name, value in (("", want), *numbers_of(arguments)):
        if value.shape != want.shape:
            continue
        for what, mask in (("0", value == 0), ("negative", value < 0), ("positive", value > 0)):
            if not fills(got, want, bad, mask, like=KINDS):
                continue
            rule = _rule(got, want, bad)
            if what == "positive" and not rule and value.min() >= 0:
                continue  # what should be 0 is right: that says little
            where = f"where {name} is {what}" if name else f"that should be {what}"
            return f"Only the entries {where} are wrong{rule}."
    return ""


def up_to_a_constant(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A constant or factor of its own in each row, column or slice."""
    for axis in range(want.ndim if want.ndim > 1 else 0):
        others = tuple(k for k in range(want.ndim) if k != axis)
        count = want.shape[axis]
        # So many numbers bear it out, beyond those that are needed to find the constants.
        if want.size == count or want.size - count < MIN_BEYOND or distinct(np.abs(want)) < 3:
            continue
        first = (slice(None),) * axis + (slice(1),)  # one line rules most axes out
        each = _line(want.ndim, axis)
        if may_fit(got[first], want[first] + _mean(got[first] - want[first], others)):
            varied = largest(want - _mean(want, others)) > VARIED * largest(want)
            if varied and fits(got, want + _mean(got - want, others), want):
                return f"It is right up to a constant in each {each}."
        may = may_fit(got[first], want[first] * _factors(got[first], want[first], others))
        if may and fits(got, want * _factors(got, want, others), want):
            return f"It is right up to a factor in each {each}."
    return ""


def _line(ndim: int, axis: int) -> str:
    return lines(ndim, axis) + (f" of axis {axis}" if ndim > 2 else "")


def _mean(array: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    return np.asarray(np.mean(array, axis=axes, keepdims=True, dtype=np.float64))


def _factors(got: np.ndarray, want: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Return for each line the factor that makes the expected numbers the student's."""
    sums = np.sum(np.abs(want), axis=axes, keepdims=True)
    found = np.sum(got * np.sign(want), axis=axes, keepdims=True) / np.where(sums, sums, 1)
    return np.asarray(found)


def wrong_ones(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Wrong entries here and there, with a rule of their own."""
    bad = wrong(got, want)
    count = np.count_nonzero(bad)
    if not 0 < count < bad.size:
        return ""
    rule = _rule(got, want, bad)
    return f"Only {count} of {bad.size} entries are wrong{rule}." if rule else ""


def _rule(got: np.ndarray, want: np.ndarray, bad: np.ndarray) -> str:
    """Say what holds for all wrong entries, to follow "are wrong"."""
    ours, theirs = got[bad], want[bad]
    if len(ours) < (MIN_WHOLE if is_whole(want) else MIN_SIGNS):
        return ""
    return next((text for text, fitting in _rules(ours, theirs) if fitting), "")


def _rules(ours: np.ndarray, theirs: np.ndarray) -> Iterator[tuple[str, bool]]:
    yield ": they are 0", not ours.any()
    yield ": their sign is the opposite", fits(ours, -theirs, theirs)
    varied = distinct(theirs) > 2
    yield f": they are all {show(float(ours[0]))}", varied and distinct(ours) == 1
    off = float(np.mean(ours - theirs))
    size = "large" if off > 0 else "small"
    text = f": they are {show(abs(off))} too {size}"
    yield text, varied and fits(ours, theirs + off, theirs)
    top = int(np.argmax(np.abs(theirs)))
    ratio = float(ours[top]) / float(theirs[top]) if theirs[top] else np.nan
    yield (
        f": they are {ratio:.3g} times what is expected",
        varied and fits(ours, ratio * theirs, theirs),
    )
