"""What the checks of every function share.

A check is a method `test_*` of a class that stands for one function. It takes the fixtures
`student` and `expected`, which answer a `Call`, and `rng`, the only source of its inputs: the
public seed in `autograder check`, the instructor's secret one in `autograder grade`. It passes by
returning, and fails by raising CheckFailed with a sentence for the student.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar, cast

import numpy as np

from autograder.checks.call import Call
from autograder.checks.compare import CheckFailed, compare
from autograder.checks.inputs import WholeNumbers
from autograder.gradient import sample_slopes
from autograder.sandbox.student import Answer, CallFailed, Measured

FLOAT64 = 1e-9  # of the largest entry; right answers differ by some 1e-15 times the terms summed
FLOAT32 = 1e-4
SLOPE = 1e-6
CHANGED, SHARED = "the arguments", "memory"  # what is wrong, where no value is
DRAWS = 4  # of a small example of each size

Check = TypeVar("Check", bound=Callable[..., None])


class StudentLike(Protocol):
    """The student's functions, as checks see them."""

    def __call__(self, call: Call) -> Any:
        """Make the call and return its value, or raise CallFailed."""

    def watch(self, call: Call) -> Answer:
        """Make the call and tell also what it did to its arguments."""

    def measure(self, call: Call) -> Measured:
        """Make the call and tell also how many Python lines it ran, and its peak of memory."""


class Expected(Protocol):
    """The source of right answers.

    Attributes
    ----------
    live : bool
        Whether it answers any call, not just those whose answers were written down.
    """

    live: bool

    def __call__(self, call: Call) -> Any:
        """Return the expected value of a call, which must not be changed."""


class Earned(NamedTuple):
    """What a check returns that may earn a part of its points.

    Attributes
    ----------
    points : float
        So many of its points.
    passed : bool
        Whether that is enough.
    message : str
        What was found, for the student.
    """

    points: float
    passed: bool
    message: str


def weight(parts: int) -> Callable[[Check], Check]:
    """Say how many parts of its function's points a check is worth (1 if nothing is said)."""

    def mark(method: Check) -> Check:
        method.weight = parts  # type: ignore[attr-defined]
        return method

    return mark


def fixed(method: Check) -> Check:
    """Say that a check draws nothing from its seed: a lecture's example, or real data."""
    method.fixed = True  # type: ignore[attr-defined]
    return method


