"""Numerical gradients: central differences, with kinks found and left out."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

STEP = 1e-5
KINK = 1e-3  # one-sided slopes of a smooth function differ by about STEP times its curvature


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

    A coordinate is left out when the slopes to its two sides differ more than a smooth function's
    would: a hinge, a ReLU or the winner of a pool changes within the step.
    """
    x = np.asarray(x, dtype=np.float64)
    chosen = rng.permutation(x.size)[:count]
    here = f(x)
    coordinates, values = [], []
    for flat in chosen:
        where = tuple(int(i) for i in np.unravel_index(flat, x.shape))
        above, below = _at(f, x, where, step), _at(f, x, where, -step)
        right, left = (above - here) / step, (here - below) / step
        if abs(right - left) <= KINK * max(abs(right), abs(left), 1e-3):
            coordinates.append(where)
            values.append((above - below) / (2 * step))
    return Slopes(coordinates, np.array(values))


def _at(
    f: Callable[[np.ndarray], float], x: np.ndarray, where: tuple[int, ...], step: float
) -> float:
    moved = x.copy()
    moved[where] += step
    return float(f(moved))
