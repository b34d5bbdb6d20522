"""The wire between grader and worker: frames of plain data, never a pickle.

A frame is its length in eight bytes (big-endian) and a msgpack document. Besides what msgpack
has, it carries tuples, complex numbers, whole numbers of any size, NumPy scalars and arrays of
plain dtypes. Both sides use this file; the grader trusts nothing that `read` returns beyond that
it is made of these types, within the limits here.
"""

import struct
from collections.abc import Callable
from typing import IO, Any

import msgpack
import numpy as np

MAX_FRAME_BYTES = 64 * 2**20
MAX_ITEMS = 1_000_000
MAX_DEPTH = 12
MAX_ODD_KEYS = 10_000  # that are no texts: all may have one hash, and be compared with each other
MAX_AXES = 64
AS_THEY_ARE = {type(None), bool, float}
PLAIN_KINDS = "biufc"  # bool, signed, unsigned, float, complex

_LENGTH = struct.Struct(">Q")
_TUPLE, _ARRAY, _SCALAR, _COMPLEX, _BIG_INT = range(1, 6)


class NotPlainError(Exception):
    """A value that does not go over the wire; the message says what it is, as in "a generator"."""


class WireError(Exception):
    """The other side sent something that is no frame, or stopped in the middle of one."""


def encode(value: Any) -> bytes:
    """Turn plain data into the bytes of one document, or raise NotPlainError."""
    budget = [MAX_ITEMS, MAX_ODD_KEYS]
    return bytes(msgpack.packb(_to_plain(value, MAX_DEPTH, budget), strict_types=True))


def pack(args: list[Any], kwargs: dict[str, Any]) -> bytes:
    """Encode the arguments of a call, as `Student` takes them."""
    return encode([args, kwargs])


def decode(document: bytes) -> Any:
    """Turn the bytes of one document back into plain data, or raise WireError."""
    return _decode(document, MAX_DEPTH, [MAX_ITEMS, MAX_ODD_KEYS])


