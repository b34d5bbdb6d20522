"""Checks of stage 3, the two-layer network."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np

from autograder.checks.base import (
    Expected,
    FunctionChecks,
    LossChecks,
    StudentLike,
    fixed,
    slopes_agree,
    weight,
)
from autograder.checks.call import Call, call
from autograder.checks.gallery import SHOWN, misread, pictured, share_right, spread, templates
from autograder.checks.inputs import (
    any_seed,
    blobs,
    labels,
    new_digits,
    normal,
    number,
    thinned_digits,
    up_to,
    whole,
)
from autograder.checks.learning import loss_falls, most_are_right
from autograder.evidence import Gallery

SIZES = ((1, 2, 3, 2), (4, 3, 2, 3), (3, 5, 4, 2), (1, 1, 2, 4), (6, 4, 5, 3), (3, 3, 3, 3))
# N, D, H, C

Params = dict[str, np.ndarray]


def draw_params(
    rng: np.random.Generator, D: int, H: int, C: int, draw: Callable[..., np.ndarray] = normal
) -> Params:
    """Draw parameters; biases are not zero, so that a forgotten one shows."""
    shapes = {"W1": (D, H), "b1": (1, H), "W2": (H, C), "b2": (1, C)}
    return {key: draw(rng, *shape) for key, shape in shapes.items()}


def signs(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw -1, 0 and 1: of sums and products of them, many are equal and many are 0."""
    return whole(rng, *shape, low=-1, high=1)


class TestInitParams(FunctionChecks):
    """init_params(dim, hidden_dims, num_classes, eps, seed) -> params."""

    function = "init_params"
    returns = "params"
    small = up_to(2, 2, 3)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call(
            "init_params",
            **dict(zip(("dim", "hidden_dims", "num_classes"), sizes, strict=True)),
            eps=number(rng, 0.01, 2),
            seed=int(rng.integers(1000)),
        )

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((2, 3, 2), (4, 2, 3), (5, 6, 4), (3, 3, 3), (1, 1, 2)):
            yield self.draw(rng, *sizes)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, eps is 1e-4 and seed is 0."""
        sizes = {"dim": 3, "hidden_dims": 4, "num_classes": 2}
        for keywords in ({}, {"eps": 0.5}, {"seed": any_seed(rng)}):
            plain = Call("init_params", sizes, keywords)
            self.agree(plain, student(plain), expected(plain))


class TestRelu(FunctionChecks):
    """relu(x) -> the shape of x."""

    function = "relu"
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("relu", x=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield call("relu", x=rng.permutation([-2.0, 0.0, 3.0]))
        yield self.draw(rng, 3, 4)
        for sign in (1, -1):
            yield call("relu", x=sign * rng.uniform(1, 2, size=(2, 2)))
        yield call("relu", x=normal(rng, 2, 3, 1, 4, scale=1e3))
        yield call("relu", x=np.zeros((1, 3)))


class TestNnForward(FunctionChecks):
    """nn_forward(params, X) -> (scores, hidden)."""

    function = "nn_forward"
    returns = ("scores", "hidden")
    small = up_to(2, 2, 2, 3)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, C = sizes
        return call("nn_forward", params=draw_params(rng, D, H, C), X=normal(rng, N, D))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        yield call("nn_forward", params=draw_params(rng, 2, 4, 3), X=np.zeros((2, 2)))

    @fixed
    def test_lecture(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The worked example of the lecture, with its matrices transposed for samples as rows."""
        params = {
            "W1": np.column_stack(
                [
                    (0.2, -0.5, 0.1, 2),
                    (-0.2, 0, 0.4, 1.3),
                    (1.1, 0.7, -0.9, -0.2),
                    (-1.9, 1, 0.9, 2.1),
                ]
            ),
            "b1": np.array([[9.1, 7.3, -27, 2.1]]),
            "W2": np.column_stack(
                [(0.8, 0.9, 0, 1.4), (0.3, -0.3, 2.2, -1.2), (0.6, 0.7, -0.1, -0.6)]
            ),
            "b2": np.array([[-32.0, 14, 19]]),
        }
        example = call("nn_forward", params=params, X=np.array([[56.0, 231, 24, 2]]))
        want = np.array([[188.97, 211.97, -84.12]]), np.array([[0, 8.3, 174.3, 152.5]])
        self.agree(example, student(example), want)


