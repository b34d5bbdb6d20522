"""Signatures: what a call did, in a few numbers by which equal answers are recognised.

A known mistake is recognised by its answers. Those of a whole class of mistakes on all inputs are
too many to keep, so each array is kept as its form and two numbers: its largest magnitude, and its
projection on a fixed random vector, which differs for arrays that differ.
"""

import functools
import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from autograder.checks.call import Call
from autograder.sandbox.student import CallFailed, Student

WHOLE = "*"
FLOOR = 1e-12  # magnitudes below are 0 but for rounding
FLOOR32 = 1e-5
MAX_LEAVES = 10_000  # what more a value has is not looked at
MAX_SIZE = 1_000_000  # of a larger array, its bytes alone are compared


class Leaf(NamedTuple):
    """One array or number of an answer.

    Attributes
    ----------
    part : str
        Where it stands in the answer: ``1.W1`` is the entry "W1" of the second value.
    form : str
        Its shape, its kind of number, and where it is not finite.
    scale : float
        Its largest finite magnitude.
    projection : float
        On the random vector, in units of its scale.
    """

    part: str
    form: str
    scale: float
    projection: float


class Signature(NamedTuple):
    """What a call did: how it ended, and the leaves of what it returned."""

    ending: str
    leaves: tuple[Leaf, ...] = ()

    def differing(self, other: "Signature", tolerance: float) -> set[str]:
        """Return the parts in which two calls differ by more than a part of the largest entry.

        If they ended otherwise, or returned other structures, that is all there is to say: WHOLE.
        """
        parts = [leaf.part for leaf in self.leaves]
        if self.ending != other.ending or parts != [leaf.part for leaf in other.leaves]:
            return {WHOLE}
        return {
            one.part
            for one, two in zip(self.leaves, other.leaves, strict=True)
            if not _agree(one, two, tolerance)
        }


def observed(student: Student, call: Call) -> Signature:
    """Make a call and sign what it did; one that takes too long or ends the worker raises."""
    try:
        answer = student.watch(call.function, call.document)
    except CallFailed as failure:
        if failure.outcome in ("timeout", "killed"):
            raise
        return Signature(failure.kinds[0] if failure.kinds else failure.outcome)
    ending = "changed " * answer.changed + "aliased " * answer.aliased
    return signature(answer.value, ending, double=call.double)


def signature(value: Any, ending: str = "", *, double: bool = True) -> Signature:
    """Sign a returned value.

    Parameters
    ----------
    value : plain data
        What the call returned.
    ending : str
        How it ended, if not by returning alone.
    double : bool
        Whether the arguments were float64, so that a float32 value is another form.
    """
    return Signature(ending, tuple(islice(_leaves(value, "", double), MAX_LEAVES)))


def _agree(one: Leaf, two: Leaf, tolerance: float) -> bool:
    scale = max(one.scale, two.scale)
    return (
        one.form == two.form
        and abs(one.scale - two.scale) <= tolerance * scale
        and abs(one.projection - two.projection) <= 2 * tolerance
    )


def _leaves(value: Any, part: str, double: bool) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _leaves(value[key], f"{part}.{key}" if part else str(key), double)
    elif isinstance(value, tuple) or (isinstance(value, list) and not _is_vector(value)):
        for i, item in enumerate(value):
            yield from _leaves(item, f"{part}.{i}" if part else str(i), double)
    elif isinstance(value, np.ndarray | np.generic | list | bool | int | float):
        yield _leaf(np.asarray(value), part, double)
    else:
        yield Leaf(part, type(value).__name__, 0.0, 0.0)


def _is_vector(value: list[Any]) -> bool:
    return bool(value) and all(
        isinstance(item, int | float | np.number) and not isinstance(item, bool) for item in value
    )


def _leaf(array: np.ndarray, part: str, double: bool) -> Leaf:
    kind = "i" if array.dtype.kind in "iu" else array.dtype.kind
    if kind not in "if" or array.size > MAX_SIZE:
        return Leaf(part, f"{array.shape} {kind} {_digest(array)}", 0.0, 0.0)
    single = kind == "f" and array.dtype.itemsize < 8
    form = f"{array.shape} {kind}{'4' if single and double else ''}"
    flat = array.astype(np.float64).ravel()
    finite = np.isfinite(flat)
    if not finite.all():
        form += f" {_digest(np.where(np.isnan(flat), 2.0, np.sign(np.where(finite, 0.0, flat))))}"
        flat = np.where(finite, flat, 0.0)
    scale = float(np.abs(flat).max(initial=0.0))
    if scale <= (FLOOR if double else FLOOR32):
        return Leaf(part, form, 0.0, 0.0)
    return Leaf(part, form, scale, float(_vector(flat.size) @ (flat / scale)) / flat.size**0.5)


def _digest(array: np.ndarray) -> str:
    return hashlib.blake2b(array.tobytes(), digest_size=4).hexdigest()


@functools.lru_cache(maxsize=64)
def _vector(size: int) -> np.ndarray:
    return np.random.default_rng(size).uniform(0.5, 1.5, size) * np.where(
        np.arange(size) % 2, 1, -1
    )
