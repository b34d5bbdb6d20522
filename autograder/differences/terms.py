"""Arrays that are off by a term of the formula, or at the right classes: the arguments tell."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Any

import numpy as np

from autograder.differences.factors import meanings, times
from autograder.differences.measure import (
    classes,
    distinct,
    fills,
    fits,
    largest,
    may_fit,
    number_of,
    numbers_of,
    samples,
    show,
    tells_rule,
    wrong,
)

SIMPLE = 1e-4  # how near to a simple one the factor of a term must be
MIN_PRODUCT, MAX_PRODUCT = 3, 10_000  # entries of a product to be told, of its factors
MIN_SAMPLES = 3  # fewer right classes say nothing


def regulariser(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A gradient that is off by a multiple of reg times the weights."""
    reg, N = number_of(arguments, "reg"), samples(arguments)
    for name, W in _weights(arguments):
        if W.shape != want.shape or not W.any():
            continue
        top = np.unravel_index(np.argmax(np.abs(W)), W.shape)
        factor = float(got[top] - want[top]) / float(W[top])
        if not factor or not fits(got, want + factor * W, want):
            continue
        if not reg:
            found = f"It is off by {show(factor)} times {name}: look at the regulariser's part."
            return found if tells_rule(W) and "y" in arguments and not _is_bias(name) else ""
        if _is_bias(name):
            parts = [(2.0, f"It has 2 reg {name} added to it, but biases are not regularised.")]
        else:
            parts = list(_parts(2.0, N, f"2 reg {name}"))
        for multiple, text in parts:
            if abs(factor / reg - multiple) < SIMPLE:
                return text
        if tells_rule(W) and not _is_bias(name):
            share = times(1 + factor / (2 * reg))
            return f"Its regulariser's part is {share} times what it should be, 2 reg {name}."
    return ""


