"""The smallest failing example: a call to follow with pencil and paper, as lines for a prompt."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from autograder.checks.base import FunctionChecks
from autograder.checks.call import Call
from autograder.checks.compare import CheckFailed, describe
from autograder.sandbox.student import CallFailed, Student

WIDTH = 88
MOST_LINES = 8
MOST_SHOWN = 12  # numbers of one array


class Expectation(NamedTuple):
    """A small call, and what it should return: a value, or the exception it should raise."""

    call: Call
    value: Any
    raises: str = ""


def smallest_example(
    student: Student, checks: FunctionChecks, small: Iterable[Expectation], stage: str
) -> str:
    """Find the first small call that goes wrong.

    Parameters
    ----------
    student : Student
        The function's owner.
    checks : FunctionChecks
        Those of the function: what they agree to is right.
    small : iterable of Expectation
        From the smallest up.
    stage : str
        The module that the function is imported from.

    Returns
    -------
    str
        At most eight lines of Python that repeat it, the last of which is a comment that says what
        came and what was expected; "" if nothing goes wrong.
    """
    try:
        for expectation in small:
            problem = _problem(student, checks, expectation)
            if problem:
                return "\n".join(_lines(stage, expectation.call, problem))
    except CallFailed:  # too slow, or dead
        pass
    return ""


def _problem(student: Student, checks: FunctionChecks, expectation: Expectation) -> str:
    call, value, raises = expectation
    try:
        answer = student.watch(call.function, call.args, call.keywords)
    except CallFailed as failure:
        if failure.outcome != "error":
            raise
        kind = failure.kinds[0] if failure.kinds else "an exception"
        if raises in failure.kinds:
            return ""
        return f"raises {kind}, but should {_should(value, raises)}"
    if raises:
        return f"should raise {raises}, but gives {describe(answer.value)}"
    try:
        checks.agree(call, answer.value, value)
    except CheckFailed as failure:
        if failure.got is None or failure.want is None:
            return str(failure).removeprefix(f"{call}: ").rstrip(".")
        return f"{failure.name} should be {_shown(failure.want)}, but is {_shown(failure.got)}"
    if answer.changed:
        return "the value is right, but the call changes its arguments"
    return "the value is right, but shares memory with an argument" if answer.aliased else ""


def _should(value: Any, raises: str) -> str:
    if raises:
        return f"raise {raises}"
    if isinstance(value, np.ndarray | float | int | np.generic):
        return f"give {_shown(np.asarray(value))}"
    return f"give {describe(value)}"


def _lines(stage: str, call: Call, problem: str) -> list[str]:
    values = {**call.arguments, **call.keywords}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray | dict)}
    passed = [
        ("" if name in call.arguments else f"{name}=")
        + (name if name in arrays else _literal(value))
        for name, value in values.items()
    ]
    lines = [
        "import numpy as np",
        f"from {stage} import {call.function}",
        f"{call.function}({', '.join(passed)})",
        f"# {problem}",
    ]
    width = WIDTH
    while len(given := list(_assigned(arrays, width))) > MOST_LINES - len(lines):
        width += 20
    return lines[:2] + given + lines[2:]


def _assigned(arrays: dict[str, Any], width: int) -> Iterator[str]:
    """Assign arrays, several on a line where they are short, and long dicts on several lines."""
    row = ""
    for name, value in arrays.items():
        statement = f"{name} = {_literal(value)}"
        if row and len(row) + len(statement) + 2 > width:
            yield row
            row = ""
        if isinstance(value, dict) and len(statement) > width:
            *full, statement = _broken(name, value, width)
            yield from full
        row = f"{row}; {statement}" if row else statement
    if row:
        yield row


def _broken(name: str, items: dict[str, Any], width: int) -> Iterator[str]:
    """Assign a dict on several lines."""
    row = f"{name} = {{"
    for key, item in items.items():
        entry = f"{key!r}: {_literal(item)}, "
        if len(row) + len(entry) > width and not row.endswith("{"):
            yield row.rstrip()
            row = "    "
        row += entry
    yield row.removesuffix(", ") + "}"


def _literal(value: Any) -> str:
    """Write a value as Python would read it."""
    if isinstance(value, np.ndarray):
        return f"np.array({_nested(value, repr)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(item)}" for key, item in value.items()) + "}"
    return repr(value.item() if isinstance(value, np.generic) else value)


def _shown(array: np.ndarray) -> str:
    """Write an array for a reader, to six digits."""
    if array.size > MOST_SHOWN:
        return f"an array of shape {array.shape}"
    return _nested(array, "{:.6g}".format)


def _nested(array: np.ndarray, write: Callable[[Any], str]) -> str:
    if array.ndim:
        return "[" + ", ".join(_nested(row, write) for row in array) + "]"
    return write(array.item())
