"""Arrays of any shape as tables of numbers that a picture has room for."""

from typing import NamedTuple

import numpy as np

MAX_SIDE = 64


class Table(NamedTuple):
    """Part of an array, laid out in rows and columns.

    Attributes
    ----------
    values : ndarray, shape (R, K)
        Floats; few rows and columns.
    row, column : int
        Where the part begins in the whole table.
    block : tuple of int
        Rows and columns of each block, where blocks are the last two axes of a larger array.
    """

    values: np.ndarray
    row: int
    column: int
    block: tuple[int, int]

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of its picture, in places of the whole table."""
        rows, columns = self.values.shape
        left, top = self.column - 0.5, self.row - 0.5
        return left, left + columns, top + rows, top


def noticeable(got: np.ndarray, want: np.ndarray) -> np.ndarray:
    """Tell which entries differ by more than rounding, for two arrays of one shape."""
    if got.dtype.kind != "f" or want.dtype.kind != "f":
        return np.asarray(got != want)
    ours, theirs = want.astype(np.float64), got.astype(np.float64)
    scale = np.abs(ours[np.isfinite(ours)]).max(initial=0.0)
    near = np.sqrt(np.finfo(got.dtype).eps) * scale
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    with np.errstate(invalid="ignore", over="ignore"):
        return ~(same | (np.abs(theirs - ours) <= near))


def laid_out(array: np.ndarray) -> np.ndarray:
    """Lay an array out in rows and columns.

    A vector is a row. Of more than two axes, the last two make blocks; the axis before them goes
    from left to right, all others go downwards.
    """
    if array.ndim <= 2:
        return np.atleast_2d(array)
    *outer, across, height, width = array.shape
    down = int(np.prod(outer, dtype=np.int64))
    blocks = array.reshape(down, across, height, width).transpose(0, 2, 1, 3)
    return blocks.reshape(down * height, across * width)


def shown_part(array: np.ndarray, mark: np.ndarray | None = None, side: int = MAX_SIDE) -> Table:
    """Return the table of an array, or the part of it that holds the first mark.

    Parameters
    ----------
    array : ndarray
        At least one axis, no axis empty.
    mark : ndarray of bool, optional
        Same shape: what must be seen.
    side : int
        Most rows and columns.
    """
    whole = laid_out(array).astype(np.float64)
    places = np.argwhere(laid_out(mark)) if mark is not None else np.empty((0, 2), int)
    first = places[0] if len(places) else (0, 0)
    row, column = (
        max(0, min(int(place) - side // 4, size - side))
        for place, size in zip(first, whole.shape, strict=True)
    )
    part = whole[row : row + side, column : column + side]
    block = array.shape[-2:] if array.ndim > 2 else whole.shape
    return Table(part, row, column, (int(block[0]), int(block[1])))
