"""Describe how a wrong array differs from the expected one, as a person would who sees both.

Each recogniser knows one kind of difference, takes the student's array, the expected one and the
arguments of the call, and returns a sentence, or "" where it does not fit. The first that fits has
the word, so those that say most come first. A sentence is only said when the numbers bear it out,
and nothing is said of so few numbers that they would fit by accident.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.differences import nonfinite, order, places, shapes, terms, values
from autograder.differences.measure import largest, numbers_of, wrong

MAX_SIZE = 1_000_000  # of a larger one, nothing is told

Recogniser = Callable[[np.ndarray, np.ndarray, Mapping[str, Any]], str]

OF_SHAPES: tuple[Recogniser, ...] = (
    shapes.empty,
    shapes.bare_number,
    shapes.one_line_apart,
    shapes.row_or_column,
    shapes.transposed,
    shapes.length_one,
    shapes.other_axes,
    shapes.repeated,
    shapes.not_reduced,
    shapes.reduced,
    shapes.reshaped,
    shapes.a_line,
    shapes.table_of_labels,
    shapes.padded,
    shapes.one_longer_or_shorter,
)
OF_NONFINITE: tuple[Recogniser, ...] = (
    nonfinite.everywhere,
    nonfinite.where_zero,
    nonfinite.where_argument,
    nonfinite.in_lines,
    nonfinite.where_extreme,
    nonfinite.some,
)
OF_VALUES: tuple[Recogniser, ...] = (
    terms.regulariser,
    terms.regulariser_of_loss,
    terms.data_part,
    terms.bias,
    values.zeros,
    values.argument,
    values.constant,
    values.sign,
    values.scaled,
    values.offset,
    values.clipped,
    values.unclipped,
    values.absolute,
    values.functions,
    values.rounded,
    values.single,
    values.nearly,
    order.swapped_axes,
    terms.product,
    order.flipped,
    order.shifted,
    order.halves,
    order.lines_in_other_order,
    order.accumulated,
    terms.right_classes,
    places.first_lines_zero,
    places.unfinished,
    places.ends,
    places.diagonal,
    places.signs,
    places.border,
    terms.columns_of_classes,
    places.some_lines,
    values.capped,
    places.up_to_a_constant,
    places.wrong_ones,
    order.shuffled,
)


def explain(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Say in one sentence how a wrong array differs from the expected one.

    Parameters
    ----------
    got, want : ndarray
        The student's array and the expected one; a number is an array with no axes.
    arguments : mapping of str to object
        The arguments of the student's call by name, as far as they are known.

    Returns
    -------
    str
        One sentence about "it", such as "Its sign is wrong everywhere.", or "" where nothing fits.
    """
    if got.dtype.kind not in "biuf" or want.dtype.kind not in "biuf" or got.size > MAX_SIZE:
        return ""
    with np.errstate(all="ignore"):
        return _explain(_plain(got, arguments), want.astype(np.float64), arguments)


def _explain(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    if not want.size or not np.isfinite(largest(want)):
        return ""
    if got.shape != want.shape:
        return _first(OF_SHAPES, got, want, arguments)
    if not np.isfinite(largest(got)):
        return _first(OF_NONFINITE, got, want, arguments)
    if not np.any(wrong(got, want)):
        return ""
    return _first(OF_VALUES, got, want, arguments)


def _first(
    recognisers: tuple[Recogniser, ...],
    got: np.ndarray,
    want: np.ndarray,
    arguments: Mapping[str, Any],
) -> str:
    return next(filter(None, (tell(got, want, arguments) for tell in recognisers)), "")


def _plain(got: np.ndarray, arguments: Mapping[str, Any]) -> np.ndarray:
    """Turn into float32 what can't be more precise than its arguments, all else into float64."""
    single = got.dtype == np.float32 or any(
        value.dtype == np.float32 for _, value in numbers_of(arguments)
    )
    if single:
        rounded = got.astype(np.float32)
        if np.array_equal(np.isfinite(rounded), np.isfinite(got)):
            return rounded
    return got.astype(np.float64)