def _decode(document: bytes, depth: int, budget: list[int]) -> Any:
    """Decode with so many levels of tuples, and so many items and odd keys in all, to go."""

    def counted(items: list[Any]) -> list[Any]:
        budget[0] -= 1 + len(items)
        if budget[0] < 0:
            raise WireError(f"a structure of more than {MAX_ITEMS:,} items")
        return items

    def as_dict(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
        budget[1] -= sum(not isinstance(key, str) for key, _ in counted(pairs))
        if budget[1] < 0:
            raise WireError(f"dicts of more than {MAX_ODD_KEYS:,} keys that are no texts")
        return dict(pairs)

    def from_ext(code: int, data: bytes) -> Any:
        if code in (_ARRAY, _SCALAR):
            shapes = {"list_hook": counted, "max_array_len": MAX_AXES, "max_map_len": 0}
            array = _unpack_array(*msgpack.unpackb(data, **shapes))
            return array if code == _ARRAY else array[()]
        if code == _TUPLE:
            if depth == 0:
                raise WireError(f"a structure more than {MAX_DEPTH} levels deep")
            return tuple(_decode(data, depth - 1, budget))
        return _from_ext(code, data)

    try:
        return msgpack.unpackb(
            document,
            ext_hook=from_ext,
            list_hook=counted,
            object_pairs_hook=as_dict,
            strict_map_key=False,
            max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS,
        )
    except WireError:
        raise
    except Exception as error:  # whatever forged bytes can make the decoder raise
        raise WireError(f"not a document: {type(error).__name__}") from None


def frame(document: bytes) -> bytes:
    """Put a document into a frame."""
    return _LENGTH.pack(len(document)) + document


def take(received: bytearray, max_bytes: int) -> bytes | None:
    """Take the first document out of what was received, if it is whole; WireError if too large."""
    if len(received) < _LENGTH.size:
        return None
    end = _LENGTH.size + _length(received[: _LENGTH.size], max_bytes)
    if len(received) < end:
        return None
    document = bytes(received[_LENGTH.size : end])
    del received[:end]
    return document


def write(stream: IO[bytes], document: bytes) -> None:
    """Send one document as a frame."""
    stream.write(frame(document))
    stream.flush()


def read(stream: IO[bytes], max_bytes: int | None = None) -> bytes:
    """Receive one document; WireError at the end of the stream or over `max_bytes`."""
    return _read_exactly(stream, _length(_read_exactly(stream, _LENGTH.size), max_bytes))


def _length(head: bytes | bytearray, max_bytes: int | None) -> int:
    (length,) = _LENGTH.unpack(head)
    if max_bytes is not None and length > max_bytes:
        raise WireError(f"a frame of {length:,} bytes, over the limit of {max_bytes:,}")
    return int(length)


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise WireError("the stream ended")
    return data


def _to_plain(value: Any, depth: int, budget: list[int]) -> Any:
    budget[0] -= 1
    if budget[0] < 0:
        raise NotPlainError(f"a structure of more than {MAX_ITEMS:,} items")
    kind = type(value)
    if kind in AS_THEY_ARE or (kind is str and len(value) <= MAX_ITEMS):
        return value
    if isinstance(value, np.ndarray):
        return msgpack.ExtType(_ARRAY, _pack_array(value))
    if isinstance(value, np.generic):
        return msgpack.ExtType(_SCALAR, _pack_array(np.asarray(value)))
    if isinstance(value, int):
        value = int(value)
        if -(2**63) <= value < 2**64:
            return value
        if value.bit_length() > 10_000:
            raise NotPlainError("a whole number of more than 3,000 digits")
        return msgpack.ExtType(_BIG_INT, str(value).encode())
    if isinstance(value, float):
        return float(value)
    if isinstance(value, complex):
        return msgpack.ExtType(_COMPLEX, struct.pack(">dd", value.real, value.imag))
    if isinstance(value, str | bytes):
        if len(value) > (MAX_ITEMS if isinstance(value, str) else MAX_FRAME_BYTES):
            raise NotPlainError(f"a text of {len(value):,} characters")
        return str(value) if isinstance(value, str) else bytes(value)
    if depth == 0:
        raise NotPlainError(f"a structure more than {MAX_DEPTH} levels deep")
    return _container_to_plain(value, depth - 1, budget)


def _container_to_plain(value: Any, depth: int, budget: list[int]) -> Any:
    if isinstance(value, list):
        return [_to_plain(item, depth, budget) for item in list(value)]
    if isinstance(value, tuple):
        items = [_to_plain(item, depth, budget) for item in tuple(value)]
        return msgpack.ExtType(_TUPLE, msgpack.packb(items, strict_types=True))
    if isinstance(value, dict):
        budget[1] -= sum(not isinstance(key, str) for key in dict(value))
        if budget[1] < 0:
            raise NotPlainError(f"dicts of more than {MAX_ODD_KEYS:,} keys that are no texts")
        return {
            _to_plain(_plain_key(key), depth, budget): _to_plain(item, depth, budget)
            for key, item in dict(value).items()
        }
    kind = type(value).__name__
    raise NotPlainError(f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}")


def _plain_key(key: Any) -> Any:
    """NumPy numbers in a key become Python's, so that a key is found by its value."""
    if isinstance(key, np.generic):
        return key.item()
    if isinstance(key, tuple):
        return tuple(_plain_key(part) for part in key)
    if isinstance(key, str | int | float | bool | type(None)):
        return key
    raise NotPlainError(f"a dict with a key of type {type(key).__name__}")


def _pack_array(array: np.ndarray) -> bytes:
    array = np.asarray(array)
    if array.dtype.kind not in PLAIN_KINDS or array.dtype.itemsize > 16:
        raise NotPlainError(f"an array of dtype {array.dtype}")
    if array.nbytes > MAX_FRAME_BYTES:
        raise NotPlainError(f"an array of shape {array.shape}, {array.nbytes:,} bytes")
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return bytes(msgpack.packb([array.dtype.str, list(array.shape), array.tobytes()]))


def _unpack_array(dtype_name: str, shape: list[int], content: bytes) -> np.ndarray:
    dtype = np.dtype(dtype_name)
    if dtype.kind not in PLAIN_KINDS:
        raise WireError(f"an array of dtype {dtype}")
    return np.frombuffer(content, dtype).reshape(shape).astype(dtype.newbyteorder("="))


_DECODERS: dict[int, Callable[[bytes], Any]] = {
    _COMPLEX: lambda data: complex(*struct.unpack(">dd", data)),
    _BIG_INT: lambda data: int(data),
}


def _from_ext(code: int, data: bytes) -> Any:
    if code not in _DECODERS:
        raise WireError(f"an unknown type {code}")
    return _DECODERS[code](data)
