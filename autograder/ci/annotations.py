"""Workflow commands of GitHub Actions: lines of standard output that the runner obeys."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from autograder.ci.result import StageResult
from autograder.printable import printable


def annotations(results: Sequence[StageResult]) -> str:
    """Return an error at file and line for each function that is wrong."""
    return "".join(
        command("error", found.message, file=result.file, line=found.line, title=found.name)
        for result in results
        for found in result.findings
    )


def command(name: str, message: str, **properties: str | int) -> str:
    """Write one command, escaped as packages/core/src/command.ts of actions/toolkit does."""
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {said}::{_data(printable(message))}\n"


@contextmanager
def unobeyed() -> Iterator[None]:
    """Have the runner obey nothing that is printed meanwhile: it may be a student's text."""
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", flush=True)
    try:
        yield
    finally:
        print(f"::{token}::", flush=True)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
