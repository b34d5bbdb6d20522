"""Foresight: the requests that a check will make, so that a worker can be asked all at once.

Between two processes, waiting for each other takes longer than most calls. What a check asks of a
student whose answers are right is known beforehand, and the same for a whole class.
"""

from typing import Any

from autograder.checks.base import Expected
from autograder.checks.call import Call
from autograder.checks.collect import StageCheck
from autograder.probes import RightStudent
from autograder.sandbox.student import Answer, Batch, Measured, Request
from autograder.stage import Stage

MAX_BYTES = 2**18  # of arguments: with more, it is the calls that take the time


class Foresight:
    """Tells the requests of each check of a stage; each is found out once.

    Parameters
    ----------
    stage : Stage
        What is asked.
    expected : Expected
        The source of right answers, which must be live.
    """

    def __init__(self, stage: Stage, expected: Expected):
        self._training = {function.name for function in stage.functions if function.training}
        self._expected = expected
        self._known: dict[tuple[str, str], Batch] = {}

    def __call__(self, check: StageCheck, seed: str) -> Batch:
        """Return what a check will ask with a seed; nothing if that takes long anyway."""
        if check.function in self._training:
            return Batch.of()
        key = check.id, seed
        if key not in self._known:
            recorder = _Recorder(self._expected)
            check.run(recorder, recorder.right, seed)
            small = sum(len(request.arguments) for request in recorder.made) <= MAX_BYTES
            self._known[key] = Batch.of(*recorder.made) if small else Batch.of()
        return self._known[key]


class _Recorder(RightStudent):
    """A right student who writes down each request that a true one's worker would get."""

    def __init__(self, expected: Expected):
        super().__init__(expected)
        self.made: list[Request] = []

    def __call__(self, call: Call) -> Any:
        self.made.append(Request(call.function, call.document))
        return super().__call__(call)

    def watch(self, call: Call) -> Answer:
        self.made.append(Request(call.function, call.document, watch=True))
        return Answer(self.right(call), changed=False, aliased=False)

    def measure(self, call: Call) -> Measured:
        self.made += Request.measuring(call.function, call.document)
        return super().measure(call)