def regulariser_of_loss(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A loss that is off by a multiple of reg times the sum of the squared weights."""
    reg = number_of(arguments, "reg")
    if got.ndim or not reg:
        return ""
    weights = [(name, W) for name, W in _weights(arguments) if np.any(W)]
    biases = [(name, b) for name, b in weights if _is_bias(name)]
    weights = [(name, W) for name, W in weights if not _is_bias(name)]
    total = reg * sum(_squares(W) for _, W in weights)
    off = float(got) - float(want)
    for multiple, text in _parts(1.0, samples(arguments), "reg sum(W²)"):
        if total and abs(off / total - multiple) < SIMPLE and fits(got, want + off, want):
            return text if len(weights) == 1 else text.replace("(W²)", "(W²) over all weights")
    for name, W in weights if len(weights) > 1 else ():
        part = reg * _squares(W)
        if abs(off + part) < SIMPLE * part:
            return f"It lacks the regulariser's part of {name} alone."
    extra = reg * sum(_squares(b) for _, b in biases)
    if extra and abs(off - extra) < SIMPLE * extra:
        return "It has the squares of the biases added to it, but biases are not regularised."
    return ""


def data_part(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """A loss or gradient whose regulariser is right, and whose other part is a multiple."""
    reg = number_of(arguments, "reg")
    if not reg:
        return ""
    weights = [W for name, W in _weights(arguments) if not _is_bias(name)]
    if want.ndim:
        parts = [2 * reg * W.astype(np.float64) for W in weights if W.shape == want.shape]
    else:
        parts = [np.asarray(reg * sum(map(_squares, weights)))]
    for part in parts:
        ours, theirs = got - part, want - part
        top = np.unravel_index(np.argmax(np.abs(theirs)), theirs.shape)
        ratio = float(ours[top]) / float(theirs[top]) if theirs[top] else 0.0
        if not ratio or not part.any() or not fits(got, part + ratio * theirs, want):
            continue
        if abs(ratio + 1) < SIMPLE:
            return "Its regulariser's part is right, but the other part has the wrong sign."
        for multiple, text in meanings(arguments):
            if abs(ratio - multiple) < SIMPLE * multiple:
                found = f"the other part is {times(ratio)} times what it should be"
                return f"Its regulariser's part is right, but {found}: {text}"
    return ""


def product(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Another product of two arguments than the one that is asked."""
    if want.ndim != 2 or want.size < MIN_PRODUCT:
        return ""
    tables = [
        (name, value)
        for name, value in numbers_of(arguments)
        if value.ndim == 2 and value.dtype.kind == "f" and value.size <= MAX_PRODUCT
    ]
    for (one, A), (other, B) in permutations(tables, 2):
        for text, left, right in (
            (f"{one} @ {other}", A, B),
            (f"{one}.T @ {other}", A.T, B),
            (f"{one} @ {other}.T", A, B.T),
        ):
            if left.shape[1] != len(right) or (len(left), right.shape[1]) != want.shape:
                continue
            if fits(got, (left @ right).astype(np.float64), want):
                return f"It is {text}."
        if A.shape == B.shape == want.shape and fits(got, (A * B).astype(np.float64), want):
            return f"It is {one} * {other}, entry by entry."
    return ""


def bias(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """An argument that was not added, or was once too often."""
    off = got - want
    if want.size < 3 or not off.any():
        return ""
    for name, value in numbers_of(arguments):
        if value.size > want.size or (value.size == want.size and len(value) > 1):
            continue
        if distinct(value) < 2 or value.dtype.kind != "f":
            continue
        for array in _broadcast(value, want):
            if may_fit(off, -array) and fits(got, want - array, want):
                return f"It lacks {name}: is it not added?"
            if may_fit(off, array) and fits(got, want + array, want):
                return f"It has {name} added once too often."
    return ""


def right_classes(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Wrong at the entries [i, y[i]] alone, or beside them alone."""
    y = _labels(arguments)
    if y is None or want.ndim != 2 or want.shape[0] != len(y) or want.shape[1] < 2:
        return ""
    if len(y) < MIN_SAMPLES or y.max() >= want.shape[1]:
        return ""
    right = np.zeros(want.shape, bool)
    right[np.arange(len(y)), y] = True
    bad = wrong(got, want)
    if fills(got, want, bad, ~right):
        return "Only the entries beside the right classes, [i, y[i]], are wrong."
    if not fills(got, want, bad, right):
        return ""
    off = (got - want)[right]
    mean = float(off.mean())
    if largest(off - mean) <= 1e-3 * abs(mean):
        apart = f"{show(abs(mean))} too {'large' if mean > 0 else 'small'}"
        return f"It is {apart} at the right classes, [i, y[i]], and right elsewhere."
    return "Only the entries of the right classes, [i, y[i]], are wrong."


def columns_of_classes(got: np.ndarray, want: np.ndarray, arguments: Mapping[str, Any]) -> str:
    """Wrong in the columns of those classes alone that y holds, or of those that it does not."""
    y = _labels(arguments)
    if y is None or want.ndim < 1 or want.shape[-1] != classes(arguments):
        return ""
    if y.max() >= want.shape[-1] or want.shape[-1] < 3:
        return ""
    there = np.zeros(want.shape[-1], bool)
    there[y] = True
    bad = wrong(got, want)
    if there.all() or bad.size // len(there) < 2:
        return ""
    for mask, verb in ((there, "holds"), (~there, "does not hold")):
        if fills(got, want, bad, mask, like=2):
            return f"Only the columns of classes that y {verb} are wrong."
    return ""


def _parts(whole: float, N: int, part: str) -> Iterator[tuple[float, str]]:
    """Yield what an error of so many times reg W (or its square) says about the whole part."""
    yield -whole, f"It lacks the regulariser's part, {part}."
    yield whole, f"It has the regulariser's part, {part}, twice."
    yield -whole / 2, f"It has only half of the regulariser's part, {part}."
    yield -2 * whole, f"It has the regulariser's part, {part}, with the wrong sign."
    if N > 1:
        once = f"It has the regulariser's part, {part}, divided by the number of samples, {N}."
        yield whole / N - whole, once
        yield N * whole - whole, once.replace("divided", "multiplied")


def _weights(arguments: Mapping[str, Any]) -> Iterator[tuple[str, np.ndarray]]:
    for name, value in numbers_of(arguments):
        if name[:1] == "W" or name.startswith("params["):
            yield name, value


def _squares(W: np.ndarray) -> float:
    return float(np.sum(np.square(W, dtype=np.float64)))


def _is_bias(name: str) -> bool:
    return name.startswith(("b", "params['b"))


def _labels(arguments: Mapping[str, Any]) -> np.ndarray | None:
    y = arguments.get("y")
    if not isinstance(y, np.ndarray) or y.ndim != 1 or y.dtype.kind not in "iu" or not y.size:
        return None
    return y if y.min() >= 0 else None


def _broadcast(value: np.ndarray, want: np.ndarray) -> Iterator[np.ndarray]:
    """Yield an array as it can be added to another: along the last axis, or along axis 1."""
    shapes = [value.shape] if value.ndim <= want.ndim else []
    if value.ndim == 1 and want.ndim > 2:
        shapes.append((len(value),) + (1,) * (want.ndim - 2))
    for shape in shapes:
        padded = (1,) * (want.ndim - len(shape)) + shape
        if all(n in (1, m) for n, m in zip(padded, want.shape, strict=True)):
            yield np.broadcast_to(value.reshape(padded), want.shape).astype(np.float64)
