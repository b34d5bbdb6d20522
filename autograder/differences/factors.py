"""Constant factors that may stand before a right answer, and what they say."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.differences.measure import classes, number_of, samples

SIMPLE = 1e-9  # how near a factor must be to one with a meaning, or 1e-5 in single precision


def times(ratio: float) -> str:
    """Write a factor with three digits, or with as many as tell it from 1."""
    for digits in range(3, 17):
        text = f"{ratio:#.{digits}g}"
        if abs(float(text) - ratio) <= 0.1 * abs(ratio - 1):
            break
    return text.rstrip(".")


def meanings(arguments: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    """Yield factors with a meaning, each with a question; where two are equal, the likelier first.

    Parameters
    ----------
    arguments : mapping of str to object
        The arguments of the call, which tell numbers of samples, of classes and so on.
    """
    yield from _pool(arguments)
    yield from _counts(arguments)
    yield 2, "is there a factor 2 too many?"
    yield 1 / 2, "is a factor 2 missing?"
    yield from _lengths(arguments)
    yield 255, "are pixels between 0 and 255 where they should be between 0 and 1?"
    yield 1 / 255, "are pixels divided by 255 once too often?"
    yield 100, "is it in percent?"
    yield 1 / np.log(10), "is the logarithm to base 10?"
    yield 1 / np.log(2), "is the logarithm to base 2?"
    eps = number_of(arguments, "eps")
    if eps and eps != 1:
        yield 1 / eps, f"is the factor eps, {eps:.6g}, missing?"


def _pool(arguments: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    """Yield what windows of a pool explain."""
    size, stride = number_of(arguments, "size"), number_of(arguments, "stride")
    if size and size > 1:
        yield size**2, f"is a division by size squared, {size**2:.0f}, missing?"
        yield 1 / size**2, f"is it divided by size squared, {size**2:.0f}, once too often?"
        yield size, f"is it divided by size, {size:.0f}, where size squared is needed?"
        if stride and stride != size:
            yield (size / stride) ** 2, "is it divided by stride squared, not by size squared?"


def _counts(arguments: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    """Yield what the numbers of samples and classes explain."""
    N, C = samples(arguments), classes(arguments)
    if N > 1:
        yield N, f"is a division by the number of samples, {N}, missing?"
        yield 1 / N, f"is it divided by the number of samples, {N}, once too often?"
    if C > 1:
        yield C, f"is a division by the number of classes, {C}, missing?"
        yield 1 / C, f"is it divided by the number of classes, {C}, too?"
    if N > 1 and C > 1:
        yield N * C, f"is a division by samples times classes, {N * C}, missing?"
        yield 1 / (N * C), f"is it divided by samples times classes, {N * C}, once too often?"


def _lengths(arguments: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    """Yield what a mean does where a sum is asked: over a vector or rows, or for a bias."""
    for name in ("X", "a"):
        value = arguments.get(name)
        if isinstance(value, np.ndarray) and value.ndim and value.shape[-1] > 1:
            D = value.shape[-1]
            yield 1 / D, f"is it a mean over the {D} numbers of {name}, where a sum is asked?"
            yield 1 / np.sqrt(D), f"is there a mean of {D} squares under the root, not their sum?"
    dout = arguments.get("dout")
    if isinstance(dout, np.ndarray) and dout.ndim > 2 and dout.size > dout.shape[1]:
        count = dout.size // dout.shape[1]
        yield 1 / count, f"is it a mean over {count} entries of dout, where a sum is asked?"
