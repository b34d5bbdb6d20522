"""Checks of stage 0, from the perceptron to a small network."""

from collections.abc import Iterator
from itertools import product

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
from autograder.checks.compare import CheckFailed
from autograder.checks.inputs import any_seed, large_and_small, normal, number, up_to, whole
from autograder.checks.learning import loss_falls, most_are_right

SIZES = ((4, 3), (1, 2), (3, 1), (7, 5), (3, 4))  # N, H
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
WITH_ONES = np.hstack([CORNERS, np.ones((4, 1))])
XOR = np.array([0, 1, 1, 0])

Params = dict[str, np.ndarray]


def draw_params(rng: np.random.Generator, H: int) -> Params:
    """Draw parameters of the network; biases are not zero, so that a forgotten one shows."""
    return {key: normal(rng, *shape) for key, shape in _shapes(H).items()}


def _shapes(H: int) -> dict[str, tuple[int, int]]:
    return {"W1": (2, H), "b1": (1, H), "W2": (H, 1), "b2": (1, 1)}


def noisy_xor(rng: np.random.Generator, N: int, spread: float = 0.15) -> tuple[np.ndarray, ...]:
    """Draw N samples around the corners of the unit square in turn, and their XOR."""
    rows = np.arange(N) % 4
    return CORNERS[rows] + normal(rng, N, 2, scale=spread), XOR[rows]


