"""Files that are written whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from autograder.errors import UserError, found_and_advised

PREFIX, SUFFIX = ".autograder-", ".part"  # of a file that is not whole yet


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that at any moment it holds its old content or all of the new.

    Text is written as UTF-8, with its line ends as they are. A UserError says why it failed.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=PREFIX, suffix=SUFFIX)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise UserError(f"{path} can't be written {found_and_advised(error)}") from None


def remove_parts(folder: Path) -> None:
    """Remove what writers that were killed have left anywhere in a folder."""
    for path in folder.rglob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):  # if it must not be removed, no harm is done
            path.unlink()
