"""Checks of stage 2, the linear classifier."""

from collections.abc import Iterator
from itertools import product
from typing import Any, ClassVar

import numpy as np

from autograder.checks.base import (
    Expected,
    FunctionChecks,
    LossChecks,
    StudentLike,
    fixed,
    weight,
)
from autograder.checks.call import Call, call
from autograder.checks.gallery import misread, pictured, share_right, spread, templates
from autograder.checks.inputs import (
    any_seed,
    blobs,
    labels,
    new_digits,
    normal,
    thinned_digits,
    up_to,
    whole,
)
from autograder.checks.learning import loss_falls, most_are_right
from autograder.checks.vectorized import VectorizedChecks
from autograder.evidence import Gallery

SIZES = ((1, 2, 2), (3, 4, 3), (6, 3, 5), (1, 5, 4), (2, 1, 4))  # N, D, C


class TestAddBias(FunctionChecks):
    """add_bias(X) -> (N, D + 1)."""

    function = "add_bias"
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("add_bias", X=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D in ((2, 3), (4, 2), (1, 4), (5, 1), (3, 3)):
            yield self.draw(rng, N, D)
        yield call("add_bias", X=np.hstack([normal(rng, 3, 2), np.ones((3, 1))]))


class TestLinearForward(FunctionChecks):
    """linear_forward(W, X) -> scores (N, C)."""

    function = "linear_forward"
    returns = "scores"
    small = up_to(2, 2, 3)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, C = sizes
        return call("linear_forward", W=normal(rng, D, C), X=normal(rng, N, D))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in (*SIZES, (3, 3, 3)):
            yield self.draw(rng, *sizes)


class _LinearLossChecks(LossChecks):
    returns = ("loss", "dW")
    wrt = "W"
    small = up_to(3, 2, 3, 2)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D, C in SIZES:
            yield self.regularised(rng, N, D, C, reg=0.0)
            yield self.regularised(rng, N, D, C, reg=float(rng.uniform(0.1, 2)))
        W, X, y = normal(rng, 3, 4), normal(rng, 5, 3), labels(rng, 5, 4)
        yield call(self.function, W=W, X=X, y=y)  # reg has a default
        yield call(self.function, W=W, X=X, y=np.full(5, y[0]), reg=0.5)  # one class alone
        yield call(self.function, W=np.zeros((3, 4)), X=X, y=y, reg=0.5)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, C, reg = sizes
        return self.regularised(rng, N, D, C + 1, reg - 1.0)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        arguments = {"W": np.array([[1.0, 2.0]]), "X": np.array([[1.0]]), "y": np.array([0])}
        for keywords in ({}, {"reg": 1.0}):
            yield Call(self.function, arguments, keywords)

    def regularised(self, rng: np.random.Generator, N: int, D: int, C: int, reg: float) -> Call:
        return call(
            self.function, W=normal(rng, D, C), X=normal(rng, N, D), y=labels(rng, N, C), reg=reg
        )

    def test_arguments(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Arguments stay as they were, results are new arrays, reg can be passed by name."""
        super().test_arguments(student, expected, rng)
        arguments = self.regularised(rng, 3, 2, 4, reg=0.0).arguments
        del arguments["reg"]
        named = Call(self.function, arguments, {"reg": 0.5})
        self.agree(named, student(named), expected(named))


class _HingeChecks(_LinearLossChecks):
    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().calls(rng)
        # Whole numbers: some margins are exactly 0, where no gradient flows.
        W, X, y = whole(rng, 3, 4), whole(rng, 24, 3), labels(rng, 24, 4)
        W[:, 1] = W[:, 0] + [1, 0, 0]
        X[0, 0], y[0] = -1, 0  # so this sample's margin of class 1 is one of them
        yield call(self.function, W=W, X=X, y=y, reg=1.5)
        # Every margin is met: the loss is the regularisation alone.
        X = normal(rng, 4, 4, scale=0.1)
        y = np.arange(4)
        yield call(self.function, W=10 * np.eye(4), X=X + 5 * np.eye(4)[y], y=y, reg=0.01)


class TestSvmLossNaive(_HingeChecks):
    """svm_loss_naive(W, X, y, reg) -> (loss, dW)."""

    function = "svm_loss_naive"


class TestSvmLoss(VectorizedChecks, _HingeChecks):
    """svm_loss(W, X, y, reg) -> (loss, dW)."""

    function = "svm_loss"
    sizes: ClassVar = {"N": 6}

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        N, D, C = sizes["N"], 5, 4
        return call(
            self.function, W=normal(rng, D, C), X=normal(rng, N, D), y=labels(rng, N, C), reg=0.5
        )


class TestSoftmaxLoss(_LinearLossChecks):
    """softmax_loss(W, X, y, reg) -> (loss, dW)."""

    function = "softmax_loss"

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        for scale in (1e3, -1e3, 1e4):
            W, X = scale * np.array([[1.0, 2.0]]), np.array([[1.0]])
            yield call(self.function, W=W, X=X, y=np.array([0]), reg=0.0)
        X, y = np.array([[1.0], [0.0]]), np.array([0, 0])
        yield call(self.function, W=np.array([[1e3, 0.0]]), X=X, y=y, reg=0.0)

    @weight(2)
    def test_large_scores(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Scores of ±10,000 don't overflow."""
        for N, D, C in ((1, 2, 3), (4, 3, 5)):
            for offset in (1e4, -1e4, 0.0):
                W, X = normal(rng, D, C, scale=3e3), normal(rng, N, D)
                # A last feature of one: its weights move all scores of a sample together.
                X[:, -1], W[-1] = 1, offset
                # Had every sample the highest score where it belongs, the loss would be near 0:
                # what is left of scores that cancel, where a right formula may have no digits.
                y = labels(rng, N, C)
                y[0] = np.argmin(X[0] @ W)
                large = call(self.function, W=W, X=X, y=y, reg=0.0)
                self.agree(large, student(large), expected(large))


def _gallery(answers: list[Any]) -> Gallery:
    """Show the weights of each digit's score, and new digits for which another's is largest."""
    ((_, learnt),) = answers
    X = thinned_digits()[2][:100]  # so few that NumPy starts no threads, which take longer
    read, wrong = misread(np.argmax(X @ learnt, axis=1), *new_digits(len(X)))
    return Gallery(
        learnt="The template of each digit: orange pixels speak for it, blue ones against it.",
        templates=templates([str(digit) for digit in range(10)], spread(learnt)),
        read=read,
        misread=wrong,
    )


class TestTrainSvm(FunctionChecks):
    """train_svm(W, X, y, lr, reg, batch, num_iters, seed) -> (losses, W)."""

    function = "train_svm"
    returns = ("losses", "W")
    small = up_to(3, 2, 2, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, C, steps = sizes
        drawn = {"W": normal(rng, D, C + 1), "X": normal(rng, N, D), "y": labels(rng, N, C + 1)}
        settings = {"lr": 0.5, "reg": float(rng.uniform()), "batch": N, "num_iters": steps}
        return Call("train_svm", drawn, settings)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        data = {"W": np.array([[0.0, 0.0]]), "X": np.array([[1.0], [2.0], [4.0]])}
        for batch, steps, seed in product((1, 2), (1, 2, 3), (0, 1, 2)):
            settings = {"lr": 0.5, "reg": 0.0, "batch": batch, "num_iters": steps, "seed": seed}
            yield Call("train_svm", {**data, "y": np.array([0, 1, 0])}, settings)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Full batches: no draw matters but its order."""
        for N, D, C, steps, scale in (
            (4, 2, 2, 1, 1.0),
            (6, 3, 4, 3, 1.0),
            (9, 4, 3, 12, 1.0),
            (5, 2, 3, 6, 1e-9),  # the loss hardly moves: no reason to stop
        ):
            X, y = blobs(rng, N, D, C)
            yield call(
                "train_svm",
                W=normal(rng, D, C),
                X=X,
                y=y,
                lr=scale * float(rng.uniform(0.05, 0.3)),
                reg=float(rng.uniform(0.1, 0.5)),
                batch=N,
                num_iters=steps,
                seed=int(rng.integers(1000)),
            )

    @weight(2)
    def test_batches(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Mini-batches are those that rng.choice draws, a new one each step."""
        for N, batch in ((8, 1), (12, 5)):
            X, y = blobs(rng, N, 3, 4)
            for seed in (0, any_seed(rng)):
                drawn = call(
                    "train_svm",
                    W=normal(rng, 3, 4),
                    X=X,
                    y=y,
                    lr=0.1,
                    reg=0.2,
                    batch=batch,
                    num_iters=6,
                    seed=seed,
                )
                self.agree(drawn, student(drawn), expected(drawn))

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """lr, reg, batch, num_iters and seed have the documented names and defaults."""
        X, y = blobs(rng, 230, 2, 3)
        start = {"W": normal(rng, 2, 3), "X": X, "y": y}
        for keywords in (
            {},
            {"num_iters": 3},
            {"lr": 0.5, "num_iters": 2},
            {"reg": 0.3, "batch": 20, "num_iters": 120, "seed": 5},
        ):
            plain = Call("train_svm", start, keywords)
            self.agree(plain, student(plain), expected(plain))

    @fixed
    @pictured(_gallery)
    def test_digits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Trained on 600 real digits, it reads at least 75 % of 500 others."""
        X, y, X_test, y_test = thinned_digits()
        W = 1e-4 * np.random.default_rng(0).standard_normal((X.shape[1], 10))
        training = call(
            "train_svm", W=W, X=X, y=y, lr=0.01, reg=1e-3, batch=60, num_iters=150, seed=0
        )
        losses, learnt = student(training)
        loss_falls(training, losses)
        right = share_right(np.argmax(X_test @ learnt, axis=1), y_test)
        most_are_right(training, right, 0.75)


class TestPredictSvm(FunctionChecks):
    """predict_svm(W, X) -> labels (N,)."""

    function = "predict_svm"
    returns = "labels"
    small = up_to(2, 2, 3)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, C = sizes
        return call("predict_svm", W=normal(rng, D, C), X=normal(rng, N, D))

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        for scale in (1e3, -1e3, 1e-8):
            yield call("predict_svm", W=scale * np.array([[1.0, 2.0]]), X=np.array([[1.0]]))
        yield call("predict_svm", W=np.array([[-3e3, -2e3]]), X=np.array([[1.0]]))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in (*SIZES, (8, 3, 10)):
            yield self.draw(rng, *sizes)
        # Scores that tie, and scores that are all negative.
        yield call("predict_svm", W=whole(rng, 2, 4, low=-1, high=1), X=whole(rng, 12, 2))
        yield call("predict_svm", W=-whole(rng, 2, 4, low=1), X=whole(rng, 5, 2, low=1))
        # Scores whose exponentials are all infinite or all 0, and scores that nearly agree.
        for scale, offset in ((1e3, 1e5), (1e3, -1e5), (1e-8, 0.0)):
            W, X = normal(rng, 3, 4, scale=scale), normal(rng, 6, 3)
            X[:, -1], W[-1] = 1, offset
            yield call("predict_svm", W=W, X=X)


class TestTuneSvm(FunctionChecks):
    """tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters, seed)."""

    function = "tune_svm"
    returns = ("best_W", "best", "results")
    test_float32 = None  # type: ignore[assignment]

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for lrs, regs, steps, seed in (
            ([1e-4, 0.1], [0.1], 5, 0),
            ([0.3, 1e-3], [1.0, 1e-3], 8, 7),
        ):
            X, y = blobs(rng, 231, 3, 4, spread=1.5)
            shown = rng.choice(np.flatnonzero(y < 3), 21)  # the last class is not in validation
            y_train = np.append(y[:209], 3)
            yield _tune(X[:210], y_train, X[shown], y[shown], lrs, regs, steps, seed)
        yield self._none_is_right(rng)
        yield self._first_is_known_by_order(rng)

    def _none_is_right(self, rng: np.random.Generator) -> Call:
        """Make a call where each setting is at accuracy 0: then, too, the first is best."""
        X, y = blobs(rng, 231, 3, 4)
        X[:, -1] = 10  # any two samples point the same way, so class 1 is pushed down everywhere
        y_train = np.append(np.where(y == 1, 2, y)[:209], 3)
        return _tune(
            X[:210], y_train, X[210:], np.ones(21, int), lrs=[0.2, 0.1], regs=[0.0, 0.5], steps=2
        )

    def _first_is_known_by_order(self, rng: np.random.Generator) -> Call:
        """Make a call where two settings are equally right, neither with the first lr and reg.

        They step far beyond the weights that were drawn, or shrink them to 0 (2 lr reg = 1), and
        so keep the gradient alone. The other two keep little but the weights that were drawn.
        """
        X, y = blobs(rng, 231, 3, 4, spread=0.5)
        y = np.append(y[:209], [3, *y[210:]])
        lrs, regs = [1e-6, 1.0], [0.0, 5e5]
        return _tune(X[:210], y[:210], X[210:], y[210:], lrs, regs, steps=1)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """num_iters and seed have the documented names and defaults."""
        X, y = blobs(rng, 220, 2, 3)
        data = {"X_train": X, "y_train": y, "X_val": X[:15], "y_val": y[:15]}
        for keywords in ({}, {"num_iters": 3, "seed": 4}):
            plain = Call("tune_svm", {**data, "lrs": [1e-3], "regs": [1e-3]}, keywords)
            self.agree(plain, student(plain), expected(plain))


def _tune(
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_val: np.ndarray,
    y_val: np.ndarray,
    lrs: list[float],
    regs: list[float],
    steps: int,
    seed: int = 3,
) -> Call:
    return call(
        "tune_svm",
        X_train=X_train,
        y_train=y_train,
        X_val=X_val,
        y_val=y_val,
        lrs=lrs,
        regs=regs,
        num_iters=steps,
        seed=seed,
    )
