"""Run the command line in this process, as a shell would see it."""

import contextlib
import io
import sys
from typing import NamedTuple
from unittest import mock

from autograder.__main__ import main


class Result(NamedTuple):
    """What a command left."""

    code: int
    out: str
    err: str


def autograder(*arguments: object) -> Result:
    """Run ``autograder ARGUMENTS`` and return its exit code and output."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["autograder", *map(str, arguments)]
    with (
        mock.patch.object(sys, "argv", argv),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
    return Result(int(code), out.getvalue(), err.getvalue())
