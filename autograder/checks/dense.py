"""Checks of the layers that stages 4 and 5 share: activations, dense layers, the softmax loss."""

from collections.abc import Iterator

import numpy as np

from autograder.checks.base import Expected, FunctionChecks, LossChecks, StudentLike, weight
from autograder.checks.call import Call, call
from autograder.checks.inputs import labels, normal, up_to, whole
from autograder.checks.layers import AFFINE, BackwardChecks, LayerBackwardChecks, affine_call


def signed_inputs(rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Draw numbers of both signs, of one sign, and zeros among them."""
    yield rng.permutation([-2.0, 0.0, 3.0])
    yield normal(rng, 3, 4)
    yield 1 + np.abs(normal(rng, 2, 3))
    yield -1 - np.abs(normal(rng, 2, 2, 2))
    yield whole(rng, 2, 3, 4, 3)
    yield normal(rng, 2, 3, 3, 2, scale=1e3)


class ActivationChecks(FunctionChecks):
    """Checks of a function that changes number by number."""

    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        """Draw a call on an array of this shape."""
        return call(self.function, x=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Calls on arrays of several shapes."""
        for x in signed_inputs(rng):
            yield call(self.function, x=x)


class ActivationBackwardChecks(BackwardChecks):
    """Checks of the way back through such a function."""

    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        """Draw a call on arrays of this shape."""
        return call(self.function, dout=normal(rng, *sizes), x=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Calls on arrays of several shapes."""
        for x in signed_inputs(rng):
            yield call(self.function, dout=normal(rng, *x.shape), x=x)


class AffineForwardChecks(FunctionChecks):
    """Checks of a dense layer."""

    small = (*up_to(2, 2, 3), (1, 2, 1, 1), (2, 1, 2, 2), (1, 2, 2, 1))

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        """Draw a call of these sizes, M the last."""
        return affine_call(self.function, rng, *sizes)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Calls on samples of several shapes."""
        for sizes in AFFINE:
            yield self.draw(rng, *sizes)


class AffineBackwardChecks(LayerBackwardChecks):
    """Checks of the way back through a dense layer."""

    small = AffineForwardChecks.small

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        """Draw a call of these sizes, M the last."""
        return affine_call(self.function, rng, *sizes, backward=True)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Calls on samples of several shapes."""
        for sizes in AFFINE:
            yield self.draw(rng, *sizes)


class SoftmaxChecks(LossChecks):
    """Checks of the mean cross-entropy of scores."""

    returns = ("loss", "dscores")
    wrt = "scores"
    small = up_to(3, 3)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        """Draw scores of N samples and C classes."""
        N, C = sizes
        return call(self.function, scores=normal(rng, N, C), y=labels(rng, N, C))

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Small calls, and some with large scores."""
        yield from super().small_calls(rng)
        for scale in (1e3, -1e3, 1e4):
            yield call(self.function, scores=scale * np.array([[1.0, 2.0]]), y=np.array([0]))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Calls of several sizes, some with labels or scores that are all equal."""
        for sizes in ((1, 2), (2, 3), (5, 4), (3, 3), (1, 5)):
            yield self.draw(rng, *sizes)
        scores = normal(rng, 4, 3, scale=5)
        yield call(self.function, scores=scores, y=np.full(4, rng.integers(3)))
        yield call(self.function, scores=np.zeros((2, 4)), y=labels(rng, 2, 4))

    @weight(2)
    def test_large_scores(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Scores of ±10,000 don't overflow."""
        for N, C in ((1, 3), (5, 4)):
            for offset in (1e4, -1e4, 0.0):
                for scale in (1.0, 3e3):
                    scores, y = offset + normal(rng, N, C, scale=scale), labels(rng, N, C)
                    y[0] = np.argmin(scores[0])  # so that the loss is not a rounded 0
                    large = call(self.function, scores=scores, y=y)
                    self.agree(large, student(large), expected(large))
