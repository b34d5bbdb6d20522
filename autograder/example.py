"""The smallest failing example: a call to follow with pencil and paper, as lines for a prompt."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from autograder.checks.base import CHANGED, SHARED, FunctionChecks
from autograder.checks.call import Call
from autograder.checks.compare import CheckFailed, describe
from autograder.sandbox.student import CallFailed, Student

WIDTH = 88
MOST_LINES = 8
RAISES = "raises"
MOST_SHOWN = 12  # numbers of one array


class Expectation(NamedTuple):
    """A small call, and what it should return: a value, or the exception it should raise."""

    call: Call
    value: Any
    raises: str = ""


class _Problem(NamedTuple):
    """What went wrong in a call: the name of a wrong value, or RAISES, and a sentence on it."""

    about: str
    sentence: str


def smallest_example(
    student: Student,
    checks: FunctionChecks,
    small: Iterable[Expectation],
    stage: str,
    like: str = "",
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
    like : str
        What should be wrong in it, as far as there is such a call; anything if "".

    Returns
    -------
    str
        At most eight lines of Python that repeat it, the last of which is a comment that says what
        came and what was expected; "" if nothing goes wrong.
    """
    found: tuple[Call, _Problem] | None = None
    with contextlib.suppress(CallFailed):  # too slow, or dead
        for expectation in small:
            problem = _problem(student, checks, expectation)
            if problem and like in ("", problem.about):
                found = expectation.call, problem
                break
            if problem and not found:
                found = expectation.call, problem
    return "\n".join(_lines(stage, found[0], found[1].sentence)) if found else ""


def _problem(student: Student, checks: FunctionChecks, expectation: Expectation) -> _Problem | None:
    call, value, raises = expectation
    try:
        answer = student.watch(call.function, call.document)
    except CallFailed as failure:
        if failure.outcome != "error":
            raise
        if raises in failure.kinds:
            return None
        kind = failure.kinds[0] if failure.kinds else "an exception"
        return _Problem(RAISES, f"raises {kind}, but should {_should(value, raises)}")
    if raises:
        return _Problem("", f"should raise {raises}, but gives {describe(answer.value)}")
    try:
        checks.agree(call, answer.value, value)
    except CheckFailed as failure:
        sentence = str(failure).removeprefix(f"{call}: ").rstrip(".")
        if failure.got is not None and failure.want is not None:
            sentence = (
                f"{failure.name} should be {_shown(failure.want)}, but is {_shown(failure.got)}"
            )
        return _Problem(failure.name, sentence)
    if answer.changed:
        return _Problem(CHANGED, "the value is right, but the call changes its arguments")
    if answer.aliased:
        return _Problem(SHARED, "the value is right, but shares memory with an argument")
    return None


def _should(value: Any, raises: str) -> str:
    if raises:
        return f"raise {raises}"
    if isinstance(value, np.ndarray | float | int | np.generic):
        return f"give {_shown(np.asarray(value))}"
    return f"give {describe(value)}"


def _lines(stage: str, call: Call, problem: str) -> list[str]:
    values = {**call.arguments, **call.keywords}
    arrays = {name: value for name, value in values.items() if _holds_arrays(value)}
    passed = [
        ("" if name in call.arguments else f"{name}=")
        + (name if name in arrays else _literal(value))
        for name, value in values.items()
    ]
    lines = [
        *(["import numpy as np"] if arrays else []),
        f"from {stage} import {call.function}",
        f"{call.function}({', '.join(passed)})",
        f"# {problem}",
    ]
    width = WIDTH
    while len(given := list(_assigned(arrays, width))) > MOST_LINES - len(lines):
        width += 20
    return lines[:-2] + given + lines[-2:]


def _holds_arrays(value: Any) -> bool:
    """Tell an array, a dict, or a list of them from a number or a list of numbers."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, np.ndarray | dict)


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
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(item)}" for key, item in value.items()) + "}"
    return repr(value.item() if isinstance(value, np.generic) else value)


def _shown(array: np.ndarray) -> str:
    """Write an array for a reader, to six digits."""
    if not 0 < array.size <= MOST_SHOWN:  # an empty one may have rows without end
        return f"an array of shape {array.shape}"
    return _nested(array, lambda number: f"{number + 0:.6g}")  # + 0 makes 0 of -0


def _nested(array: np.ndarray, write: Callable[[Any], str]) -> str:
    if array.ndim:
        return "[" + ", ".join(_nested(row, write) for row in array) + "]"
    return write(array.item())
