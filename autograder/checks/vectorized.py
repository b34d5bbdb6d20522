"""The check of functions that should work on whole arrays: by counted lines, without a clock."""

from typing import ClassVar

import numpy as np

from autograder.checks.base import Expected, FunctionChecks, StudentLike
from autograder.checks.call import Call
from autograder.checks.compare import CheckFailed

FEW, MANY = 8, 72


class VectorizedChecks(FunctionChecks):
    """Checks of a function in which stage.toml allows no loop along some sizes.

    Attributes
    ----------
    sizes : dict of str to int
        The sizes that a call has: letter to size, where no other is asked for.
    vectorized : tuple of str
        The letters that stage.toml lists; `collect` sets them.
    loops_allowed : int
        Along how many of them the lines may grow all the same.
    """

    sizes: ClassVar[dict[str, int]]
    loops_allowed: ClassVar[int] = 0
    vectorized: tuple[str, ...]

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        """Draw a call of these sizes, which have the letters of `sizes`."""
        raise NotImplementedError

    def test_loops(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Work grows in NumPy, not in Python lines: no loop over samples, a hidden one neither."""
        found = [self._growth(letter, student, expected, rng) for letter in self.vectorized]
        loops = [failure for failure in found if failure]
        if len(loops) > self.loops_allowed:
            raise loops[self.loops_allowed]

    def _growth(
        self, letter: str, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> CheckFailed | None:
        """Measure at two sizes of one letter; return what to say if the lines grow with it."""
        lines = []
        for size in (FEW, MANY):
            call = self.sized(rng, **{**self.sizes, letter: size})
            answer = student.measure(call)
            self.agree(call, answer.value, expected(call))
            lines.append(answer.lines)
        few, many = lines
        if many - few < (MANY - FEW) / 2:
            return None
        also = " as well as along the other size" if self.loops_allowed else ""
        return CheckFailed(
            f"{call}: {many:,} Python lines run for {letter} = {MANY}, but {few:,} for "
            f"{letter} = {FEW}: a loop over these samples is left{also}. Replace it by "
            "operations on whole arrays; comprehensions, np.vectorize and "
            "np.apply_along_axis are loops, too."
        )
