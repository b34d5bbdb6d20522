"""Compare a gradient with numerical slopes, and say in a paragraph what was found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from autograder.checks.compare import describe
from autograder.differences import explain
from autograder.gradient import (
    SINGLE,
    Point,
    Precision,
    Slopes,
    along,
    sample_slopes,
    value_at,
)

FULL = 300  # numbers in an array of which every slope is taken
SAMPLE = 20  # slopes of a larger one
TOLERANCE = 1e-6  # of the largest entry, for float64
TOLERANCE32 = 1e-4  # for a gradient in float32
TOLERANCE_SINGLE = 1e-2  # for a function that computes in float32: its slopes are no better
MARGIN = 10  # the error of a slope may be so many times its estimate
MAX_SHOWN = 3


@dataclass(frozen=True, repr=False)
class Agreement:
    """What a comparison of a gradient with numerical slopes gave; true if they agree.

    Attributes
    ----------
    agrees : bool
        Whether each difference is within the tolerance.
    compared : int
        How many coordinates were compared.
    left_out : int
        How many were not, because the function has a kink there.
    error : float
        The largest difference, as a part of the largest entry of the gradient.
    tolerance : float
        The largest error that is let pass.
    seed : int
        The seed that chose the coordinates.
    message : str
        All this in words.
    """

    agrees: bool
    compared: int
    left_out: int
    error: float
    tolerance: float
    seed: int
    message: str

    def __bool__(self) -> bool:
        return self.agrees

    def __str__(self) -> str:
        return self.message

    __repr__ = __str__


class _Part(NamedTuple):
    """The comparison of one array; `fault` is "" if it agrees."""

    compared: int
    left_out: int
    error: float
    tolerance: float
    fault: str


def gradient_check(
    f: Callable[[Any], Any],
    x: Point,
    gradient: Any,
    *,
    count: int | None = None,
    seed: int = 0,
    tolerance: float | None = None,
) -> Agreement:
    """Compare a gradient with the slopes of the function it belongs to.

    Parameters
    ----------
    f : callable
        Takes what x is and returns a number, the loss. It is called on float64 copies of x.
    x : ndarray, or dict of str to ndarray
        The point.
    gradient : ndarray, shape of x, or dict of such arrays
        The gradient of f at x by formula. Of a dict, some of the keys will do.
    count : int, optional
        The most coordinates to compare in each array. If it is not given: all of an array of up
        to 300 numbers, 20 of a larger one.
    seed : int
        Chooses the coordinates.
    tolerance : float, optional
        The largest difference to let pass, as a part of the largest entry of the array. If it is
        not given: 1e-6, or 1e-4 for a gradient in float32.

    Returns
    -------
    Agreement
        True if they agree; printed, it says what was compared and what is wrong.

    Raises
    ------
    TypeError, ValueError
        If f does not return one finite number, or not the same when called again; if x and the
        gradient have different keys or shapes, or hold no numbers.
    """
    if count is not None and count < 1:
        raise ValueError(f"count must be at least 1, but is {count}")
    parts = {
        name: _compare(name, function, point, array, count, seed, tolerance)
        for name, function, point, array in _arrays(f, x, gradient)
    }
    worst = max(parts.values(), key=lambda part: part.error)
    compared = sum(part.compared for part in parts.values())
    left_out = sum(part.left_out for part in parts.values())
    faults = [part.fault for part in parts.values() if part.fault]
    if faults:
        right = [name for name, part in parts.items() if not part.fault]
        message = " ".join(faults) + (f" Right: {', '.join(right)}." if right else "")
    else:
        message = (
            f"The gradient agrees with the slopes of f: {_coordinates(compared)} compared, "
            f"{left_out} left out at kinks; the largest error is {worst.error:.1e} of the largest "
            "entry."
        )
        unchecked = [key for key in x if key not in gradient] if isinstance(x, Mapping) else []
        if unchecked:
            message += f" Not in the gradient, so not compared: {', '.join(map(repr, unchecked))}."
    return Agreement(not faults, compared, left_out, worst.error, worst.tolerance, seed, message)


def _arrays(
    f: Callable[[Any], Any], x: Any, gradient: Any
) -> list[tuple[str, Callable[[np.ndarray], Any], np.ndarray, np.ndarray]]:
    """Pair each array of the gradient with its part of x and with f as a function of that part."""
    if not isinstance(x, Mapping):
        if isinstance(gradient, Mapping):
            raise TypeError(f"x is {describe(x)}, so the gradient must be an array, not a dict")
        point, array = _checked("x", x), _checked("the gradient", gradient)
        return [("The gradient", f, point, _same_shape("the gradient", array, "x", point))]
    if not isinstance(gradient, Mapping):
        raise TypeError(f"x is a dict, so the gradient must be one too, not {describe(gradient)}")
    strange = [key for key in gradient if key not in x]
    if strange or not gradient:
        found = f"has {', '.join(map(repr, strange))}" if strange else "is empty"
        known = ", ".join(map(repr, x))
        raise ValueError(f"the gradient must have keys of x ({known}), but {found}")
    points = {key: _checked(f"x[{key!r}]", one) for key, one in x.items()}
    paired = []
    for key, one in gradient.items():
        name = f"gradient[{key!r}]"
        array = _same_shape(name, _checked(name, one), f"x[{key!r}]", points[key])
        paired.append((name, along(f, points, key), points[key], array))
    return paired


def _checked(name: str, value: Any) -> np.ndarray:
    """Return an array of real numbers, or say why the value is none."""
    if isinstance(value, tuple) and any(isinstance(item, np.ndarray) for item in value):
        raise TypeError(f"{name} is {describe(value)} values: take one of them, as in [1]")
    array = np.asarray(value)
    if array.dtype.kind in "iu":
        array = array.astype(np.float64)
    if array.dtype.kind != "f":
        raise TypeError(f"{name} must be an array of real numbers, but is {describe(value)}")
    if not array.size:
        raise ValueError(f"{name} holds no numbers: its shape is {array.shape}")
    return array


def _same_shape(name: str, array: np.ndarray, of: str, point: np.ndarray) -> np.ndarray:
    if array.shape != point.shape:
        hint = ": it looks transposed" if array.shape == point.shape[::-1] else ""
        raise ValueError(f"{name} has shape {array.shape}, but {of} has {point.shape}{hint}")
    return array


def _compare(
    name: str,
    f: Callable[[np.ndarray], Any],
    x: np.ndarray,
    gradient: np.ndarray,
    count: int | None,
    seed: int,
    tolerance: float | None,
) -> _Part:
    x = x.astype(np.float64)
    precision = _precision(f, x)
    if tolerance is None:
        tolerance = TOLERANCE32 if gradient.dtype == np.float32 else TOLERANCE
        tolerance = TOLERANCE_SINGLE if precision is SINGLE else tolerance
    bad = np.argwhere(~np.isfinite(gradient))
    if len(bad):
        where = tuple(bad[0].tolist())
        share = f"{len(bad)} of {gradient.size} entries are not finite"
        return _Part(
            0, 0, np.inf, tolerance, f"{name} is {gradient[where]} at {_at(where)}: {share}."
        )

    if count is None:
        count = x.size if x.size <= FULL else SAMPLE
    slopes = sample_slopes(f, x, np.random.default_rng(seed), count)
    compared, left_out = len(slopes.coordinates), len(slopes.left_out)
    if not compared:
        fault = (
            f"{name} can't be compared: at each of the {left_out} coordinates that were tried, f "
            "has a kink or rounds its values. Try another x, and float64 in f."
        )
        return _Part(0, left_out, np.inf, tolerance, fault)
    got = np.array([gradient[where] for where in slopes.coordinates])
    # A gradient that the slopes can't tell from 0 is none to measure by.
    largest = max(np.abs(gradient).max(), np.abs(slopes.values).max())
    scale = max(float(largest), MARGIN * float(slopes.errors.max()) / tolerance) or 1.0
    errors = np.abs(got - slopes.values) / scale
    wrong = np.flatnonzero(errors > tolerance)
    fault = _fault(name, gradient, got, slopes, wrong) if wrong.size else ""
    return _Part(compared, left_out, float(errors.max()), tolerance, fault)


def _precision(f: Callable[[np.ndarray], Any], x: np.ndarray) -> Precision:
    """Return the precision of f's values, which must be the same for the same x."""
    (first, precision), (second, _) = value_at(f, x), value_at(f, x)
    if first != second:
        raise ValueError(
            f"f returned {first:.6g} and then {second:.6g} for the same x: it must draw no random "
            "numbers, and keep and change nothing"
        )
    return precision


