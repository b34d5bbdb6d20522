"""One call of a function that students write, with its arguments by name."""

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.sandbox.wire import pack


@dataclass(frozen=True)
class Call:
    """A function and its arguments.

    Attributes
    ----------
    function : str
        Name of the function.
    arguments : dict of str to object
        Passed by position, in this order; the names are for messages.
    keywords : dict of str to object
        Passed by name.
    """

    function: str
    arguments: dict[str, Any]
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def args(self) -> list[Any]:
        """The arguments passed by position."""
        return list(self.arguments.values())

    @functools.cached_property
    def document(self) -> bytes:
        """The arguments as they go over the wire; they must not be changed afterwards."""
        return pack(self.args, self.keywords)

    @property
    def double(self) -> bool:
        """Whether the arguments are in double precision."""
        return not any(array.dtype == np.float32 for array in _arrays([self.args, self.keywords]))

    def cast(self, dtype: type[np.floating]) -> "Call":
        """Return the same call with each array of floats cast to `dtype`."""
        return Call(self.function, _cast(self.arguments, dtype), _cast(self.keywords, dtype))

    def __str__(self) -> str:
        everything = {**self.arguments, **self.keywords}
        shown = ", ".join(_show(name, value) for name, value in everything.items())
        return f"{self.function}({shown})"


def call(function: str, /, **arguments: Any) -> Call:
    """Make a call whose arguments are passed by position, in the order given."""
    return Call(function, arguments)


def call_key(call: Call) -> bytes:
    """Name a call by its content."""
    name = call.function.encode()
    return hashlib.blake2b(name + b"\n" + call.document, digest_size=16).digest()


def _arrays(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _arrays(item)


def _cast(value: Any, dtype: type[np.floating]) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(dtype)
    if isinstance(value, dict):
        return {key: _cast(item, dtype) for key, item in value.items()}
    if isinstance(value, list):
        return [_cast(item, dtype) for item in value]
    return value


def _show(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray):
        if value.size > 4:
            return f"{name}: {'×'.join(map(str, value.shape))}"
        exact = value.astype(np.float64) if value.dtype.kind == "f" else value
        return f"{name}={np.round(exact, 4).tolist()}"
    if isinstance(value, dict):
        return f"{name}: {{{', '.join(map(str, value))}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{name}: {len(value)} × {{{', '.join(map(str, value[0]))}}}"
    return f"{name}={value:.6g}" if isinstance(value, float) else f"{name}={value!r}"
