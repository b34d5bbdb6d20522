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


def read_idx(path: Path, ndim: int) -> np.ndarray:
    """Read one IDX file of unsigned bytes, gzipped or not.

    The file starts with two zero bytes, the type of an element (0x08: unsigned byte), the number
    of dimensions and then each dimension as a big-endian 32-bit integer; all the rest is data.

    Parameters
    ----------
    path : Path
        The file.
    ndim : int
        The number of dimensions it has to have: 3 for images, 1 for labels.

    Returns
    -------
    ndarray of uint8, with the shape that the file states

    Raises
    ------
    UserError
        If it isn't readable, or holds another type, more or fewer dimensions, or more or fewer
        bytes than it states.
    """
    try:
        content = path.read_bytes()
        if content.startswith(GZIP_MAGIC):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(f"{path} can't be read: {error}; replace it by an intact copy.") from error
    start = 4 + 4 * ndim
    if len(content) < start or content[:4] != bytes((0, 0, UNSIGNED_BYTE, ndim)):
        raise UserError(
            f"{path} is no IDX file of unsigned bytes in {ndim} dimensions: it starts with "
            f"{content[:4].hex(' ') or 'nothing'}, expected 00 00 08 {ndim:02x}."
        )
    shape = struct.unpack(f">{ndim}I", content[4:start])
    if len(content) - start != math.prod(shape):
        raise UserError(
            f"{path} is damaged: it holds {len(content) - start:,} bytes of data, expected "
            f"{math.prod(shape):,} for the shape {shape} that it states."
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)
