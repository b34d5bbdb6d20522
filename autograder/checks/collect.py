"""Collect the checks of a stage: which there are, for which function, worth how many points."""

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.checks.base import Earned, Expected, FunctionChecks, StudentLike
from autograder.checks.gallery import Draw
from autograder.checks.vectorized import VectorizedChecks
from autograder.errors import UserError
from autograder.stage import Function, Stage, StagePart

PUBLIC_SEED = "public"


@dataclass(frozen=True)
class StageCheck:
    """One check, ready to run.

    Attributes
    ----------
    id : str
        ``<function>::<name>``.
    points : float
        Its part of the function's points, in whole hundredths.
    title : str
        First line of its docstring.
    fixed : bool
        Whether its inputs are the same for every seed, as a lecture's example is.
    gallery : callable or None
        Makes pictures of the answers to its calls.
    hidden : bool
        Whether its inputs are the same for every seed, but not public.
    """

    id: str
    function: str
    points: float
    title: str
    fixed: bool
    method: Callable[[StudentLike, Expected, np.random.Generator], Earned | None]
    gallery: Draw | None = None
    hidden: bool = False

    @property
    def owner(self) -> FunctionChecks:
        """The checks of the function, of which this is one."""
        return self.method.__self__  # type: ignore[attr-defined]

    def run(self, student: StudentLike, expected: Expected, seed: str) -> Earned | None:
        """Run the check on the inputs of one seed; CheckFailed or CallFailed says what is wrong.

        Most checks earn all of their points by returning, or none; some return what they earn.
        """
        return self.method(student, expected, generator(seed, self.id))


def generator(seed: str, check_id: str) -> np.random.Generator:
    """Make the generator of one check's inputs: a secret seed can't be found from another's."""
    digest = hashlib.sha256(f"{seed}\n{check_id}".encode()).digest()
    return np.random.default_rng(list(digest))


@cache
def collect(stage: Stage) -> tuple[StageCheck, ...]:
    """Return the checks of a stage, in the order of its functions; a stage's are made once.

    An open task has none here: those that `autograder.challenge` makes need its images.
    """
    if stage.challenge:
        return ()
    classes = {checks.function: checks for checks in _check_classes(stage)}
    listed = {function.name for function in stage.functions}
    differing = listed ^ classes.keys() if not isinstance(stage, StagePart) else set()
    if differing:
        odd = ", ".join(sorted(differing))
        raise UserError(
            f"stage.toml of {stage.name} and autograder/checks/{stage.name}.py differ on {odd}: "
            "each function needs an entry in the one and a class in the other."
        )
    return tuple(
        check
        for function in stage.functions
        for check in _checks_of(classes[function.name], function)
    )


def _check_classes(stage: Stage) -> list[type[FunctionChecks]]:
    name = f"autograder.checks.{stage.name}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise UserError(
            f"Stage {stage.name} has no checks: expected autograder/checks/{stage.name}.py."
        ) from None
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, FunctionChecks)
        and value.__module__ == name
        and "function" in vars(value)
    ]


def prepared(checks: type[FunctionChecks], function: Function) -> FunctionChecks:
    """Make an instance that knows what stage.toml says of its function."""
    listed = function.vectorized
    known = tuple(checks.sizes) if issubclass(checks, VectorizedChecks) else ()
    if bool(listed) != bool(known) or not set(listed) <= set(known):
        raise UserError(
            f"stage.toml says that {function.name} is vectorized along {_words(listed)}, but "
            f"{checks.__name__} can judge {_words(known)}: the first must be among the second."
        )
    instance = checks()
    if isinstance(instance, VectorizedChecks):
        instance.vectorized = function.vectorized
    return instance


def _words(letters: tuple[str, ...]) -> str:
    return ", ".join(letters) or "nothing"


def _checks_of(checks: type[FunctionChecks], function: Function) -> list[StageCheck]:
    methods = {
        name: getattr(checks, name)
        for parent in reversed(checks.__mro__)
        for name in vars(parent)
        if name.startswith("test_") and getattr(checks, name) is not None
    }
    weights = [getattr(method, "weight", 1) for method in methods.values()]
    parts = shares(function.points, weights)
    instance = prepared(checks, function)
    return [
        StageCheck(
            id=f"{checks.function}::{name.removeprefix('test_')}",
            function=checks.function,
            points=share,
            title=(method.__doc__ or name).splitlines()[0],
            fixed=getattr(method, "fixed", False),
            method=getattr(instance, name),
            gallery=getattr(method, "gallery", None),
        )
        for (name, method), share in zip(methods.items(), parts, strict=True)
    ]


def shares(points: float, weights: list[int]) -> list[float]:
    """Divide points by weight into whole hundredths whose sum is exact."""
    total, done, so_far, divided = sum(weights), 0, 0, []
    for parts in weights:
        so_far += parts
        until = round(points * 100 * so_far / total)
        divided.append((until - done) / 100)
        done = until
    return divided
