"""Compare what a student's function returned with what was expected, and say where they part."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checks.call import Call
from autograder.checks.sketch import Sketch, places, sketch

MAX_SHOWN = 6
MAX_KEY = 60
# What is left where numbers near 1 cancel to 0.
ABSOLUTE_FLOOR = 1e-13
ABSOLUTE_FLOOR32 = 1e-6


class CheckFailed(Exception):
    """A check found a wrong answer; the message is one or two sentences for the student.

    Attributes
    ----------
    got, want : ndarray or None
        The arrays that differ, where that is what is wrong.
    name : str
        What the message calls them.
    call : Call or None
        The call that returned the wrong answer.
    where : tuple of int or None
        The entry that the message names.
    """

    def __init__(
        self,
        message: str,
        got: np.ndarray | None = None,
        want: np.ndarray | None = None,
        name: str = "",
        call: Call | None = None,
        where: tuple[int, ...] | None = None,
    ):
        super().__init__(message)
        self.got, self.want, self.name, self.call = got, want, name, call
        self.where = where

    def about(self, call: Call, advice: str = "") -> "CheckFailed":
        """Return the same failure with the call before it and advice after it."""
        message = f"{call}: {self} {advice}".strip()
        return CheckFailed(message, self.got, self.want, self.name, call, self.where)


def compare(got: Any, want: Any, name: str, tolerance: float, *, double: bool = True) -> None:
    """Raise CheckFailed unless `got` is what was expected.

    Parameters
    ----------
    got : plain data
        From the student's worker.
    want : plain data
        The expected value; its structure says what is asked: a number, a label (int), an array,
        a tuple (a list will do), a list of numbers (an array or a tuple will do), or a dict.
    name : str
        What to call the value in the message.
    tolerance : float
        Of floating-point arrays: the largest difference, as a part of the largest expected
        magnitude in that array. Whole numbers must be equal.
    double : bool
        Whether float64 is asked for, as it is when the arguments were float64.
    """
    if got is want:
        return
    if isinstance(want, list):
        want = np.asarray(want)
    if isinstance(want, Sketch):
        _compare_with_sketch(got, want, name, tolerance, double)
    elif isinstance(want, np.ndarray):
        _compare_arrays(_as_array(got, want, name), want, name, tolerance, double)
    elif isinstance(want, dict):
        _compare_dicts(got, want, name, tolerance, double)
    elif isinstance(want, tuple):
        if not isinstance(got, tuple | list) or len(got) != len(want):
            raise CheckFailed(
                f"{name} should be a tuple of {len(want)} values, but is {describe(got)}."
            )
        for i, (one, other) in enumerate(zip(got, want, strict=True)):
            compare(one, other, f"{name}[{i}]", tolerance, double=double)
    else:
        _compare_numbers(got, want, name, tolerance, double)


def describe(value: Any) -> str:
    """Say in a few words what a value is: its type, and its shape or size or itself."""
    if value is None:
        return "None (is a return missing?)"
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return describe(value.item())
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, tuple | list | dict):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, str | bytes):
        return f"a text of {len(value)} characters"
    if isinstance(value, bool | np.bool_):
        return str(value)
    if isinstance(value, float | np.floating):
        shown = _number(value)
        return f"the float {shown}{'.0' if shown.lstrip('-').isdigit() else ''}"
    if isinstance(value, int | complex | np.generic):
        return f"the number {_number(value)}"
    return f"a {type(value).__name__}"


def _as_array(got: Any, want: np.ndarray, name: str) -> np.ndarray:
    if isinstance(got, list | tuple) and want.ndim == 1:  # losses and labels may be a list
        try:
            array = np.asarray(got)
        except ValueError:  # ragged
            array = np.asarray(None)
        if array.dtype.kind in "iuf" and (array.size or not want.size):
            return array
    if not isinstance(got, np.ndarray):
        raise CheckFailed(
            f"{name} should be an array of shape {want.shape}, but is {describe(got)}."
        )
    return got


def _compare_arrays(
    got: np.ndarray, want: np.ndarray, name: str, tolerance: float, double: bool
) -> None:
    if got.shape != want.shape:
        message = f"{name} should have shape {want.shape}, but has {got.shape}."
        raise CheckFailed(message, got, want, name)
    _check_dtype(got.dtype, want.dtype, name, double)
    if want.dtype.kind in "iub":
        wrong = got != want
        if wrong.any():
            raise _first_difference(got, want, wrong, name)
        return
    finite = np.isfinite(got)
    if not finite.all():
        where = _index(~finite)
        raise CheckFailed(
            f"{name}{_subscript(where)} is {_number(got[where])}; expected {_number(want[where])}.",
            got,
            want,
            name,
            where=where,
        )
    scale = np.abs(want).max(initial=0.0)
    # In units of the scale, so that no difference of two finite numbers overflows.
    allowed = tolerance * scale + (ABSOLUTE_FLOOR if double else ABSOLUTE_FLOOR32)
    with np.errstate(over="ignore"):
        wrong = np.abs(got.astype(np.float64) - want) > allowed
    if wrong.any():
        raise _first_difference(got, want, wrong, name)


def _compare_with_sketch(got: Any, want: Sketch, name: str, tolerance: float, double: bool) -> None:
    if not isinstance(got, np.ndarray):
        raise CheckFailed(
            f"{name} should be an array of shape {want.shape}, but is {describe(got)}."
        )
    if got.shape != want.shape:
        raise CheckFailed(f"{name} should have shape {want.shape}, but has {got.shape}.")
    _check_dtype(got.dtype, want.samples.dtype, name, double)
    found = sketch(got)
    allowed = tolerance * want.scale + (ABSOLUTE_FLOOR if double else ABSOLUTE_FLOOR32)
    wrong = ~(np.abs(found.samples - want.samples) <= allowed)
    if wrong.any():
        (first,) = _index(wrong)
        where = np.unravel_index(places(got.size)[first], got.shape)
        apart = _apart(want.samples[first], found.samples[first])
        raise CheckFailed(f"{name}{_subscript(where)} should be {apart}.")
    if not np.all(np.abs(found.projections - want.projections) <= allowed):
        raise CheckFailed(f"{name} is wrong in some entries.")


def _check_dtype(got: np.dtype, want: np.dtype, name: str, double: bool) -> None:
    if want.kind in "iu":
        if got.kind not in "iu":
            raise CheckFailed(f"{name} should hold whole numbers (an integer dtype), not {got}.")
    elif want.kind == "f":
        if got.kind != "f":
            raise CheckFailed(f"{name} should hold floats, but its dtype is {got}.")
        if double and got.itemsize < 8:
            raise CheckFailed(
                f"{name} should be float64 where the arguments are float64, but is {got}."
            )


def _compare_dicts(
    got: Any, want: dict[Any, Any], name: str, tolerance: float, double: bool
) -> None:
    if not isinstance(got, dict):
        raise CheckFailed(
            f"{name} should be a dict with keys {_keys(want)}, but is {describe(got)}."
        )
    if set(got) != set(want):
        raise CheckFailed(f"{name} should have keys {_keys(want)}, but has {_keys(got)}.")
    for key, value in want.items():
        compare(got[key], value, f"{name}[{key!r}]", tolerance, double=double)


def _compare_numbers(got: Any, want: Any, name: str, tolerance: float, double: bool) -> None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got[()]
    whole = isinstance(want, int | np.integer)
    kinds = (int, np.integer) if whole else (int, float, np.integer, np.floating)
    if not isinstance(got, kinds) or isinstance(got, bool | np.bool_):
        kind = "a whole number" if whole else "a number"
        raise CheckFailed(f"{name} should be {kind}, {_number(want)}, but is {describe(got)}.")
    if double and isinstance(got, np.floating) and got.dtype.itemsize < 8:
        raise CheckFailed(f"{name} should be float64 where the arguments are, but is {got.dtype}.")
    floor = ABSOLUTE_FLOOR if double else ABSOLUTE_FLOOR32
    allowed = 0 if whole else tolerance * abs(want) + floor
    if not abs(got - want) <= allowed:
        message = f"{name} should be {_apart(want, got)}."
        raise CheckFailed(message, np.asarray(got), np.asarray(want), name)


def _first_difference(
    got: np.ndarray, want: np.ndarray, wrong: np.ndarray, name: str
) -> CheckFailed:
    where = _index(wrong)
    share = "" if want.size == 1 else f" ({int(wrong.sum())} of {want.size} entries differ)"
    apart = _apart(want[where], got[where])
    message = f"{name}{_subscript(where)} should be {apart}{share}."
    return CheckFailed(message, got, want, name, where=where)


def _index(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0])


def _subscript(where: Sequence[Any]) -> str:
    return f"[{', '.join(map(str, where))}]" if where else ""


def _apart(want: Any, got: Any) -> str:
    """Show two numbers with as many digits as it takes to tell them apart."""
    for digits in (6, 9, 12, 17):
        one, other = _number(want, digits), _number(got, digits)
        if one != other:
            break
    return f"{one}, but is {other}"


def _number(value: Any, digits: int = 6) -> str:
    value = value.item() if isinstance(value, np.generic) else value
    return f"{value + 0.0:.{digits}g}" if isinstance(value, float) else str(value)[:40]


def _keys(mapping: dict[Any, Any]) -> str:
    shown = ", ".join(repr(key)[:MAX_KEY] for key in list(mapping)[:MAX_SHOWN])
    return shown + (", …" if len(mapping) > MAX_SHOWN else "") if mapping else "none"
