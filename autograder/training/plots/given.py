"""What a picture is given is often a student's own result: say what is wrong with it, if it is."""

from collections.abc import Mapping, Sequence
from math import isqrt
from typing import Any

import numpy as np

from autograder.errors import UserError


def array(name: str, value: Any, *shape: int | str) -> np.ndarray:
    """Take numbers as an array, and see that it has the shape that a picture needs.

    Parameters
    ----------
    name : str
        What the caller calls it.
    value : array_like
        The numbers.
    *shape : int or str
        The lengths. A letter in place of a number stands for any length.

    Returns
    -------
    ndarray

    Raises
    ------
    UserError
        If it is None, no array of numbers, or of another shape.
    """
    if value is None:
        raise UserError(f"{name} is None: does the function that made it return it?")
    try:
        found = np.asarray(value)
    except ValueError:
        raise UserError(f"{name} is no array: its rows differ in length.") from None
    if found.dtype.kind not in "biuf":
        raise UserError(f"{name} holds no numbers: its type is {found.dtype}.")
    fits = all(
        isinstance(wanted, str) or wanted == length
        for wanted, length in zip(shape, found.shape, strict=False)
    )
    if len(shape) != found.ndim or not fits:
        wanted = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        raise UserError(f"{name} has the shape {found.shape}, expected ({wanted}).")
    return found


def labels(name: str, value: Any, class_names: Sequence[str], *shape: int | str) -> np.ndarray:
    """Take labels as an array, and see that each is the number of a class; see `array`."""
    found = array(name, value, *shape)
    last = len(class_names) - 1
    if found.dtype.kind not in "iu":
        raise UserError(f"{name} holds {found.dtype}, expected whole numbers from 0 to {last}.")
    if found.size and not 0 <= found.min() <= found.max() <= last:
        raise UserError(
            f"{name} goes from {found.min()} to {found.max()}, expected labels from 0 to {last}."
        )
    return found


def square_images(name: str, value: Any, columns: int | str, extra: int = 0) -> np.ndarray:
    """Take columns of weights as square images.

    Parameters
    ----------
    name : str
        What the caller calls them.
    value : array_like, shape (D + extra, M)
        The weights.
    columns : int or str
        M; a letter if there may be any number.
    extra : int
        Rows at the end that belong to no pixel, such as biases.

    Returns
    -------
    ndarray, shape (M, H, W), H = W

    Raises
    ------
    UserError
        If their shape is another one, or D is no square.
    """
    weights = array(name, value, f"D + {extra}" if extra else "D", columns)
    pixels = len(weights) - extra
    side = isqrt(max(pixels, 0))
    if side * side != pixels or not pixels:
        rows = f" and {extra} more" if extra else ""
        raise UserError(
            f"{name} has {len(weights)} rows, expected one for each pixel of a square image{rows}."
        )
    return weights[:pixels].T.reshape(-1, side, side)


def mapping(name: str, value: Any) -> Mapping[Any, Any]:
    """Take a dict that holds something, or raise `UserError`."""
    if not isinstance(value, Mapping) or not value:
        found = "empty" if isinstance(value, Mapping) else f"of type {type(value).__name__}"
        raise UserError(f"{name} is {found}, expected a dict that holds something.")
    return value