def _fault(
    name: str, gradient: np.ndarray, got: np.ndarray, slopes: Slopes, wrong: np.ndarray
) -> str:
    """Say where a gradient differs from the slopes, and how if there is a rule in it."""
    places = sorted(slopes.coordinates[i] for i in wrong)
    shown = ", ".join(_at(where) for where in places[:MAX_SHOWN])
    more = ", …" if len(places) > MAX_SHOWN else ""
    first = slopes.coordinates.index(places[0])
    one, other = (f"{array[first] + 0.0:.6g}" for array in (got, slopes.values))
    if not gradient.ndim:
        return f"{name} is {one}, but the slope of f is {other}."
    return (
        f"{name} differs from the slopes of f at {len(places)} of "
        f"{_coordinates(len(slopes.coordinates))} ({shown}{more}): at {_at(places[0])} it is "
        f"{one}, but the slope is {other}. {_rule(gradient, got, slopes)}"
    ).rstrip()


def _rule(gradient: np.ndarray, got: np.ndarray, slopes: Slopes) -> str:
    """Say what rule the differences follow, or ""."""
    if len(slopes.coordinates) == gradient.size:
        want = np.empty(gradient.shape)
        for where, value in zip(slopes.coordinates, slopes.values, strict=True):
            want[where] = value
        return explain(gradient, want, {})
    # A sentence about places would be about those in the sample: none that depends on its order.
    rule = explain(got, slopes.values, {})
    return rule if rule == explain(np.roll(got, 1), np.roll(slopes.values, 1), {}) else ""


def _at(where: tuple[int, ...]) -> str:
    return str(list(where))


def _coordinates(count: int) -> str:
    return "1 coordinate" if count == 1 else f"{count} coordinates"
