"""The IDX format, in which MNIST and Fashion-MNIST are published."""

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

from autograder.errors import UserError

GZIP_MAGIC = b"\x1f\x8b"
UNSIGNED_BYTE = 0x08
# More than twice the largest file. What unpacks to more is cut, and then fails its checksum.
MOST_BYTES = 100_000_000
UNPACK_ERRORS = (OSError, EOFError, zlib.error)


def unpack(path: Path) -> bytes:
    """Read a file, gzipped or not; what can go wrong is listed in `UNPACK_ERRORS`."""
    with path.open("rb") as file:
        gzipped = file.read(2) == GZIP_MAGIC
        file.seek(0)
        if not gzipped:
            return file.read(MOST_BYTES)
        with gzip.open(file) as unpacked:
            return unpacked.read(MOST_BYTES)


def decode_idx(content: bytes, ndim: int, origin: Path) -> np.ndarray:
    """Decode an IDX file of unsigned bytes.

    It starts with two zero bytes, the type of an element (0x08: unsigned byte), the number of
    dimensions and then each dimension as a big-endian 32-bit integer; all the rest is data.

    Parameters
    ----------
    content : bytes
        The file, decompressed.
    ndim : int
        The number of dimensions it has to have: 3 for images, 1 for labels.
    origin : Path
        Where it comes from, for the error.

    Returns
    -------
    ndarray of uint8, with the shape that the file states
        A copy, which may be written to.

    Raises
    ------
    UserError
        If it holds another type, more or fewer dimensions, or more or fewer bytes than it states.
    """
    start = 4 + 4 * ndim
    if len(content) < start or content[:4] != bytes((0, 0, UNSIGNED_BYTE, ndim)):
        raise UserError(
            f"{origin} is no IDX file of unsigned bytes in {ndim} dimensions: it starts with "
            f"{content[:4].hex(' ') or 'nothing'}, expected 00 00 08 {ndim:02x}; replace it by an "
            "intact copy."
        )
    shape = struct.unpack(f">{ndim}I", content[4:start])
    if len(content) - start != math.prod(shape):
        raise UserError(
            f"{origin} is damaged: it holds {len(content) - start:,} bytes of data, expected "
            f"{math.prod(shape):,} for the shape {shape} that it states; replace it by an intact "
            "copy."
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape).copy()
