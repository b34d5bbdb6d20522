"""Probes: the calls that the checks of a function make of a student whose answers are right."""

import contextlib
from collections.abc import Iterable
from typing import Any

from autograder.checks.base import Expected
from autograder.checks.call import Call, call_key
from autograder.checks.collect import StageCheck
from autograder.checks.compare import CheckFailed
from autograder.fingerprints import Unanswered
from autograder.sandbox.student import Answer, Measured


def probes(
    checks: Iterable[StageCheck], function: str, expected: Expected, seed: str
) -> list[Call]:
    """Record the calls of a function that its checks make with one seed, each once.

    A wrong answer ends a check, and hides the calls that would tell one mistake from another; so
    the checks run here on right answers. Those whose inputs are fixed are left out: they train.
    Where right answers are fingerprints, one may be missing or a sketch, which ends a check; what
    it asked until then is enough.
    """
    recorder = _Recorder(function, expected)
    for check in checks:
        if check.function == function and not check.fixed:
            with contextlib.suppress(Unanswered, CheckFailed):
                check.run(recorder, recorder.right, seed)
    return list(recorder.seen.values())


class RightStudent:
    """A student whose answers are the expected ones."""

    def __init__(self, expected: Expected):
        self.right = _Right(expected)

    def __call__(self, call: Call) -> Any:
        """Answer a call."""
        return self.right(call)

    def watch(self, call: Call) -> Answer:
        """Answer a call, and leave its arguments alone."""
        return Answer(self(call), changed=False, aliased=False)

    def measure(self, call: Call) -> Measured:
        """Answer a call with no effort."""
        return Measured(self.right(call), lines=0, peak_bytes=0)


class _Recorder(RightStudent):
    """A right student who writes down each call of one function.

    What is measured is large, and its values are judged elsewhere: that is no probe.
    """

    def __init__(self, function: str, expected: Expected):
        super().__init__(expected)
        self.function = function
        self.seen: dict[bytes, Call] = {}

    def __call__(self, call: Call) -> Any:
        if call.function == self.function:
            self.seen.setdefault(call_key(call), call)
        return super().__call__(call)


class _Right:
    """Right answers to what is asked of students, and to no numerical differences."""

    live = False

    def __init__(self, expected: Expected):
        self.expected = expected

    def __call__(self, call: Call) -> Any:
        return self.expected(call)
