"""Which errors end a command with a sentence: the student's or the system's, and no bug's."""

from typing import Any

import typer

from autograder.errors import UserError, found_and_advised

# Typer has its own copy of click in some versions, so its errors are found by way of one.
_WRONG_CALL: Any = typer.BadParameter.__bases__[0]


def complaint(error: Exception) -> str:
    """Return the sentence that says what is wrong; raise the error again if it is a bug's."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, _WRONG_CALL):
        return str(error.format_message()).replace(": Value error, ", ": ")  # pydantic's words
    if isinstance(error, OSError):
        what = error.filename or "A file or the output"
        return f"{what} can't be used {found_and_advised(error)}"
    raise error
