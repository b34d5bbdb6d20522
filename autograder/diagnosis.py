"""Diagnosis: which known mistake a function makes, and the smallest call that shows it."""

import contextlib
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from autograder.checks.base import FunctionChecks
from autograder.checks.call import Call
from autograder.checks.collect import PUBLIC_SEED, collect, generator
from autograder.example import Expectation, smallest_example
from autograder.mistakes import KnownMistake
from autograder.probes import probes
from autograder.sandbox.student import CallFailed, Student
from autograder.signature import WHOLE, Signature, observed
from autograder.stage import Stage

TOLERANCE = 1e-8  # of the largest entry: styles differ by rounding, mistakes by more
TOLERANCE32 = 1e-4


class AllAnswers(Protocol):
    """The source of right answers and of known wrong ones."""

    live: bool

    def __call__(self, call: Call) -> Any:
        """Return the expected value of a call, or raise CallFailed."""

    def signature(self, call: Call) -> Signature:
        """Return what a right call does."""

    def mistakes(self, function: str) -> list[KnownMistake]:
        """Return the known mistakes of a function."""

    def mistaken(self, mistake: KnownMistake, call: Call) -> Signature:
        """Return what a call does if the mistake is made."""


class Diagnosis:
    """Recognises the known mistakes of a stage, and finds small examples.

    Parameters
    ----------
    stage : Stage
        What is asked.
    answers : AllAnswers
        Right ones and known wrong ones.
    """

    def __init__(self, stage: Stage, answers: AllAnswers):
        self._answers = answers
        self._stage = stage
        self._checks = collect(stage)
        self._small: dict[str, list[Expectation]] = {}
        self._known: dict[tuple[str, str], list[_Question]] = {}

    def mistakes(
        self, function: str, student: Student, seed: str, failed: Iterable[str]
    ) -> list[tuple[KnownMistake, ...]]:
        """Name the known mistakes that explain what a function does on the inputs of a seed.

        Parameters
        ----------
        function : str
            The function that fails.
        student : Student
            Is asked all that the checks would ask, also what they had no time for.
        seed : str
            The inputs on which it fails.
        failed : iterable of str
            Names of the checks that fail.

        Returns
        -------
        list of tuple of KnownMistake
            One item; or several, each of which is made in a part of the answer; or none, where no
            known mistake does the very same everywhere. An item is one mistake, or twins, which
            these inputs can't tell apart.
        """
        asked = self._asked(function, seed)
        try:
            found = [observed(student, question.call) for question in asked]
        except CallFailed:  # too slow or dead: what it returns is not known
            return []
        known = self._answers.mistakes(function)
        wrong = [
            question.right.differing(answer, question.tolerance)
            for question, answer in zip(asked, found, strict=True)
        ]
        if not any(wrong):
            twins = tuple(mistake for mistake in known if mistake.found_by in set(failed) - {""})
            return [twins] if twins else []
        # What is wrong comes first: there, other mistakes soon show that they are others.
        order = sorted(range(len(asked)), key=lambda i: not wrong[i])
        evidence = [(asked[i], found[i]) for i in order]
        fitting = {mistake: self._explained(mistake, evidence) for mistake in known}
        return _fewest(fitting, set().union(*wrong))

    def example(self, function: str, student: Student, like: str = "") -> str:
        """Return lines of Python that show the smallest call that goes wrong, or "".

        With `like`, preferably one in which that is wrong: a value of this name, or RAISES.
        """
        owner, small = self._owner(function), self._examples(function)
        return smallest_example(student, owner, small, self._stage.name, like)

    def _owner(self, function: str) -> FunctionChecks:
        return next(check.owner for check in self._checks if check.function == function)

    def _examples(self, function: str) -> list[Expectation]:
        if function not in self._small:
            checks = self._owner(function)
            rng = generator(PUBLIC_SEED, f"{function}::smallest")
            self._small[function] = [
                self._expectation(checks.complete(call, self._answers))
                for call in checks.small_calls(rng)
            ]
        return self._small[function]

    def alike(self, one: KnownMistake, other: KnownMistake, seed: str) -> bool:
        """Tell whether two mistakes in a function do the same on all inputs of a seed."""
        return not any(
            self._answers.mistaken(one, question.call).differing(
                self._answers.mistaken(other, question.call), question.tolerance
            )
            for question in self._asked(one.function, seed)
        )

    def foresee(self, function: str) -> None:
        """Ask for all that may be asked of the answers about a function on public inputs."""
        self._examples(function)
        for question in self._asked(function, PUBLIC_SEED):
            for mistake in self._answers.mistakes(function):
                with contextlib.suppress(CallFailed):
                    self._answers.mistaken(mistake, question.call)

    def _expectation(self, call: Call) -> Expectation:
        try:
            return Expectation(call, self._answers(call))
        except CallFailed as failure:
            return Expectation(call, None, failure.kinds[0])

    def _asked(self, function: str, seed: str) -> list["_Question"]:
        if (function, seed) not in self._known:
            calls = probes(self._checks, function, self._answers, seed)
            self._known[function, seed] = [
                _Question(call, self._answers.signature(call)) for call in calls
            ]
        return self._known[function, seed]

    def _explained(
        self, mistake: KnownMistake, evidence: list[tuple["_Question", Signature]]
    ) -> set[str]:
        """Return the parts that are wrong if the mistake is made, if what was found is just so."""
        parts: set[str] = set()
        unlike: set[str] = set()
        for question, found in evidence:
            made = self._answers.mistaken(mistake, question.call)
            parts |= made.differing(question.right, question.tolerance)
            unlike |= made.differing(found, question.tolerance)
            if parts & unlike or WHOLE in unlike:
                return set()
        return parts


class _Question(NamedTuple):
    """A call and its right answer."""

    call: Call
    right: Signature

    @property
    def tolerance(self) -> float:
        return TOLERANCE if self.call.double else TOLERANCE32


def _fewest(
    fitting: dict[KnownMistake, set[str]], wrong: set[str]
) -> list[tuple[KnownMistake, ...]]:
    """Choose the mistakes that explain every wrong part: one alone or its twins, or several."""
    alone = tuple(mistake for mistake, parts in fitting.items() if parts == wrong)
    if alone:
        return [alone]
    largest: list[tuple[KnownMistake, ...]] = [
        (mistake,)
        for mistake, parts in fitting.items()
        if parts and not any(parts < others for others in fitting.values())
    ]
    explained: set[str] = set().union(*(fitting[mistake] for (mistake,) in largest))
    return largest if explained == wrong else []