class TestPerceptron(FunctionChecks):
    """perceptron(x, w, threshold) -> int or (N,)."""

    function = "perceptron"
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        D = sizes[-1]
        threshold = float(rng.integers(-2, 2, endpoint=True)) / 2
        return call("perceptron", x=normal(rng, *sizes), w=normal(rng, D), threshold=threshold)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((2,), (3,), (1,), (6,), (4, 2), (20, 3), (1, 3), (5, 1), (3, 3)):
            yield self.draw(rng, *sizes)
        for threshold in (-1e3, 1e3):  # all fire, none fires
            yield call("perceptron", x=normal(rng, 3, 2), w=normal(rng, 2), threshold=threshold)

    def test_threshold(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """A sum that equals the threshold fires."""
        for threshold in (0.0, 1.0, -2.0):
            x, w = whole(rng, 3), whole(rng, 3)
            x, w = np.append(x, threshold - x @ w), np.append(w, 1.0)
            equal = call("perceptron", x=x, w=w, threshold=threshold)
            several = call("perceptron", x=whole(rng, 12, 4), w=whole(rng, 4), threshold=threshold)
            for drawn in (equal, several):
                self.agree(drawn, student(drawn), expected(drawn))


class _GateChecks(FunctionChecks):
    """A gate has four inputs, whatever the seed is."""

    returns = "the output"
    small = ((),)
    test_values = test_float32 = None  # type: ignore[assignment]

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for a, b in product((0, 1), repeat=2):
            yield call(self.function, a=a, b=b)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from self.calls(rng)

    def test_truth_table(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """All four pairs of inputs give the gate's output, in any order."""
        gate = list(self.calls(rng))
        for i in rng.permutation(len(gate)):
            self.agree(gate[i], student(gate[i]), expected(gate[i]))

    @fixed
    def test_arguments(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Calling again changes nothing."""
        super().test_arguments(student, expected, rng)


class TestNand(_GateChecks):
    """nand(a, b) -> 0 or 1."""

    function = "nand"


class TestXor(_GateChecks):
    """xor(a, b) -> 0 or 1."""

    function = "xor"


class TestTrainPerceptron(FunctionChecks):
    """train_perceptron(X, y, max_epochs) -> (w, mistakes)."""

    function = "train_perceptron"
    returns = ("w", "mistakes")
    small = up_to(3, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D = sizes
        y = rng.choice([-1, 1], size=N)
        return call("train_perceptron", X=normal(rng, N, D), y=y, max_epochs=3)

    def divided(self, rng: np.random.Generator, N: int, D: int) -> dict[str, np.ndarray]:
        """Draw samples that a plane through 0 divides, none of them near it."""
        w = normal(rng, D)
        X = normal(rng, 4 * N + 40, D)
        distance = X @ w / np.linalg.norm(w)
        X = X[np.abs(distance) > 0.1][:N]
        return {"X": X, "y": np.where(X @ w > 0, 1, -1)}

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Divided by a plane, so that it ends by a clean epoch, and not."""
        for N, D in ((3, 2), (8, 2), (12, 3), (30, 5)):
            yield call("train_perceptron", **self.divided(rng, N, D), max_epochs=1000)
        for N, max_epochs in ((3, 1), (10, 2), (16, 7)):
            y = np.where(rng.permutation(N) % 2, 1, -1)
            yield call("train_perceptron", X=normal(rng, N, 2), y=y, max_epochs=max_epochs)

    def test_not_separable(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """No line divides XOR: no epoch is clean, and it stops after max_epochs."""
        order = rng.permutation(4)
        X = WITH_ONES[order]
        for max_epochs in (1, 5, int(rng.integers(10, 30))):
            never = call("train_perceptron", X=X, y=2 * XOR[order] - 1, max_epochs=max_epochs)
            self.agree(never, student(never), expected(never))

    def test_boundary(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """A sample exactly on the boundary is a mistake."""
        for N in (4, 12):
            X, y = whole(rng, N, 2, low=-1, high=1), rng.choice([-1, 1], size=N)
            ties = call("train_perceptron", X=X, y=y, max_epochs=4)
            self.agree(ties, student(ties), expected(ties))

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, max_epochs is 100."""
        for y in (2 * XOR - 1, np.array([-1, -1, -1, 1])):
            plain = call("train_perceptron", X=WITH_ONES, y=y)
            self.agree(plain, student(plain), expected(plain))


class _SigmoidChecks(FunctionChecks):
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call(self.function, z=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield call(self.function, z=np.array([0.0]))
        for shape in ((3,), (2, 3), (4, 1), (2, 3, 2)):
            yield call(self.function, z=normal(rng, *shape, scale=2.0))

    def test_overflow(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Inputs of -1000 and 1000 are taken, next to small ones."""
        z = large_and_small(rng)
        for drawn in (call(self.function, z=z), call(self.function, z=z.reshape(-1, 1))):
            self.agree(drawn, student(drawn), expected(drawn))


class TestSigmoid(_SigmoidChecks):
    """sigmoid(z) -> the shape of z."""

    function = "sigmoid"


class TestSigmoidGrad(_SigmoidChecks):
    """sigmoid_grad(z) -> the shape of z."""

    function = "sigmoid_grad"

    @fixed
    def test_classroom(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """One weight's update, as in class: sigmoid hidden units, a linear output."""
        x, W1, b1 = np.array([1.0, 0.0]), np.array([[0.5, -1.0], [1.5, 2.0]]), np.array([-0.5, 1.0])
        w2, target, lr = np.array([2.0, -1.0]), 1.0, 0.5
        z = x @ W1 + b1  # 0 and 0: each hidden unit gives 1/2, and its slope is 1/4
        slope = student(call("sigmoid_grad", z=z))
        try:
            error = 0.5 * w2.sum() - target  # -1/2
            update = -lr * error * w2[0] * np.asarray(slope, dtype=np.float64).ravel()[0] * x[0]
        except (TypeError, ValueError, IndexError):
            raise CheckFailed("sigmoid_grad(z=[0.0, 0.0]) should be [0.25, 0.25].") from None
        if not abs(update - 0.125) < 1e-12:
            raise CheckFailed(
                "The example of the handout: the weight W1[0, 0] should change by 0.125, but with "
                f"your sigmoid_grad at z = 0 it changes by {update:.6g}."
            )


class TestGraphGradients(FunctionChecks):
    """graph_gradients(x, y, z) -> (f, (df_dx, df_dy, df_dz))."""

    function = "graph_gradients"
    returns = ("f", "gradient")
    small = ((),)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("graph_gradients", **{key: float(normal(rng)) for key in "xyz"})

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for _ in range(6):
            yield self.draw(rng)
        for zero in "xyz":
            yield call("graph_gradients", **{**self.draw(rng).arguments, zero: 0.0})

    @fixed
    def test_lecture(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The lecture's graph: at (-2, 5, -4) f is -12 and its gradient (-4, -4, 3)."""
        one = call("graph_gradients", x=-2.0, y=5.0, z=-4.0)
        self.agree(one, student(one), (-12.0, (-4.0, -4.0, 3.0)))


class TestInitXor(FunctionChecks):
    """init_xor(hidden_dims, seed) -> params."""

    function = "init_xor"
    test_values = test_float32 = test_arguments = None  # type: ignore[assignment]

    def test_shapes(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Four arrays of floats: (2, H), (1, H), (H, 1) and (1, 1)."""
        for H in (2, 3, 8):
            _drawn(student, H, int(rng.integers(1000)))

    def test_draws(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Units start unlike each other: alike, they would stay alike."""
        for H in (4, 9):
            drawing, params = _drawn(student, H, int(rng.integers(1000)))
            units = np.vstack([params["W1"], params["b1"], params["W2"].T])
            if not np.ptp(units, axis=1).any():
                raise CheckFailed(
                    f"{drawing}: all hidden units have the same weights. They would get the same "
                    "gradient in each step, and stay alike for ever: draw random numbers."
                )

    def test_seed(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """One seed draws one set of weights, another seed another; the default is 0."""
        zero, again = (_drawn(student, 4, 0)[1] for _ in range(2))
        plain = student(Call("init_xor", {"hidden_dims": 4}))
        seed = any_seed(rng)
        _, other = _drawn(student, 4, seed)
        if not (_equal(zero, again) and isinstance(plain, dict) and _equal(zero, plain)):
            raise CheckFailed(
                "init_xor(4) and init_xor(4, seed=0), called again and again, should give the same "
                "numbers: 0 is the default, and numpy.random.default_rng(seed) the only source."
            )
        if _equal(zero, other):
            raise CheckFailed(
                f"init_xor(4, seed=0) and init_xor(4, seed={seed}) give the same numbers: make the "
                "generator from seed."
            )


def _drawn(student: StudentLike, H: int, seed: int) -> tuple[Call, Params]:
    """Have parameters drawn, and judge their keys, shapes and dtypes."""
    drawing = Call("init_xor", {"hidden_dims": H}, {"seed": seed})
    params = student(drawing)
    shapes = _shapes(H)
    if not isinstance(params, dict) or set(params) != set(shapes):
        raise CheckFailed(f"{drawing} should give a dict with the keys {', '.join(shapes)}.")
    for key, shape in shapes.items():
        array = params[key]
        right = isinstance(array, np.ndarray) and array.shape == shape and array.dtype.kind == "f"
        if not right or not np.isfinite(array).all():
            raise CheckFailed(f"{drawing}: {key} should be an array of floats of shape {shape}.")
    return drawing, params


def _equal(one: Params, other: Params) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[key], other[key]) for key in one)


class TestXorForward(FunctionChecks):
    """xor_forward(params, X) -> (output, hidden)."""

    function = "xor_forward"
    returns = ("output", "hidden")
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, H = sizes
        return call("xor_forward", params=draw_params(rng, H), X=normal(rng, N, 2))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        yield call("xor_forward", params=draw_params(rng, 4), X=CORNERS)
        # Far from 0 a sigmoid is flat, and exp must not overflow.
        params = {key: 800 * array for key, array in draw_params(rng, 3).items()}
        yield call("xor_forward", params=params, X=normal(rng, 4, 2))


class TestXorLoss(LossChecks):
    """xor_loss(params, X, y) -> (loss, grads)."""

    function = "xor_loss"
    returns = ("loss", "grads")
    wrt = "params"
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, H = sizes
        y = rng.integers(2, size=N)
        return call("xor_loss", params=draw_params(rng, H), X=normal(rng, N, 2), y=y)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            drawn = self.draw(rng, *sizes)
            yield drawn
            column = drawn.arguments["y"].reshape(-1, 1)
            yield Call("xor_loss", {**drawn.arguments, "y": column})
        yield call("xor_loss", params=draw_params(rng, 3), X=CORNERS, y=XOR)


class TestTrainXor(FunctionChecks):
    """train_xor(params, X, y, lr, num_iters) -> (losses, params)."""

    function = "train_xor"
    returns = ("losses", "params")
    small = up_to(2, 1, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, H, steps = sizes
        X, y = normal(rng, N, 2), rng.integers(2, size=N)
        return call("train_xor", params=draw_params(rng, H), X=X, y=y, lr=1.0, num_iters=steps)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, H, steps in ((4, 2, 1), (8, 3, 2), (12, 4, 3), (5, 2, 12)):
            X, y = noisy_xor(rng, N)
            lr = number(rng, 0.2, 3)
            params = draw_params(rng, H)
            yield call("train_xor", params=params, X=X, y=y, lr=lr, num_iters=steps)
        params = draw_params(rng, 3)
        column = XOR.reshape(-1, 1)
        yield call("train_xor", params=params, X=CORNERS, y=column, lr=0.5, num_iters=3)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, lr is 1 and num_iters is 5000."""
        start = {"params": draw_params(rng, 2), "X": CORNERS, "y": XOR}
        for keywords in ({"num_iters": 4}, {"lr": 0.0}):
            plain = Call("train_xor", start, keywords)
            self.agree(plain, student(plain), expected(plain))

    @fixed
    @weight(2)
    def test_noisy_xor(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Trained on 200 noisy samples, it tells XOR in at least 95 % of 400 others."""
        draws = np.random.default_rng(0)
        X, y = noisy_xor(draws, 200)
        X_new, y_new = noisy_xor(draws, 400)
        training = call("train_xor", params=draw_params(draws, 4), X=X, y=y, lr=4.0, num_iters=2000)
        losses, params = student(training)
        loss_falls(training, losses, over=1)
        output, _ = student(call("xor_forward", params=params, X=X_new))
        right = float(np.mean((np.ravel(output) > 0.5) == y_new))
        most_are_right(training, right, 0.95, "samples")
