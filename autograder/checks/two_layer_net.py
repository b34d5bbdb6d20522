"""Checks of stage 3, the two-layer network."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder import datasets
from autograder.checks.base import (
    Expected,
    FunctionChecks,
    LossChecks,
    StudentLike,
    fixed,
    weight,
)
from autograder.checks.call import Call, call
from autograder.checks.compare import CheckFailed, compare
from autograder.checks.inputs import blobs, labels, normal, whole
from autograder.sandbox.student import Answer

SIZES = ((1, 2, 3, 2), (4, 3, 2, 3), (3, 5, 4, 2), (1, 1, 2, 4), (6, 4, 5, 3), (3, 3, 3, 3))
# N, D, H, C
KEYS = ("W1", "b1", "W2", "b2")

Params = dict[str, np.ndarray]


def draw_params(rng: np.random.Generator, D: int, H: int, C: int) -> Params:
    """Draw parameters; biases are not zero, so that a forgotten one shows."""
    shapes = zip(KEYS, ((D, H), (1, H), (H, C), (1, C)), strict=True)
    return {key: normal(rng, *shape) for key, shape in shapes}


def whole_params(rng: np.random.Generator, D: int, H: int, C: int) -> Params:
    """Draw parameters of -1, 0 and 1: scores tie, and margins and hidden units are exactly 0."""
    return {key: np.sign(array).round() for key, array in draw_params(rng, D, H, C).items()}


class TestInitParams(FunctionChecks):
    """init_params(dim, hidden_dims, num_classes, eps, seed) -> params."""

    function = "init_params"
    returns = "params"
    test_float32 = None  # type: ignore[assignment]

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for D, H, C in ((2, 3, 2), (4, 2, 3), (5, 6, 4), (3, 3, 3), (1, 1, 2)):
            yield call(
                "init_params",
                dim=D,
                hidden_dims=H,
                num_classes=C,
                eps=float(rng.uniform(0.01, 2)),
                seed=int(rng.integers(1000)),
            )

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """eps is 1e-4 and seed is 0 if nothing is said."""
        sizes = {"dim": 3, "hidden_dims": 4, "num_classes": 2}
        for keywords in ({}, {"eps": 0.5}, {"seed": int(rng.integers(1, 1000))}):
            plain = Call("init_params", sizes, keywords)
            self.agree(plain, student(plain), expected(plain))


class TestRelu(FunctionChecks):
    """relu(x) -> the shape of x."""

    function = "relu"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield call("relu", x=rng.permutation([-2.0, 0.0, 3.0]))
        yield call("relu", x=normal(rng, 3, 4))
        for sign in (1, -1):
            yield call("relu", x=sign * rng.uniform(1, 2, size=(2, 2)))
        yield call("relu", x=normal(rng, 2, 3, 1, 4, scale=1e3))
        yield call("relu", x=np.zeros((1, 3)))


class TestNnForward(FunctionChecks):
    """nn_forward(params, X) -> (scores, hidden)."""

    function = "nn_forward"
    returns = ("scores", "hidden")

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D, H, C in SIZES:
            yield call("nn_forward", params=draw_params(rng, D, H, C), X=normal(rng, N, D))
        yield call("nn_forward", params=draw_params(rng, 2, 4, 3), X=np.zeros((2, 2)))

    @fixed
    def test_lecture(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The worked example of the lecture, with its matrices transposed for samples as rows."""
        W1 = [[0.2, -0.5, 0.1, 2.0], [-0.2, 0, 0.4, 1.3], [1.1, 0.7, -0.9, -0.2], [-1.9, 1, 0.9, 2.1]]
        W2 = [[0.8, 0.9, 0, 1.4], [0.3, -0.3, 2.2, -1.2], [0.6, 0.7, -0.1, -0.6]]
        params = {
            "W1": np.array(W1).T.copy(),
            "b1": np.array([[9.1, 7.3, -27, 2.1]]),
            "W2": np.array(W2).T.copy(),
            "b2": np.array([[-32.0, 14, 19]]),
        }
        example = call("nn_forward", params=params, X=np.array([[56.0, 231, 24, 2]]))
        want = np.array([[188.97, 211.97, -84.12]]), np.array([[0, 8.3, 174.3, 152.5]])
        self.agree(example, student(example), want)


def draw_loss_call(rng: np.random.Generator, N: int, D: int, H: int, C: int, reg: float) -> Call:
    """Draw a call of nn_svm_loss."""
    return call(
        "nn_svm_loss",
        params=draw_params(rng, D, H, C),
        X=normal(rng, N, D),
        y=labels(rng, N, C),
        reg=reg,
    )


def kinks(rng: np.random.Generator) -> Iterator[Call]:
    """Draw calls of nn_svm_loss where many margins and hidden units are exactly 0."""
    for _ in range(3):
        X, y = whole(rng, 24, 3, low=-1, high=1), labels(rng, 24, 4)
        yield call("nn_svm_loss", params=whole_params(rng, 3, 5, 4), X=X, y=y, reg=0.0)


class TestNnSvmGrad(FunctionChecks):
    """nn_svm_grad(params, X, y, scores, hidden, reg) -> grads.

    Its calls are those of nn_svm_loss: `_with_forward` puts in scores and hidden.
    """

    function = "nn_svm_grad"
    returns = "grads"
    test_values = None  # type: ignore[assignment]

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for size in SIZES:
            yield draw_loss_call(rng, *size, reg=0.0)

    def test_float32(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """float32 arguments give the right values too, in either precision."""
        super().test_float32(*_with_forward(student, expected), rng)

    def test_arguments(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Arguments stay as they were, results are new arrays, calling again changes nothing."""
        super().test_arguments(*_with_forward(student, expected), rng)

    @weight(2)
    def test_second_layer(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradients of W2 and b2, without regularisation."""
        self._layer(("W2", "b2"), student, expected, rng)

    @weight(2)
    def test_first_layer(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradients of W1 and b1, without regularisation."""
        self._layer(("W1", "b1"), student, expected, rng)

    def test_regularisation(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """reg adds its part to the gradient of the weights, and none to that of the biases."""
        for size in SIZES:
            reg = float(rng.uniform(0.1, 2))
            self._all(draw_loss_call(rng, *size, reg=reg), student, expected)

    def test_kinks(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """No gradient flows where a margin, or the input of the ReLU, is exactly 0."""
        for loss_call in kinks(rng):
            self._all(loss_call, student, expected)
