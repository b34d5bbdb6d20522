"""Files that are written whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from autograder.errors import UserError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that at any moment it holds its old content or all of the new.

    Text is written as UTF-8, with its line ends as they are. A UserError says why it failed.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
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
        raise UserError(f"{path} can't be written: {error.strerror}.") from None
