"""Arrays of the right shape, wrong (nearly) everywhere by one rule for all entries."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.differences.factors import SIMPLE, meanings, times
from autograder.differences.measure import (
    MIN_WHOLE,
    distinct,
    few,
    fits,
    is_whole,
    largest,
    may_fit,
    numbers_of,
    show,
    tells_rule,
    wrong,
)

MIN_SAME = 3  # entries that hold one number, before "everywhere" is said
MIN_COUNT = 20  # smaller whole numbers have simple ratios by accident
NEAR = 1e-4  # part of the largest entry, up to which an array is nearly right
MAX_DIGITS = 8  # of rounding

Function = Callable[[np.ndarray], np.ndarray]

FUNCTIONS: tuple[tuple[str, Function], ...] = (
    ("It is the square of what is expected: is a square root missing?", np.square),
    ("It is the square root of what is expected.", np.sqrt),
    ("It is the exponential of what is expected: is a logarithm missing?", np.exp),
    ("It is the logarithm of what is expected.", np.log),
    ("It is 1 divided by what is expected.", np.reciprocal),
    ("It is 1 minus what is expected.", lambda want: 1 - want),
)
ROUNDINGS: tuple[tuple[Function, str], ...] = (
    (np.trunc, "It is cut to whole numbers: do integers stand where floats are needed?"),
    (np.floor, "It is rounded down to whole numbers: is // used where / is needed?"),
    (np.rint, "It is rounded to whole numbers."),
)


def zeros(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Nothing but zeros."""
    return "It is 0 everywhere." if want.size > 1 and not got.any() else ""


def constant(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """One number everywhere, perhaps one made of the expected ones."""
    if got.size < MIN_SAME or distinct(got) > 1 or distinct(want) < 2:
        return ""
    number = got.flat[0]
    where = f"It is {show(float(number))} everywhere"
    for name, reduce in (("sum", np.sum), ("mean", np.mean), ("maximum", np.max)):
        value = np.asarray(reduce(want))
        if not is_whole(want) and fits(got.ravel()[:1], value.reshape(1), want.ravel()[:1]):
            return f"{where}, the {name} of all that is expected."
    return f"{where}."


def argument(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """An argument as it was."""
    if distinct(got) < 2 or (is_whole(got) and got.size < MIN_WHOLE):
        return ""
    for name, value in numbers_of(arguments):
        if value.shape == got.shape and fits(got, value.astype(np.float64), want):
            return f"It is the argument {name}, unchanged."
    return ""


def sign(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The opposite sign."""
    if not fits(got, -want, want):
        return ""
    return "Its sign is wrong everywhere." if want.size > 1 else "Its sign is wrong."


def scaled(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A constant times what is expected; of a single number, only a constant with a meaning."""
    top = np.unravel_index(np.argmax(np.abs(want)), want.shape)
    if not want[top] or not got[top]:
        return ""
    ratio = float(got[top]) / float(want[top])
    if not np.isfinite(ratio) or not fits(got, ratio * want, want):
        return ""
    near = 1e-5 if got.dtype == np.float32 else SIMPLE
    question = next(
        (text for c, text in meanings(arguments) if abs(ratio - c) <= near * abs(c)), None
    )
    nonzero = want[want != 0]
    if tells_rule(np.abs(nonzero)):
        where = " everywhere"
    elif question is None or (is_whole(want) and largest(want) < MIN_COUNT):
        return ""
    else:
        where = " everywhere" if want.size > 1 else ""
    tail = f": {question}" if question else "."
    return f"It is {times(ratio)} times the expected value{where}{tail}"


def offset(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A constant more or less than expected; by 1, where labels are whole numbers."""
    if not want.ndim and not is_whole(want) and abs(abs(got - want) - 1) <= SIMPLE:
        return f"It is exactly 1 too {'large' if got > want else 'small'}."
    if not tells_rule(want):
        return ""
    difference = float(np.mean(got - want))
    if not difference or not fits(got, want + difference, want):
        return ""
    if difference == 1 and is_whole(want) and want.ndim == 1 and want.min() >= 0:
        return "It is 1 too large everywhere: are labels counted from 1, as in Julia?"
    size = "large" if difference > 0 else "small"
    return f"It is {show(abs(difference))} too {size} everywhere."


def absolute(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Negative numbers without their sign."""
    if not _both_signs(want) or not fits(got, np.abs(want), want):
        return ""
    return "It is the absolute value of what is expected."


def clipped(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Cut off below or above some number."""
    if not _both_signs(want):
        return ""
    if fits(got, np.maximum(want, 0), want):
        return "It is right where it should be positive, and 0 where it should be negative."
    if fits(got, np.minimum(want, 0), want):
        return "It is right where it should be negative, and 0 where it should be positive."
    return ""


def unclipped(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Negative numbers where 0 is expected, as where a ReLU is missing."""
    if not _both_signs(got) or distinct(want) < 2 or not fits(np.maximum(got, 0), want, got):
        return ""
    return "It is negative where 0 is expected, and right elsewhere: is a maximum with 0 missing?"


def capped(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Cut off at the largest or smallest number that the array holds."""
    if distinct(got) < 3:
        return ""
    for limit, cut, how in ((got.max(), np.minimum, "above"), (got.min(), np.maximum, "below")):
        reached = np.count_nonzero(got == limit)
        if reached >= MIN_SAME and fits(got, cut(want, limit), want):
            return f"It is cut off at {show(float(limit))}: right but where {how} that is expected."
    return ""


def functions(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A well-known function of what is expected."""
    if is_whole(got) and is_whole(want) and distinct(want) < 3:
        return ""
    for text, function in FUNCTIONS:
        if may_fit(few(got), function(few(want))) and fits(got, function(want), want):
            return text
    return ""


def rounded(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Whole numbers, or few digits, where there should be more."""
    if is_whole(want):
        return ""
    if distinct(got) > 2 and is_whole(few(got)):
        for function, text in ROUNDINGS:
            if np.array_equal(got, function(want)):
                return text
    for digits in range(1, MAX_DIGITS + 1):
        short = np.round(few(want), digits).astype(got.dtype)
        if not short.any() or not np.array_equal(few(got), short):
            continue
        if np.array_equal(got, np.round(want, digits).astype(got.dtype)):
            return f"It is rounded to {digits} digit{'s' * (digits > 1)} after the point."
    return ""


def single(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """The digits of float32 where those of float64 are asked for."""
    if got.dtype == np.float32 or not want.size or is_whole(got):
        return ""
    if not np.all(got == got.astype(np.float32)) or not np.any(wrong(got, want)):
        return ""
    if not np.all(np.abs(got - want) <= 1e-5 * largest(want)):
        return ""
    return "It is right to float32's 7 digits alone: is something turned into float32?"


def nearly(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Differences far smaller than the numbers."""
    part = largest(got - want) / (largest(want) or np.nan)
    if got.dtype == np.float32 or not part < NEAR or is_whole(want):
        return ""
    if not want.ndim:
        return f"It is nearly right: it is off by {part:.0e} of what is expected."
    return f"It is nearly right: no entry is off by more than {part:.0e} of the largest expected."


def _both_signs(array: np.ndarray) -> bool:
    return bool(array.size > 2 and array.min() < 0 < array.max())
