"""Fingerprints: expected values and known mistakes for the public inputs, without their code.

A student's bundle holds one such file for each stage, in place of the reference solution. A value
is found by the content of its call; those of large arrays are sketches, those of mistakes are
signatures.
"""

import lzma
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.call import Call, call_key
from autograder.checks.sketch import LARGE, Sketch, sketch
from autograder.errors import UserError
from autograder.mistakes import KnownMistake
from autograder.sandbox import wire
from autograder.sandbox.student import CallFailed
from autograder.signature import Leaf, Signature

NAME = "fingerprints.xz"
FORMAT = 1
_MARK = "sketch"


class Unanswered(CallFailed):
    """A call whose answer was not written down."""


class Fingerprints:
    """What a fingerprints file holds; it answers as the instructor's `Reference` does.

    Attributes
    ----------
    live : bool
        Whether any call is answered: no.
    """

    live = False

    def __init__(self) -> None:
        self.values: dict[bytes, Any] = {}
        self.raised: dict[bytes, str] = {}
        self.known: list[KnownMistake] = []
        self.right: dict[bytes, Signature] = {}
        self.made: dict[str, dict[bytes, Signature]] = {}

    def __call__(self, call: Call) -> Any:
        """Return the expected value of a call, or raise CallFailed."""
        key = call_key(call)
        if key in self.raised:
            raise CallFailed("error", f"raises {self.raised[key]}", kinds=(self.raised[key],))
        if key not in self.values:
            raise Unanswered("error", f"{call} is not answered without the instructor's files")
        return self.values[key]

    def signature(self, call: Call) -> Signature:
        """Return what a right call does."""
        return _found(self.right, call)

    def answer(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Refuse: there is no function to stand in."""
        raise Unanswered("error", f"`{function}` has no stand-in without the instructor's files")

    def mistakes(self, function: str) -> list[KnownMistake]:
        """Return the known mistakes of a function."""
        return [mistake for mistake in self.known if mistake.function == function]

    def mistaken(self, mistake: KnownMistake, call: Call) -> Signature:
        """Return what a call does if the mistake is made."""
        return _found(self.made[mistake.id], call)

    def close(self) -> None:
        """Do nothing: no worker was started."""


def _found(signatures: dict[bytes, Signature], call: Call) -> Signature:
    try:
        return signatures[call_key(call)]
    except KeyError:
        raise Unanswered("error", f"{call} has no signature") from None


def dump(prints: Fingerprints) -> bytes:
    """Return the content of a fingerprints file."""
    document = {
        "format": FORMAT,
        "values": {key.hex(): _small(value) for key, value in prints.values.items()},
        "raised": {key.hex(): kind for key, kind in prints.raised.items()},
        "known": [list(vars(mistake).values()) for mistake in prints.known],
        "right": _plain(prints.right),
        "made": {name: _plain(signatures) for name, signatures in prints.made.items()},
    }
    return lzma.compress(wire.encode(document))


def read(path: Path) -> Fingerprints:
    """Read a fingerprints file, or raise a UserError that says what is wrong with it."""
    try:
        document = wire.decode(lzma.decompress(path.read_bytes()))
        prints = Fingerprints()
        if document["format"] != FORMAT:
            raise ValueError(f"format {document['format']}, expected {FORMAT}")
        prints.values = {bytes.fromhex(k): _large(v) for k, v in document["values"].items()}
        prints.raised = {bytes.fromhex(k): kind for k, kind in document["raised"].items()}
        prints.known = [KnownMistake(*fields) for fields in document["known"]]
        prints.right = _signatures(document["right"])
        prints.made = {name: _signatures(plain) for name, plain in document["made"].items()}
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror}.") from None
    except (lzma.LZMAError, wire.WireError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"{path} is damaged or of another version of the kit ({error}): unpack the bundle anew."
        ) from None
    return prints


def _plain(signatures: dict[bytes, Signature]) -> dict[str, list[Any]]:
    return {key.hex(): [one.ending, *map(list, one.leaves)] for key, one in signatures.items()}


def _signatures(plain: dict[str, list[Any]]) -> dict[bytes, Signature]:
    return {
        bytes.fromhex(key): Signature(ending, tuple(Leaf(*leaf) for leaf in leaves))
        for key, (ending, *leaves) in plain.items()
    }


def _small(value: Any) -> Any:
    """Replace large arrays by their sketches."""
    if isinstance(value, np.ndarray) and value.size > LARGE and value.dtype.kind == "f":
        return {_MARK: list(sketch(value))}
    if isinstance(value, dict):
        return {key: _small(item) for key, item in value.items()}
    return type(value)(map(_small, value)) if isinstance(value, list | tuple) else value


def _large(value: Any) -> Any:
    if isinstance(value, dict):
        if _MARK in value:
            return Sketch(*value[_MARK])
        return {key: _large(item) for key, item in value.items()}
    return type(value)(map(_large, value)) if isinstance(value, list | tuple) else value