class FunctionChecks:
    """Checks that hold for any function; a subclass names the function and makes the calls.

    Attributes
    ----------
    function : str
        The function that is judged.
    returns : str or tuple of str
        What messages call the value, or each value of a tuple.
    small : sequence of tuple of int
        Sizes of examples to follow on paper, as `draw` takes them, the smallest first.
    tolerance, tolerance32 : float
        For float64 and float32 arguments, see `compare`.
    """

    function: ClassVar[str]
    returns: ClassVar[str | tuple[str, ...]] = "the result"
    small: ClassVar[Sequence[tuple[int, ...]]] = ()
    tolerance: ClassVar[float] = FLOAT64
    tolerance32: ClassVar[float] = FLOAT32

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Calls to judge, the smallest and plainest first."""
        raise NotImplementedError

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        """Draw a call of these sizes."""
        raise NotImplementedError

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Calls of small sizes with small whole numbers."""
        numbers = cast(np.random.Generator, WholeNumbers(rng))
        for sizes in self.small:
            for _ in range(DRAWS):
                yield self.draw(numbers, *sizes)

    def complete(self, call: Call, expected: Expected) -> Call:
        """Put into one of `calls` what only the reference can tell; here, nothing."""
        return call

    @weight(2)
    def test_values(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Shapes, dtypes and values are the expected ones."""
        for short in self.calls(rng):
            call = self.complete(short, expected)
            self.agree(call, student(call), expected(call))

    def test_float32(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """float32 arguments give the right values too, in either precision."""
        for call in islice(self.calls(rng), 2):
            single = self.complete(call.cast(np.float32), expected)
            want = expected(single.cast(np.float64))
            self.agree(single, student(single), want, double=False)

    def test_arguments(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Arguments stay as they were, results are new arrays, calling again changes nothing."""
        calls = [self.complete(call, expected) for call in islice(self.calls(rng), 3)]
        for number, call in enumerate((*calls, *reversed(calls[:-1]))):
            answer = student.watch(call)
            if answer.changed:
                raise CheckFailed(
                    f"{call}: the arguments were changed. Work on a copy (x = x.copy()), and mind "
                    "that -= and += change an array in place.",
                    name=CHANGED,
                )
            if answer.aliased:
                raise CheckFailed(
                    f"{call}: the result shares memory with an argument, so changing the one "
                    "changes the other. Return a new array (.copy()).",
                    name=SHARED,
                )
            try:
                self.agree(call, answer.value, expected(call))
            except CheckFailed:
                if number < len(calls):
                    raise
                raise CheckFailed(
                    f"{call}: called again after other calls, it gives another answer. Something "
                    "is kept from call to call: a global variable, a default argument that is "
                    "changed, or numpy.random's own generator."
                ) from None

    def agree(self, call: Call, got: Any, want: Any, double: bool = True) -> None:
        """Raise CheckFailed unless the student's value is the expected one."""
        tolerance = self.tolerance if double else self.tolerance32
        try:
            if isinstance(self.returns, str):
                compare(got, want, self.returns, tolerance, double=double)
                return
            if not isinstance(got, tuple | list) or len(got) != len(self.returns):
                compare(got, want, f"({', '.join(self.returns)})", tolerance, double=double)
            for name, one, other in zip(self.returns, got, want, strict=True):
                compare(one, other, name, tolerance, double=double)
        except CheckFailed as failure:
            raise failure.about(call) from None

    def agree_on(self, name: str, call: Call, got: Any, want: Any, double: bool = True) -> None:
        """Judge, of several values, the one called `name` alone."""
        names = self.returns if isinstance(self.returns, tuple) else ()
        if isinstance(got, tuple | list) and len(got) == len(names):
            parts = zip(names, got, want, strict=True)
            got = tuple(one if title == name else right for title, one, right in parts)
        self.agree(call, got, want, double)


class LossChecks(FunctionChecks):
    """Checks of a function that returns a loss and its gradient, each judged by itself.

    Attributes
    ----------
    wrt : str
        The argument that the gradient is taken with respect to: an array, or a dict of arrays.
    """

    returns = ("loss", "gradient")
    wrt: ClassVar[str]
    test_values = None  # type: ignore[assignment]

    def test_loss(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The loss is the expected one."""
        self._part(0, student, expected, rng)

    @weight(3)
    def test_gradient(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradient is the expected one, and the slope of the loss by central differences."""
        self._part(1, student, expected, rng)
        call = next(self.calls(rng))
        _, gradient = student(call)
        if expected.live:  # otherwise the expected gradient, which was the slope, has to do
            slopes_agree(call, self.wrt, gradient, self.returns[1], expected, rng)

    def _part(
        self, part: int, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        name = self.returns[part]
        for call in self.calls(rng):
            got, want = student(call), expected(call)
            try:
                if not isinstance(got, tuple | list) or len(got) != 2:
                    compare(got, want, f"({', '.join(self.returns)})", self.tolerance)
                compare(got[part], want[part], name, self.tolerance)
            except CheckFailed as failure:
                advice = self._advice(call, got, want, student, rng) if part == 1 else ""
                raise failure.about(call, advice) from None

    def _advice(
        self, call: Call, got: Any, want: Any, student: StudentLike, rng: np.random.Generator
    ) -> str:
        """Say that the loss is wrong, if it is and the student's gradient agrees with it.

        Where the loss is right, a wrong gradient can only agree at coordinates that are compared:
        the fault is at a kink, or at one that was not drawn.
        """
        try:
            compare(got[0], want[0], self.returns[0], self.tolerance)
        except CheckFailed:
            pass
        else:
            return ""
        try:
            compared = slopes_agree(call, self.wrt, got[1], self.returns[1], student, rng)
        except (CheckFailed, CallFailed, TypeError, ValueError, LookupError):
            return ""
        if not compared:  # nothing but kinks
            return ""
        return "It is the gradient of your own loss, though: look for the mistake in the loss."


def slopes_agree(
    call: Call,
    wrt: str,
    gradient: Any,
    name: str,
    answers: Callable[[Call], Any],
    rng: np.random.Generator,
    count: int = 12,
) -> int:
    """Compare a gradient with slopes of a loss by central differences.

    Parameters
    ----------
    call : Call
        Of a function that returns the loss first.
    wrt : str
        The argument that the gradient is taken with respect to: an array, or a dict of arrays.
    gradient : ndarray or dict of str to ndarray
        For an argument that is a dict, some or all of its keys.
    name : str
        What to call the gradient in a message.
    answers : callable
        Gives the value of a call.
    rng : numpy.random.Generator
        Its child chooses the coordinates: what is drawn next does not depend on them.
    count : int
        How many of each array.

    Returns
    -------
    int
        How many coordinates were compared; those at kinks are left out.
    """
    compared = 0
    point = call.arguments[wrt]
    chooser = rng.spawn(1)[0]
    for key in gradient if isinstance(point, dict) else (None,):

        def loss(x: np.ndarray, key: Any = key) -> float:
            moved = x if key is None else {**point, key: x}
            value = answers(Call(call.function, {**call.arguments, wrt: moved}, call.keywords))
            return float(value[0])

        array = gradient if key is None else gradient[key]
        slopes = sample_slopes(loss, point if key is None else point[key], chooser, count)
        compared += len(slopes.coordinates)
        scale = np.abs(array).max(initial=1e-3)
        for where, slope in zip(slopes.coordinates, slopes.values, strict=True):
            if not abs(array[where] - slope) <= SLOPE * scale:
                part = name if key is None else f"{name}[{key!r}]"
                raise CheckFailed(
                    f"{call}: {part}{list(where)} is {array[where]:.6g}, but the slope of the "
                    f"loss there, by central differences, is {slope:.6g}."
                )
    return compared
