"""Numerical gradients: central differences, with kinks found and left out."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

STEP = 1e-5
SMOOTH = 1e-7  # of the slope: how far the slope of a smooth function may depend on the step
ROUNDING = 64 * np.finfo(np.float64).eps  # of the function's value


class Slopes(NamedTuple):
    """Central differences at some coordinates.

    Attributes
    ----------
    coordinates : list of tuple of int
        Where the slope was taken; coordinates at a kink are left out.
    values : ndarray, shape (len(coordinates),)
        The slopes.
    """

    coordinates: list[tuple[int, ...]]
    values: np.ndarray


def numerical_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, step: float = STEP
) -> np.ndarray:
    """Gradient of a function by central differences.

    Parameters
    ----------
    f : callable
        Takes an array of x's shape and returns a number.
    x : ndarray
        The point, of any shape; it is not changed.
    step : float
        The step h.

    Returns
    -------
    ndarray, shape of x
        (f(x + h e) - f(x - h e)) / 2h for each coordinate e; the error is of order h² for a
        smooth f (Nocedal and Wright, *Numerical Optimization*, section 8.1). At a kink within the
        step it means nothing.
    """
    x = np.asarray(x, dtype=np.float64)
    gradient = np.empty_like(x)
    for where in np.ndindex(*x.shape):
        above, below = _at(f, x, where, step), _at(f, x, where, -step)
        gradient[where] = (above - below) / (2 * step)
    return gradient


def sample_slopes(
    f: Callable[[np.ndarray], float],
    x: np.ndarray,
    rng: np.random.Generator,
    count: int = 12,
    step: float = STEP,
) -> Slopes:
    """Central differences at up to `count` random coordinates where `f` has no kink.

    A coordinate is left out where half the step gives another slope, or a difference between the
    slopes to the two sides that is not half as large: no smooth function does that, but a hinge, a
    ReLU or the winner of a pool that changes within the step, however little it weighs.
    """
    x = np.asarray(x, dtype=np.float64)
    chosen = rng.permutation(x.size)[:count]
    here = f(x)
    coordinates, values = [], []
    for flat in chosen:
        where = tuple(int(i) for i in np.unravel_index(flat, x.shape))
        slope, bend = _slope_and_bend(f, x, here, where, step)
        near_slope, near_bend = _slope_and_bend(f, x, here, where, step / 2)
        allowed = SMOOTH * abs(slope) + ROUNDING * abs(here) / step
        if abs(slope - near_slope) <= allowed and abs(bend - 2 * near_bend) <= allowed:
            coordinates.append(where)
            values.append(slope)
    return Slopes(coordinates, np.array(values))


def _slope_and_bend(
    f: Callable[[np.ndarray], float],
    x: np.ndarray,
    here: float,
    where: tuple[int, ...],
    step: float,
) -> tuple[float, float]:
    """Return the mean of the slopes to the two sides, and their difference."""
    above, below = _at(f, x, where, step), _at(f, x, where, -step)
    return (above - below) / (2 * step), (above - 2 * here + below) / step


def _at(
    f: Callable[[np.ndarray], float], x: np.ndarray, where: tuple[int, ...], step: float
) -> float:
    moved = x.copy()
    moved[where] += step
    return float(f(moved))
