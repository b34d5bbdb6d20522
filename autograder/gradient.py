"""Numerical gradients: central differences with their errors, and kinks found and left out."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple, overload

import numpy as np

from autograder.checks.compare import describe

Point = np.ndarray | Mapping[str, np.ndarray]
SMOOTH = 1e-7  # of the largest slope: an error beyond it is a kink's, not one of rounding
ENOUGH = 1e-10  # of a slope: a smaller error is not worth another step
ROUNDING = 64  # of the last digits of the function's value


class Precision(NamedTuple):
    """How far a function's values can be trusted, and the steps that suit them.

    With an error of order h⁴ from the formula and of order eps / h from rounding, the best first
    step is near eps^(1/5). Each next step is half as long; the last is near eps^(1/3).
    """

    eps: float
    first: float
    steps: int
    smooth: float


DOUBLE = Precision(2.0**-52, first=2.0**-11, steps=8, smooth=SMOOTH)
SINGLE = Precision(2.0**-23, first=2.0**-5, steps=5, smooth=1e-3)


class Slope(NamedTuple):
    """One numerical slope: its value, an estimate of its error, and what rounding may do to it."""

    value: float
    error: float
    rounding: float


class Slopes(NamedTuple):
    """Numerical slopes at some coordinates.

    Attributes
    ----------
    coordinates : list of tuple of int
        Where the slope was taken; coordinates at a kink are left out.
    values : ndarray, shape (len(coordinates),)
        The slopes.
    errors : ndarray, shape (len(coordinates),)
        Estimates of their errors.
    left_out : list of tuple of int
        The coordinates at kinks.
    """

    coordinates: list[tuple[int, ...]]
    values: np.ndarray
    errors: np.ndarray
    left_out: list[tuple[int, ...]]


@overload
def numerical_gradient(f: Callable[[np.ndarray], Any], x: np.ndarray) -> np.ndarray: ...


@overload
def numerical_gradient(
    f: Callable[[dict[str, np.ndarray]], Any], x: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]: ...


def numerical_gradient(f: Callable[[Any], Any], x: Point) -> np.ndarray | dict[str, np.ndarray]:
    """Gradient of a function by differences, whatever formula the function follows.

    Parameters
    ----------
    f : callable
        Takes what x is and returns a number.
    x : ndarray, or dict of str to ndarray
        The point, of any shape; it is not changed.

    Returns
    -------
    ndarray, shape of x, or dict of such arrays
        The slope of f along each coordinate, float64: see `slope`. At a kink it means nothing.
        The steps are 5e-4 to 4e-6 times max(1, |x_i|), the shorter ones where f is rough.
    """
    if isinstance(x, Mapping):
        return {key: numerical_gradient(along(f, x, key), array) for key, array in x.items()}
    x = np.array(x, dtype=np.float64)
    here, precision = value_at(f, x)
    gradient = np.empty_like(x)
    for where in np.ndindex(*x.shape):
        gradient[where] = slope(f, x, here, where, precision).value
    return gradient


def sample_slopes(
    f: Callable[[np.ndarray], Any],
    x: np.ndarray,
    rng: np.random.Generator,
    count: int = 12,
) -> Slopes:
    """Numerical slopes at up to `count` random coordinates where `f` has no kink.

    A coordinate is left out where no step gives a slope with an error far below the largest
    slope. That happens to no smooth function, but at a hinge, a ReLU or the winner of a pool that
    changes within the shortest step, however little it weighs.
    """
    x = np.array(x, dtype=np.float64)
    here, precision = value_at(f, x)
    found = {}
    for flat in rng.permutation(x.size)[:count]:
        where = tuple(int(i) for i in np.unravel_index(flat, x.shape))
        found[where] = slope(f, x, here, where, precision)
    sure = [s for s in found.values() if s.error <= precision.smooth * abs(s.value) + s.rounding]
    allowed = precision.smooth * max((abs(s.value) for s in sure), default=0.0)
    kept = {where: s for where, s in found.items() if s in sure or s.error <= allowed}
    return Slopes(
        list(kept),
        np.array([s.value for s in kept.values()]),
        np.array([s.error for s in kept.values()]),
        [where for where in found if where not in kept],
    )


def slope(
    f: Callable[[np.ndarray], Any],
    x: np.ndarray,
    here: float,
    where: tuple[int, ...],
    precision: Precision = DOUBLE,
) -> Slope:
    """Slope of a function along one coordinate, by extrapolated central differences.

    Parameters
    ----------
    f : callable
        Takes an array of x's shape and returns a number.
    x : ndarray, float64
        The point.
    here : float
        f(x).
    where : tuple of int
        The coordinate.
    precision : Precision
        That of the values of f.

    Returns
    -------
    Slope
        The best of some steps h. With D(h) = (f(x + h e) - f(x - h e)) / 2h, whose error is of
        order h² for a smooth f, (4 D(h/2) - D(h)) / 3 has one of order h⁴ (Richardson; Nocedal
        and Wright, *Numerical Optimization*, section 8.1; Press et al., *Numerical Recipes*,
        section 5.7). The error is estimated by what h and h/2 give: by the difference of the
        extrapolated slopes, and by the bend f'(x+) - f'(x-), which is half as large for half
        the step unless there is a kink. One kink, wherever it lies, moves the slope by no more
        than half of the larger of the two. Rounding is reckoned from f(x): where large terms of
        f cancel to a small value, it is more than the estimate tells.
    """
    # A power of two is exact, and so is nearly each x + h.
    step = precision.first * 2.0 ** max(0, np.frexp(x[where])[1] - 1)
    best = Slope(np.nan, np.inf, 0.0)
    slopes: list[float] = []
    bends: list[float] = []
    for _ in range(precision.steps):
        above, below = _moved(f, x, where, step), _moved(f, x, where, -step)
        slopes.append((above - below) / (2 * step))
        bends.append((above - 2 * here + below) / step)
        if len(slopes) > 2:
            wide, near = ((4 * two - one) / 3 for one, two in pairwise(slopes[-3:]))
            last_digit = precision.eps * abs(here) / step
            error = max(abs(near - wide), abs(bends[-3] - 2 * bends[-2])) + last_digit
            if error < best.error:
                best = Slope(near, error, ROUNDING * last_digit)
            if error <= ENOUGH * abs(near) + 8 * last_digit:
                break
        step /= 2
    return best


def along(
    f: Callable[[dict[str, np.ndarray]], Any], x: Mapping[str, np.ndarray], key: str
) -> Callable[[np.ndarray], Any]:
    """Return f as a function of one array of its dict; f gets float64 copies of all of them."""

    def of_one(array: np.ndarray) -> Any:
        moved = {name: array if name == key else other for name, other in x.items()}
        return f({name: np.array(one, dtype=np.float64) for name, one in moved.items()})

    return of_one


def value_at(f: Callable[[np.ndarray], Any], x: np.ndarray) -> tuple[float, Precision]:
    """Return f(x) as a float, and the precision that its type speaks of."""
    value = f(x.copy())
    number = _number(value)
    if not np.isfinite(number):
        raise ValueError(f"f(x) is {number}: there is no slope where the function is not finite")
    return number, SINGLE if getattr(value, "dtype", None) == np.float32 else DOUBLE


def _moved(
    f: Callable[[np.ndarray], Any], x: np.ndarray, where: tuple[int, ...], step: float
) -> float:
    moved = x.copy()
    moved[where] += step
    return _number(f(moved))


def _number(value: Any) -> float:
    array = value if isinstance(value, tuple | list | dict) else np.asarray(value)
    if isinstance(array, np.ndarray) and array.size == 1 and array.dtype.kind in "iuf":
        return float(array.item())
    advice = ": take the loss alone, f = lambda x: loss(x)[0]" if isinstance(value, tuple) else ""
    raise TypeError(f"f must return one number, but it returned {describe(value)}{advice}")
