"""The program that reads a student's file of parameters: it runs in a worker of the sandbox.

It stands alone there: nothing of the kit is on its path, and no code of the student's. What it
returns is believed no more than any answer of a worker.
"""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np

KINDS = "biuf"  # bool, signed, unsigned, float
MAX_ARRAYS = 1000


def read_params(file: str, max_numbers: int) -> dict[str, Any]:
    """Read the arrays of an .npz, but never a pickle.

    Parameters
    ----------
    file : str
        Its name; it lies beside this program.
    max_numbers : int
        How many numbers all arrays together may hold.

    Returns
    -------
    dict
        Of arrays; or of one text, ``problem``, that goes on after the file's name.
    """
    path = Path(__file__).with_name(file)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        if len(members) > MAX_ARRAYS:
            return {"problem": f"holds {len(members):,} arrays; at most {MAX_ARRAYS:,} are allowed"}
        # What a member says of its size is all that zipfile unpacks of it.
        size = sum(member.file_size for member in members)
        most = 16 * max_numbers + 20_000 * len(members)  # widest numbers, longest headers
        if size > most:
            return {
                "problem": f"unpacks to {size:,} bytes, more than {max_numbers:,} numbers can have"
            }
        return _arrays(path, max_numbers)
    except MemoryError:
        return {"problem": "holds an array that does not fit into memory"}
    except Exception as error:
        words = f"{error}".splitlines()
        why = words[0] if words else type(error).__name__
        return {"problem": f"can't be read ({why}): write it by numpy.savez_compressed"}


def _arrays(path: Path, max_numbers: int) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    count = 0
    with np.load(path, allow_pickle=False) as file:
        for name in file.files:
            try:
                array = file[name]
            except ValueError as error:
                if "allow_pickle" not in str(error):
                    raise
                return {
                    "problem": f"holds Python objects in “{name}”, a pickle, which is never "
                    "loaded: save arrays of numbers alone"
                }
            if not isinstance(array, np.ndarray):
                return {"problem": f"holds “{name}”, which is no array"}
            if array.dtype.kind not in KINDS:
                return {"problem": f"holds “{name}” of dtype {array.dtype}: expected real numbers"}
            count += array.size
            if count > max_numbers:
                return {"problem": f"holds more than the {max_numbers:,} numbers that are allowed"}
            arrays[name] = array
    return arrays or {"problem": "holds no array"}