class TestNnSvmGrad(FunctionChecks):
    """nn_svm_grad(params, X, y, scores, hidden, reg) -> grads."""

    function = "nn_svm_grad"
    returns = "grads"
    small = up_to(2, 2, 2, 2, 2)
    test_values = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return _draw_small(rng, self.function, *sizes)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for size in SIZES:
            yield _draw(rng, self.function, *size, reg=0.0)

    def complete(self, call: Call, expected: Expected) -> Call:
        """Put in scores and hidden."""
        params, X, y, reg = call.args
        scores, hidden = expected(Call("nn_forward", {"params": params, "X": X}))
        arguments = {"params": params, "X": X, "y": y, "scores": scores, "hidden": hidden}
        return Call(call.function, {**arguments, "reg": reg})

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
        """The regulariser adds to the gradients of the weights, and nothing to those of biases."""
        for size in SIZES:
            regularised = _draw(rng, self.function, *size, reg=_draw_strength(rng))
            self._judge(regularised, student, expected)
        self._judge_slopes(student, expected, rng, ("W1", "b1", "W2", "b2"), _draw_strength(rng))

    def test_kinks(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """No gradient flows where a margin, or what enters the ReLU, is exactly 0."""
        for kinked in _kinks(rng, self.function):
            self._judge(kinked, student, expected)

    def _layer(
        self,
        keys: tuple[str, ...],
        student: StudentLike,
        expected: Expected,
        rng: np.random.Generator,
    ) -> None:
        for plain in self.calls(rng):
            self._judge(plain, student, expected, keys)
        self._judge_slopes(student, expected, rng, keys, reg=0.0)

    def _judge(
        self, short: Call, student: StudentLike, expected: Expected, keys: tuple[str, ...] = ()
    ) -> None:
        """Judge the gradient that a call returns, or some keys of it, by the expected values."""
        call = self.complete(short, expected)
        got, want = student(call), expected(call)
        if keys and isinstance(got, dict) and got.keys() == want.keys():
            got, want = ({key: grads[key] for key in keys} for grads in (got, want))
        self.agree(call, got, want)

    def _judge_slopes(
        self,
        student: StudentLike,
        expected: Expected,
        rng: np.random.Generator,
        keys: tuple[str, ...],
        reg: float,
    ) -> None:
        """Judge some keys of the gradient by central differences of the loss."""
        if not expected.live:
            return
        drawn = _draw(rng, self.function, 5, 4, 6, 3, reg=reg)
        grads = student(self.complete(drawn, expected))
        loss = Call("nn_svm_loss", drawn.arguments)
        slopes_agree(loss, "params", {key: grads[key] for key in keys}, "grads", expected, rng)


def _draw_strength(rng: np.random.Generator) -> float:
    return number(rng, 0.1, 2)


def _draw(
    rng: np.random.Generator, function: str, N: int, D: int, H: int, C: int, **reg: float
) -> Call:
    """Draw a call of `function` with params, X, y and, if given, reg."""
    X, y = normal(rng, N, D), labels(rng, N, C)
    return call(function, params=draw_params(rng, D, H, C), X=X, y=y, **reg)


def _draw_small(
    rng: np.random.Generator, function: str, N: int, D: int, H: int, C: int, reg: int
) -> Call:
    return _draw(rng, function, N, D, H, C + 1, reg=reg - 1.0)


def _kinks(rng: np.random.Generator, function: str) -> Iterator[Call]:
    """Draw calls with many margins, and many inputs of the ReLU, that are exactly 0."""
    for _ in range(4):
        params = draw_params(rng, 3, 5, 4, signs)
        yield call(function, params=params, X=signs(rng, 24, 3), y=labels(rng, 24, 4), reg=0.0)


class TestNnSvmLoss(LossChecks):
    """nn_svm_loss(params, X, y, reg) -> (loss, grads)."""

    function = "nn_svm_loss"
    returns = ("loss", "grads")
    wrt = "params"
    small = up_to(2, 2, 2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return _draw_small(rng, self.function, *sizes)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        arguments = self.draw(rng, 1, 1, 1, 1, 1).arguments
        del arguments["reg"]
        for keywords in ({}, {"reg": 1.0}):
            yield Call(self.function, arguments, keywords)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for size in SIZES:
            yield _draw(rng, self.function, *size, reg=0.0)
            yield _draw(rng, self.function, *size, reg=_draw_strength(rng))
        yield _draw(rng, self.function, 5, 3, 4, 3)  # reg has a default
        yield from _kinks(rng, self.function)
        # Every margin is met: the loss is the regularisation alone.
        params = {
            "W1": np.eye(3),
            "b1": np.ones((1, 3)),
            "W2": 10 * np.eye(3),
            "b2": signs(rng, 1, 3),
        }
        y = labels(rng, 4, 3)
        X = 5 * np.eye(3)[y] + normal(rng, 4, 3, scale=0.1)
        yield call(self.function, params=params, X=X, y=y, reg=0.01)


def _gallery(answers: list[Any]) -> Gallery:
    """Show what the strongest hidden units look for, and new digits that are misread."""
    (_, params), (scores, _) = answers
    if params["W1"].ndim != 2 or params["W1"].nbytes == 0:  # without bytes, it may be of any width
        raise ValueError(f"weights of shape {params['W1'].shape}")
    units = np.argsort(-np.linalg.norm(params["W1"], axis=0), kind="stable")[:SHOWN]
    read, wrong = misread(np.argmax(scores, axis=1), *new_digits(len(scores)))
    return Gallery(
        learnt="What hidden units look for: orange pixels excite a unit, blue ones quiet it. "
        "These have the largest weights.",
        templates=templates([f"unit {i}" for i in units], spread(params["W1"][:, units])),
        read=read,
        misread=wrong,
    )


class TestTrainNn(FunctionChecks):
    """train_nn(params, X, y, num_classes, lr, reg, batch, num_iters, print_freq, seed)."""

    function = "train_nn"
    returns = ("losses", "params")
    small = up_to(3, 2, 2, 1, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, C, steps = sizes
        return self.training(rng, N, D, H, C + 1, batch=N, num_iters=steps)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        params = {
            "W1": np.array([[1.0]]),
            "b1": np.array([[0.0]]),
            "W2": np.array([[0.0, 0.0]]),
            "b2": np.array([[0.0, 0.0]]),
        }
        data = {"params": params, "X": np.array([[1.0], [2.0], [4.0]]), "y": np.array([0, 1, 0])}
        for batch, steps, seed in product((1, 2), (1, 2, 3), (0, 1, 2)):
            settings = {"lr": 0.5, "reg": 0.0, "batch": batch, "num_iters": steps, "seed": seed}
            yield Call("train_nn", {**data, "num_classes": 2}, settings)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Full batches: no draw matters but its order."""
        for N, D, H, C, steps in ((4, 2, 3, 2, 1), (6, 3, 2, 4, 3), (9, 4, 5, 3, 12)):
            yield self.training(rng, N, D, H, C, batch=N, num_iters=steps)

    def training(
        self, rng: np.random.Generator, N: int, D: int, H: int, C: int, batch: int, num_iters: int
    ) -> Call:
        X, y = blobs(rng, N, D, C)
        return call(
            "train_nn",
            params=draw_params(rng, D, H, C),
            X=X,
            y=y,
            num_classes=C,
            lr=round(float(rng.uniform(0.02, 0.1)), 5),
            reg=number(rng, 0.1, 0.5),
            batch=batch,
            num_iters=num_iters,
            print_freq=10,
            seed=any_seed(rng),
        )

    @weight(2)
    def test_batches(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Mini-batches are those that rng.choice draws, a new one each step."""
        for N, batch in ((8, 1), (12, 5), (30, 4)):
            drawn = self.training(rng, N, 3, 4, 3, batch=batch, num_iters=6)
            self.agree(drawn, student(drawn), expected(drawn))

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, lr=0.01, reg=1e-3, batch=20, num_iters=100 and seed=0."""
        X, y = blobs(rng, 30, 2, 3)
        start = {"params": draw_params(rng, 2, 4, 3), "X": X, "y": y, "num_classes": 3}
        for keywords in ({}, {"num_iters": 3}, {"lr": 0.05, "num_iters": 2}, {"seed": 5}):
            plain = Call("train_nn", start, keywords)
            self.agree(plain, student(plain), expected(plain))

    @fixed
    @pictured(_gallery)
    def test_digits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Trained on 600 real digits, it reads at least 80 % of 500 others."""
        X, y, X_new, y_new = thinned_digits()
        D, H, C = X.shape[1], 20, 10
        start = draw_params(np.random.default_rng(0), D, H, C)
        # Weights of this size keep the size of what passes through them, so it learns at once.
        start["W1"] *= np.sqrt(2 / D)
        start["W2"] *= np.sqrt(2 / H)
        training = call(
            "train_nn",
            params=start,
            X=X,
            y=y,
            num_classes=C,
            lr=0.1,
            reg=1e-3,
            batch=60,
            num_iters=150,
            print_freq=50,
            seed=0,
        )
        losses, params = student(training)
        loss_falls(training, losses)
        scores, _ = student(call("nn_forward", params=params, X=X_new))
        right = share_right(np.argmax(scores, axis=1), y_new)
        most_are_right(training, right, 0.8)


class TestPredictNn(FunctionChecks):
    """predict_nn(params, X) -> labels (N,)."""

    function = "predict_nn"
    returns = "labels"
    small = up_to(2, 2, 2, 3)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, C = sizes
        return call("predict_nn", params=draw_params(rng, D, H, C), X=normal(rng, N, D))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in (*SIZES, (9, 3, 6, 10)):
            yield self.draw(rng, *sizes)
        params = draw_params(rng, 3, 2, 4)
        params["b2"] -= 50  # all scores are negative
        yield call("predict_nn", params=params, X=normal(rng, 8, 3))

    def test_ties(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """Of equally high scores, the lowest class counts."""
        for _ in range(3):
            tied = call("predict_nn", params=draw_params(rng, 3, 2, 5, signs), X=signs(rng, 16, 3))
            for precision in (np.float64, np.float32):
                self.agree(tied, student(tied.cast(precision)), expected(tied))


class TestTuneNn(FunctionChecks):
    """tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, ...)."""

    function = "tune_nn"
    returns = ("best_params", "best", "results")
    test_float32 = None  # type: ignore[assignment]

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        # No lr divides 20, the batch: see `complete`, which is about the same samples. One of their
        # margins would be exactly 0 but for rounding after some steps.
        for lrs, regs, hidden_dims, num_iters in (
            ([0.37], [0.1], [3], 5),
            ([0.07, 0.43], [0.01, 0.1], [6, 4], 40),
            ([0.0], [0.5, 0.0], [4], 2),  # two that are equal: the first is best
        ):
            yield self.tuning(
                rng,
                lrs=lrs,
                regs=regs,
                hidden_dims=hidden_dims,
                num_iters=num_iters,
                seed=any_seed(rng),
            )

    def tuning(self, rng: np.random.Generator, **settings: Any) -> Call:
        X, y = blobs(rng, 60, 3, 4, spread=1.5)
        val = np.arange(40, 60)[y[40:] < 3]  # the last class is not in validation
        return call(
            "tune_nn",
            X_train=X[:40],
            y_train=np.append(y[:39], 3),
            X_val=X[val],
            y_val=y[val],
            num_classes=4,
            **settings,
        )

    def complete(self, call: Call, expected: Expected) -> Call:
        """Leave out validation samples whose two best scores are equal but for rounding.

        A sample that no hidden unit answers to has the scores b2, which are sums of a few steps
        of lr / batch and so often equal; which one is rounded up depends on the formula.
        """
        X_val, y_val = call.arguments["X_val"], call.arguments["y_val"]
        clear = np.ones(len(X_val), dtype=bool)
        for params in _trained(call, expected):
            scores, _ = expected(Call("nn_forward", {"params": params, "X": X_val}))
            best = np.sort(scores, axis=1)
            clear &= best[:, -1] - best[:, -2] > 1e-10 * np.abs(scores).max(axis=1)
        return _with_validation(call, X_val[clear], y_val[clear])

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, num_iters=100 and seed=0."""
        plain = self.complete(self.tuning(rng, lrs=[0.053], regs=[1e-3], hidden_dims=[3]), expected)
        self.agree(plain, student(plain), expected(plain))

    def test_order(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Of equals the first is best: lr is the outermost loop, and hidden the innermost."""
        # Places in lrs, regs and hidden_dims. Other nestings of the loops meet the second first.
        for pair in (((0, 1, 1), (1, 0, 0)), ((0, 0, 1), (0, 1, 0))):
            settings = {"lrs": [0.43, 0.23], "regs": [0.003, 0.1], "hidden_dims": [6, 8]}
            drawn = self.tuning(rng, **settings, num_iters=40, seed=any_seed(rng))
            X_val = normal(rng, 600, 3, scale=3.0)
            answers = [
                expected(Call("predict_nn", {"params": params, "X": X_val}))
                for params in _trained(drawn, expected)
            ]
            first, second = (answers[np.ravel_multi_index(place, (2, 2, 2))] for place in pair)
            # Samples that these two answer alike, and each other setting somewhere otherwise.
            alike = first == second
            rows = np.unique(
                np.concatenate([np.flatnonzero(alike & (other != first))[:3] for other in answers])
            )
            tied = self.complete(_with_validation(drawn, X_val[rows], first[rows]), expected)
            self.agree(tied, student(tied), expected(tied))


def _with_validation(tuning: Call, X_val: np.ndarray, y_val: np.ndarray) -> Call:
    return Call(tuning.function, {**tuning.arguments, "X_val": X_val, "y_val": y_val})


def _trained(tuning: Call, expected: Expected) -> Iterator[Params]:
    """Yield the parameters that the training of each setting ends with."""
    given = tuning.arguments
    X, C = given["X_train"], given["num_classes"]
    seed = {key: given[key] for key in given if key == "seed"}
    steps = {key: given[key] for key in given if key == "num_iters"}
    for lr, reg, hidden in product(given["lrs"], given["regs"], given["hidden_dims"]):
        sizes = {"dim": X.shape[1], "hidden_dims": hidden, "num_classes": C}
        start = expected(Call("init_params", sizes, seed))
        data = {"params": start, "X": X, "y": given["y_train"], "num_classes": C}
        settings = {"lr": lr, "reg": reg, "print_freq": 0, **steps, **seed}
        _, params = expected(Call("train_nn", data, settings))
        yield params
