"""Checks of stage 5, what helps deep networks to learn."""

from collections.abc import Iterator
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
from autograder.checks.compare import CheckFailed
from autograder.checks.deep_nets import (
    NORMED,
    OTHERS,
    PLAIN,
    SKIPS,
    SMALL_NETS,
    DeepLossChecks,
    DeepNet,
    Params,
)
from autograder.checks.dense import (
    ActivationBackwardChecks,
    ActivationChecks,
    AffineBackwardChecks,
    AffineForwardChecks,
    SoftmaxChecks,
    signed_inputs,
)
from autograder.checks.gallery import share_right
from autograder.checks.inputs import (
    any_seed,
    half_moons,
    labels,
    large_and_small,
    normal,
    number,
    up_to,
    whole,
)
from autograder.checks.layers import BackwardChecks, LayerBackwardChecks
from autograder.checks.learning import loss_falls, most_are_right
from autograder.checks.vectorized import VectorizedChecks


class TestAffineForward(AffineForwardChecks):
    """affine_forward(x, w, b) -> (N, M)."""

    function = "affine_forward"


class TestAffineBackward(AffineBackwardChecks):
    """affine_backward(dout, x, w, b) -> (dx, dw, db)."""

    function = "affine_backward"
    forward = "affine_forward"


class _SquashChecks(ActivationChecks):
    """Checks of an activation that is flat for large numbers."""

    def test_large(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Numbers of ±1000 are taken, next to small ones."""
        x = large_and_small(rng)
        for array in (x, x.reshape(-1, 1)):
            large = call(self.function, x=array)
            self.agree(large, student(large), expected(large))


class _SquashBackwardChecks(ActivationBackwardChecks):
    """Checks of the way back through such an activation."""

    def test_large(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Numbers of ±1000 are taken, next to small ones."""
        x = large_and_small(rng)
        large = call(self.function, dout=normal(rng, len(x)), x=x)
        self.agree(large, student(large), expected(large))


class TestSigmoidForward(_SquashChecks):
    """sigmoid_forward(x) -> the shape of x."""

    function = "sigmoid_forward"


class TestSigmoidBackward(_SquashBackwardChecks):
    """sigmoid_backward(dout, x) -> dx."""

    function = "sigmoid_backward"
    forward = "sigmoid_forward"


class TestTanhForward(_SquashChecks):
    """tanh_forward(x) -> the shape of x."""

    function = "tanh_forward"


class TestTanhBackward(_SquashBackwardChecks):
    """tanh_backward(dout, x) -> dx."""

    function = "tanh_backward"
    forward = "tanh_forward"


class TestReluForward(ActivationChecks):
    """relu_forward(x) -> the shape of x."""

    function = "relu_forward"


class TestReluBackward(ActivationBackwardChecks):
    """relu_backward(dout, x) -> dx."""

    function = "relu_backward"
    forward = "relu_forward"


class _ShapedChecks(ActivationChecks):
    """Checks of an activation with a number that says how it treats what is below 0."""

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().calls(rng)
        for x in signed_inputs(rng):
            yield call(self.function, x=x, shape=number(rng, 0.2, 0.9))


class _ShapedBackwardChecks(ActivationBackwardChecks):
    """Checks of the way back through such an activation."""

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().calls(rng)
        for x in signed_inputs(rng):
            shape = number(rng, 0.2, 0.9)
            yield call(self.function, dout=normal(rng, *x.shape), x=x, shape=shape)


class TestLeakyReluForward(_ShapedChecks):
    """leaky_relu_forward(x, slope) -> the shape of x."""

    function = "leaky_relu_forward"


class TestLeakyReluBackward(_ShapedBackwardChecks):
    """leaky_relu_backward(dout, x, slope) -> dx."""

    function = "leaky_relu_backward"
    forward = "leaky_relu_forward"


class TestEluForward(_ShapedChecks):
    """elu_forward(x, alpha) -> the shape of x."""

    function = "elu_forward"


class TestEluBackward(_ShapedBackwardChecks):
    """elu_backward(dout, x, alpha) -> dx."""

    function = "elu_backward"
    forward = "elu_forward"


MAXOUT = ((1, 2, 1, 2), (4, 3, 2, 3), (3, 3, 3, 3), (5, 2, 4, 1), (2, 1, 3, 4))  # N, D, M, K


def maxout_call(
    function: str, rng: np.random.Generator, *sizes: int, backward: bool = False
) -> Call:
    """Draw a call of a maxout layer of N, D, M and K."""
    N, D, M, K = sizes
    arrays = {"x": normal(rng, N, D), "w": normal(rng, K, D, M), "b": normal(rng, K, M)}
    return call(function, **({"dout": normal(rng, N, M)} if backward else {}), **arrays)


class TestMaxoutForward(VectorizedChecks):
    """maxout_forward(x, w, b) -> (N, M)."""

    function = "maxout_forward"
    small = up_to(2, 2, 2, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return maxout_call("maxout_forward", rng, *sizes)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in MAXOUT:
            yield self.draw(rng, *sizes)
        negative = self.draw(rng, 3, 2, 2, 3).arguments  # no output is above 0
        yield call("maxout_forward", **{**negative, "b": negative["b"] - 20})

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3, 4, 2)


class TestMaxoutBackward(VectorizedChecks, LayerBackwardChecks):
    """maxout_backward(dout, x, w, b) -> (dx, dw, db)."""

    function = "maxout_backward"
    forward = "maxout_forward"
    small = up_to(2, 2, 2, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return maxout_call("maxout_backward", rng, *sizes, backward=True)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in MAXOUT:
            yield self.draw(rng, *sizes)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3, 4, 2)

    def test_ties(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """Of equal layers the first takes the gradient, alone."""
        for N, D, M, K in ((1, 1, 2, 2), (4, 2, 3, 3)):
            x, w, b = whole(rng, N, D), whole(rng, K, D, M, low=0, high=1), whole(rng, K, M)
            w[-1], b[-1] = w[0], b[0]
            ties = call("maxout_backward", dout=normal(rng, N, M), x=x, w=w, b=b)
            self.agree(ties, student(ties), expected(ties))


APL = ((1, 2, 1), (4, 3, 2), (3, 3, 3), (5, 2, 4), (2, 1, 3))  # N, D, S


def apl_call(function: str, rng: np.random.Generator, *sizes: int, backward: bool = False) -> Call:
    """Draw a call of an adaptive piecewise linear unit of N, D and S."""
    N, D, S = sizes
    arrays = {"x": normal(rng, N, D), "a": normal(rng, S, D), "b": normal(rng, S, D)}
    return call(function, **({"dout": normal(rng, N, D)} if backward else {}), **arrays)


class TestAplForward(VectorizedChecks):
    """apl_forward(x, a, b) -> (N, D)."""

    function = "apl_forward"
    small = up_to(2, 2, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return apl_call("apl_forward", rng, *sizes)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in APL:
            yield self.draw(rng, *sizes)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3, 2)


class TestAplBackward(VectorizedChecks, BackwardChecks):
    """apl_backward(dout, x, a, b) -> (dx, da, db)."""

    function = "apl_backward"
    forward = "apl_forward"
    returns = ("dx", "da", "db")
    small = up_to(2, 2, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return apl_call("apl_backward", rng, *sizes, backward=True)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in APL:
            yield self.draw(rng, *sizes)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3, 2)

    def test_da(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The gradient with respect to the slopes, also by central differences."""
        self.gradient("da", self.calls(rng), student, expected, rng)

    def test_db(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The gradient with respect to the places, also by central differences."""
        self.gradient("db", self.calls(rng), student, expected, rng)

    def test_kinks(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """A hinge at 0 passes no gradient."""
        for N, D, S in ((2, 2, 1), (5, 3, 2)):
            arrays = {"x": whole(rng, N, D, low=-1, high=1), "a": normal(rng, S, D)}
            b = whole(rng, S, D, low=-1, high=1)
            kinks = call("apl_backward", dout=normal(rng, N, D), **arrays, b=b)
            self.agree(kinks, student(kinks), expected(kinks))


class _InitChecks(FunctionChecks):
    """Checks of a function that draws first weights."""

    returns = "the weights"
    small = up_to(2, 3)
    test_float32 = None  # type: ignore[assignment]
    test_arguments = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        n_in, n_out = sizes
        return Call(self.function, {"n_in": n_in, "n_out": n_out}, {"seed": any_seed(rng)})

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((2, 3), (1, 5), (4, 4), (30, 7)):
            yield self.draw(rng, *sizes)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The default of seed is 0, and one seed draws one set of weights."""
        for n_in, n_out in ((3, 2), (5, 4), (3, 2)):
            plain = call(self.function, n_in=n_in, n_out=n_out)
            self.agree(plain, student(plain), expected(plain))


class TestInitNormal(_InitChecks):
    """init_normal(n_in, n_out, eps, seed) -> (n_in, n_out)."""

    function = "init_normal"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().calls(rng)
        eps, seed = number(rng, 0.1, 2), any_seed(rng)
        yield call("init_normal", n_in=3, n_out=4, eps=eps, seed=seed)


class TestInitXavier(_InitChecks):
    """init_xavier(n_in, n_out, seed) -> (n_in, n_out)."""

    function = "init_xavier"


class TestInitHe(_InitChecks):
    """init_he(n_in, n_out, seed) -> (n_in, n_out)."""

    function = "init_he"


class TestMseLoss(LossChecks):
    """mse_loss(a, target) -> (loss, da)."""

    function = "mse_loss"
    returns = ("loss", "da")
    wrt = "a"
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("mse_loss", a=normal(rng, *sizes), target=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((1, 2), (3, 2), (4, 4), (5, 1), (2, 6)):
            yield self.draw(rng, *sizes)


def two_labels(rng: np.random.Generator, N: int) -> np.ndarray:
    """Draw N labels, 0 or 1; where N > 1, both are there."""
    return labels(rng, N, 2) if N > 1 else rng.integers(2, size=1)


class TestBinaryCrossEntropy(LossChecks):
    """binary_cross_entropy(a, y) -> (loss, da)."""

    function = "binary_cross_entropy"
    returns = ("loss", "da")
    wrt = "a"
    small = up_to(3)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        (N,) = sizes
        a = rng.choice([0.25, 0.5, 0.75], size=N)
        return call("binary_cross_entropy", a=a, y=two_labels(rng, N))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N in (1, 1, 2, 3, 7):
            a = rng.uniform(0.02, 0.98, size=N)
            yield call("binary_cross_entropy", a=a, y=two_labels(rng, N))
        for label in (0, 1):
            a = rng.uniform(0.1, 0.9, size=4)
            yield call("binary_cross_entropy", a=a, y=np.full(4, label))


class TestSigmoidCrossEntropy(LossChecks):
    """sigmoid_cross_entropy(z, y) -> (loss, dz)."""

    function = "sigmoid_cross_entropy"
    returns = ("loss", "dz")
    wrt = "z"
    small = up_to(3)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        (N,) = sizes
        return call("sigmoid_cross_entropy", z=normal(rng, N), y=two_labels(rng, N))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N in (1, 1, 2, 3, 7):
            yield self.draw(rng, N)

    @weight(2)
    def test_large_scores(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Scores of ±1000 don't overflow."""
        z = np.append(rng.permutation([1000.0, -1000.0, 40.0, -40.0]), normal(rng, 2))
        y = (z < 0).astype(np.int64)  # all wrong: where all are right, the loss is a rounded 0
        for some in (z == 1000, z == -1000, z != 0):
            large = call("sigmoid_cross_entropy", z=z[some], y=y[some])
            self.agree(large, student(large), expected(large))
        right = call("sigmoid_cross_entropy", z=z, y=1 - y)
        self.agree(right, student(right), expected(right))

    @weight(2)
    def test_the_derivative_cancels(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By the chain rule dz is da times the sigmoid's slope, and that slope cancels."""
        z = np.append(normal(rng, 5, scale=2.0), [6.0, -6.0])
        y = np.append(rng.integers(2, size=5), [0, 1])
        together = call("sigmoid_cross_entropy", z=z, y=y)
        _, dz = student(together)
        a = expected(call("sigmoid_forward", x=z))
        _, da = expected(call("binary_cross_entropy", a=a, y=y))
        chain = expected(call("sigmoid_backward", dout=da, x=z))
        if np.shape(dz) != z.shape or not np.allclose(dz, chain, rtol=1e-9, atol=1e-12):
            raise CheckFailed(
                f"{together}: dz is not what the chain rule gives, da of binary_cross_entropy "
                "times the slope a (1 - a) of the sigmoid. On paper the slope cancels: what is "
                "left is (a - y) / N."
            )
        # A sample that is certain and wrong: the slope alone is rounded to 0 there.
        certain = call("sigmoid_cross_entropy", z=np.array([50.0, -50.0]), y=np.array([0, 1]))
        _, dz = student(certain)
        if np.shape(dz) != (2,) or not np.allclose(dz, [0.5, -0.5], rtol=1e-9):
            raise CheckFailed(
                f"{certain}: both samples are certain and wrong, so dz should be [0.5, -0.5], "
                "(a - y) / N; a squared error would give a gradient of 0 there."
            )


class TestSoftmaxCrossEntropy(VectorizedChecks, SoftmaxChecks):
    """softmax_cross_entropy(scores, y) -> (loss, dscores)."""

    function = "softmax_cross_entropy"
    sizes: ClassVar = {"N": 6}

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 4)


def any_params(rng: np.random.Generator, *sizes: int) -> Params:
    """Draw parameters of two layers, D, H and C wide, the first with batchnorm."""
    D, H, C = sizes
    shapes = {"W1": (D, H), "b1": (H,), "gamma1": (H,), "beta1": (H,), "W2": (H, C), "b2": (C,)}
    return {name: normal(rng, *shape) for name, shape in shapes.items()}


class _PenaltyChecks(LossChecks):
    """Checks of what large weights cost."""

    returns = ("penalty", "grads")
    wrt = "params"
    small = up_to(2, 1, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call(self.function, params=any_params(rng, *sizes), reg=number(rng, 0.5, 2))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((1, 2, 2), (3, 4, 2), (2, 2, 2)):
            yield self.draw(rng, *sizes)
        params = any_params(rng, 2, 3, 4)
        params["W1"][0] = params["W2"][:, 1] = 0
        params["b1"][:] = 0  # as biases are at first
        yield call(self.function, params=params, reg=number(rng, 0.1, 2))
        yield call(self.function, params={"W1": normal(rng, 2, 3)}, reg=0.0)


class TestL2Penalty(_PenaltyChecks):
    """l2_penalty(params, reg) -> (penalty, grads)."""

    function = "l2_penalty"


class TestL1Penalty(_PenaltyChecks):
    """l1_penalty(params, reg) -> (penalty, grads)."""

    function = "l1_penalty"


# N, D. A batch of one sample is all 0 after the mean is gone, and one of two nearly all ±1: float32
# is judged on the first two alone.
BATCHES = ((5, 3), (4, 4), (1, 3), (2, 2), (9, 1), (3, 5))


def norm_arrays(rng: np.random.Generator, N: int, D: int) -> dict[str, np.ndarray]:
    """Draw a mini-batch, each column of another scale and place, with gamma and beta."""
    x = normal(rng, N, D) * rng.uniform(0.5, 3, size=D) + normal(rng, D, scale=2.0)
    return {"x": x, "gamma": normal(rng, D), "beta": normal(rng, D)}


def norm_averages(rng: np.random.Generator, D: int) -> dict[str, np.ndarray]:
    """Draw running averages."""
    return {"running_mean": normal(rng, D), "running_var": rng.uniform(0.5, 3, size=D)}


class TestBatchnormTrain(VectorizedChecks):
    """batchnorm_train(x, gamma, beta, running_mean, running_var, decay, eps) -> (out, ...)."""

    function = "batchnorm_train"
    returns = ("out", "running_mean", "running_var")
    small = up_to(3, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D = sizes
        arrays = norm_arrays(rng, N, D) | norm_averages(rng, D)
        return call("batchnorm_train", **arrays, decay=0.5, eps=1.0)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D in BATCHES:
            arrays = norm_arrays(rng, N, D) | norm_averages(rng, D)
            yield call("batchnorm_train", **arrays)
            decay, eps = number(rng, 0.1, 0.8), number(rng, 0.1, 1)
            yield call("batchnorm_train", **arrays, decay=decay, eps=eps)
        arrays = norm_arrays(rng, 4, 3) | norm_averages(rng, 3)
        arrays["x"][:, 1] = 2.0  # a column of equal numbers
        yield call("batchnorm_train", **arrays)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3)


class TestBatchnormTest(FunctionChecks):
    """batchnorm_test(x, gamma, beta, running_mean, running_var, eps) -> (N, D)."""

    function = "batchnorm_test"
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D = sizes
        return call("batchnorm_test", **norm_arrays(rng, N, D) | norm_averages(rng, D), eps=1.0)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D in BATCHES:
            arrays = norm_arrays(rng, N, D) | norm_averages(rng, D)
            yield call("batchnorm_test", **arrays)
            yield call("batchnorm_test", **arrays, eps=number(rng, 0.1, 1))


class TestBatchnormBackward(VectorizedChecks, BackwardChecks):
    """batchnorm_backward(dout, x, gamma, beta, eps) -> (dx, dgamma, dbeta)."""

    function = "batchnorm_backward"
    forward = "batchnorm_train"
    returns = ("dx", "dgamma", "dbeta")
    small = up_to(3, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D = sizes
        arrays = {"dout": normal(rng, N, D), **norm_arrays(rng, N, D)}
        return call("batchnorm_backward", **arrays, eps=1.0)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D in BATCHES:
            arrays = {"dout": normal(rng, N, D), **norm_arrays(rng, N, D)}
            if N != 2:  # where all but eps cancels, which leaves few right digits
                yield call("batchnorm_backward", **arrays)
            yield call("batchnorm_backward", **arrays, eps=number(rng, 0.1, 1))

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3)

    def ahead(self, call: Call, expected: Expected) -> np.ndarray:
        arguments = dict(call.arguments)
        last = {"eps": arguments.pop("eps")} if "eps" in arguments else {}
        zeros = np.zeros_like(arguments["gamma"])
        averages = {"running_mean": zeros, "running_var": zeros}
        out, _, _ = expected(Call(self.forward, arguments | averages, last))
        return np.asarray(out)

    @weight(3)
    def test_dx(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The gradient with respect to x, also by central differences."""
        self.gradient("dx", self.calls(rng), student, expected, rng)

    def test_dgamma(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradient with respect to gamma, also by central differences."""
        self.gradient("dgamma", self.calls(rng), student, expected, rng)

    def test_dbeta(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradient with respect to beta, also by central differences."""
        self.gradient("dbeta", self.calls(rng), student, expected, rng)


class _DropoutChecks(FunctionChecks):
    """Checks of dropout, on either way."""

    small = up_to(2, 2)
    array: ClassVar[str]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return Call(self.function, {self.array: normal(rng, *sizes), "p": 0.5, "seed": 0})

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for shape in ((6,), (3, 4), (5, 1), (2, 3, 2, 2)):
            p, seed = number(rng, 0.2, 0.9), any_seed(rng)
            yield Call(self.function, {self.array: normal(rng, *shape), "p": p, "seed": seed})
        yield Call(self.function, {self.array: normal(rng, 3, 4), "p": 1.0, "seed": any_seed(rng)})

    def test_test_time(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """At test time nothing is dropped, and nothing multiplied, in a new array."""
        for shape in ((4,), (2, 3)):
            start = {self.array: normal(rng, *shape), "p": 0.3, "seed": any_seed(rng)}
            quiet = Call(self.function, {**start, "train": False})
            answer = student.watch(quiet)
            self.agree(quiet, answer.value, expected(quiet))
            if answer.aliased:
                raise CheckFailed(
                    f"{quiet}: the result shares memory with the argument. Return a copy."
                )

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default p is 0.5, the seed 0, and it is training."""
        for shape in ((8,), (3, 4), (8,)):
            plain = Call(self.function, {self.array: normal(rng, *shape)})
            self.agree(plain, student(plain), expected(plain))


class TestDropoutForward(_DropoutChecks):
    """dropout_forward(x, p, seed, train) -> the shape of x."""

    function = "dropout_forward"
    array = "x"


class TestDropoutBackward(_DropoutChecks):
    """dropout_backward(dout, p, seed, train) -> dx."""

    function = "dropout_backward"
    array = "dout"


class _RuleChecks(FunctionChecks):
    """Checks of a rule of descent."""

    returns = ("w", "state")
    small = ((0, 1), (1, 1), (0, 2), (1, 1, 2))
    settings: ClassVar[dict[str, tuple[float, float]]]  # in order, and where to draw them from

    def state(self, rng: np.random.Generator, *shape: int) -> dict[str, Any]:
        """Draw what the rule remembers."""
        return {}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        later, *shape = sizes
        arrays = {"w": normal(rng, *shape), "dw": normal(rng, *shape)}
        state = self.state(rng, *shape) if later else {}
        return call(self.function, **arrays, state=state)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        first = self.draw(rng, 0, 3)
        first.arguments["dw"][1] = 0  # a number that does not matter
        yield first
        for sizes in ((1, 2, 3), (1, 4), (0, 2, 1, 3)):
            yield self.draw(rng, *sizes)
        tiny = self.draw(rng, 0, 2, 2)
        tiny.arguments["dw"] *= 1e-8  # so that it matters how small eps is
        yield tiny
        for sizes in ((1, 3), (0, 2, 2), (1, 2, 2)):
            drawn = self.draw(rng, *sizes)
            chosen = {name: number(rng, *ends) for name, ends in self.settings.items()}
            yield Call(self.function, {**drawn.arguments, **chosen})

    def test_steps(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Five steps, each with the state that the one before returned."""
        w = normal(rng, 2, 3)
        own: tuple[Any, Any] = (w, {})
        right = own
        for _ in range(5):
            dw = normal(rng, 2, 3)
            step, same = (
                call(self.function, w=at, dw=dw, state=state) for at, state in (own, right)
            )
            own, right = student(step), expected(same)
            self.agree(step, own, right)


class TestSgd(_RuleChecks):
    """sgd(w, dw, state, lr) -> (w, state)."""

    function = "sgd"
    settings: ClassVar = {"lr": (0.05, 0.5)}


class TestMomentum(_RuleChecks):
    """momentum(w, dw, state, lr, mu) -> (w, state)."""

    function = "momentum"
    settings: ClassVar = {"lr": (0.05, 0.5), "mu": (0.2, 0.8)}

    def state(self, rng: np.random.Generator, *shape: int) -> dict[str, Any]:
        return {"v": normal(rng, *shape)}


class TestRmsprop(_RuleChecks):
    """rmsprop(w, dw, state, lr, decay, eps) -> (w, state)."""

    function = "rmsprop"
    settings: ClassVar = {"lr": (0.05, 0.5), "decay": (0.2, 0.8), "eps": (0.1, 1)}

    def state(self, rng: np.random.Generator, *shape: int) -> dict[str, Any]:
        return {"s": rng.uniform(0.1, 2, size=shape)}


class TestAdam(_RuleChecks):
    """adam(w, dw, state, lr, beta1, beta2, eps) -> (w, state)."""

    function = "adam"
    settings: ClassVar = {
        "lr": (0.05, 0.5),
        "beta1": (0.2, 0.8),
        "beta2": (0.2, 0.8),
        "eps": (0.1, 1),
    }

    def state(self, rng: np.random.Generator, *shape: int) -> dict[str, Any]:
        moments = {"m": normal(rng, *shape), "v": rng.uniform(0.1, 2, size=shape)}
        return moments | {"t": int(rng.integers(1, 8))}


BLOCKS = ((1, 2, 3), (4, 3, 5), (3, 3, 3), (5, 4, 2))  # N, D, M


def block_arrays(rng: np.random.Generator, N: int, D: int, M: int) -> dict[str, np.ndarray]:
    """Draw samples and weights of a residual block."""
    shapes = {"x": (N, D), "w1": (D, M), "b1": (M,), "w2": (M, D), "b2": (D,)}
    return {name: normal(rng, *shape) for name, shape in shapes.items()}


class TestResidualForward(FunctionChecks):
    """residual_forward(x, w1, b1, w2, b2) -> (N, D)."""

    function = "residual_forward"
    small = up_to(2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("residual_forward", **block_arrays(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in BLOCKS:
            yield self.draw(rng, *sizes)


class TestResidualBackward(BackwardChecks):
    """residual_backward(dout, x, w1, b1, w2, b2) -> (dx, dw1, db1, dw2, db2)."""

    function = "residual_backward"
    forward = "residual_forward"
    returns = ("dx", "dw1", "db1", "dw2", "db2")
    small = up_to(2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, _ = sizes
        return call("residual_backward", dout=normal(rng, N, D), **block_arrays(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in BLOCKS:
            yield self.draw(rng, *sizes)

    def test_layers(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradients with respect to weights and biases, also by central differences."""
        for name in ("dw1", "db1", "dw2", "db2"):
            self.gradient(name, self.calls(rng), student, expected, rng)


IMAGES = ((1, 1, 3, 4), (2, 1, 4, 4), (1, 3, 5, 2), (3, 2, 1, 6))  # N, C, H, W
SMALL_IMAGES = ((1, 1, 1, 2), (1, 1, 2, 1), (1, 1, 1, 3), (1, 1, 3, 1), (1, 1, 2, 3), (1, 1, 3, 3))


class TestShiftImages(FunctionChecks):
    """shift_images(x, down, right) -> the shape of x."""

    function = "shift_images"
    returns = "the images"
    small = tuple(
        (*shape, down, right)
        for shape in SMALL_IMAGES
        for down, right in ((0, 1), (1, 0), (-1, 0), (0, -1))
    )

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        *shape, down, right = sizes
        return call("shift_images", x=normal(rng, *shape), down=down, right=right)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for shape in IMAGES:
            for down, right in ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -2), (2, -1)):
                yield self.draw(rng, *shape, down, right)
        # As far as the image, a little farther, and farther than two of them.
        for down, right in ((3, 0), (0, -4), (4, 0), (0, -5), (7, 1), (-1, 9)):
            yield self.draw(rng, 2, 2, 3, 4, down, right)


class TestFlipImages(FunctionChecks):
    """flip_images(x) -> the shape of x."""

    function = "flip_images"
    returns = "the images"
    small = SMALL_IMAGES

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("flip_images", x=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for shape in IMAGES:
            yield self.draw(rng, *shape)


class TestWarpImages(VectorizedChecks):
    """warp_images(x, matrix) -> the shape of x."""

    function = "warp_images"
    returns = "the images"
    small = SMALL_IMAGES
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        matrix = rng.permutation([[0.5, 0.0], [0.0, 2.0]])
        return call("warp_images", x=normal(rng, *sizes), matrix=matrix)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for shape in (*IMAGES, (2, 1, 6, 5)):
            matrix = np.eye(2) + normal(rng, 2, 2, scale=0.4)
            yield call("warp_images", x=normal(rng, *shape), matrix=matrix)
        for matrix in (np.eye(2), np.zeros((2, 2)), -np.eye(2), np.array([[1, 0.5], [0, 1]])):
            yield call("warp_images", x=normal(rng, 2, 1, 5, 4), matrix=matrix)
        yield call("warp_images", x=normal(rng, 1, 1, 4, 4), matrix=np.diag([1.3, 30.0]))

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 1, 4, 5)


class TestRotateImages(FunctionChecks):
    """rotate_images(x, degrees) -> the shape of x."""

    function = "rotate_images"
    returns = "the images"
    small = tuple((*shape, quarters) for shape in SMALL_IMAGES for quarters in (1, 2))

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        *shape, quarters = sizes
        return call("rotate_images", x=normal(rng, *shape), degrees=90.0 * quarters)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for shape in IMAGES:
            degrees = number(rng, 5, 40)
            for angle in (degrees, -degrees, 0.0):
                yield call("rotate_images", x=normal(rng, *shape), degrees=angle)

    def test_right_angles(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By 90 degrees the first row becomes the first column, from the bottom up."""
        for quarters in (1, 2, -1):
            x = normal(rng, 2, 1, 4, 4)
            turn = call("rotate_images", x=x, degrees=90.0 * quarters)
            self.agree(turn, student(turn), np.rot90(x, quarters, axes=(2, 3)))


class TestScaleImages(FunctionChecks):
    """scale_images(x, factor) -> the shape of x."""

    function = "scale_images"
    returns = "the images"
    small = tuple((*shape, halves) for shape in SMALL_IMAGES for halves in (1, 4))

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        *shape, halves = sizes
        return call("scale_images", x=normal(rng, *shape), factor=halves / 2)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for shape in IMAGES:
            for factor in (number(rng, 1.1, 2), number(rng, 0.4, 0.9), 1.0):
                yield call("scale_images", x=normal(rng, *shape), factor=factor)


class TestAddNoise(FunctionChecks):
    """add_noise(x, sigma, seed) -> the shape of x."""

    function = "add_noise"
    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        sigma, seed = number(rng, 0.5, 2), any_seed(rng)
        return call("add_noise", x=normal(rng, *sizes), sigma=sigma, seed=seed)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for shape in ((3,), (2, 4), *IMAGES):
            yield self.draw(rng, *shape)
        yield call("add_noise", x=normal(rng, 2, 3), sigma=0.5)  # seed has a default


class TestAverageGradients(FunctionChecks):
    """average_gradients(grads, sizes) -> grads."""

    function = "average_gradients"
    returns = "the gradients"
    small = ((1, 1), (2, 2), (1, 2), (3, 1), (1, 1, 2))

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        grads = [{"W1": normal(rng, 2, 1), "b1": normal(rng, 1)} for _ in sizes]
        return call("average_gradients", grads=grads, sizes=list(sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ([3, 3], [4, 1], [5], [1, 2, 4, 3]):
            grads = [any_params(rng, 2, 3, 2) for _ in sizes]
            yield call("average_gradients", grads=grads, sizes=sizes)

    @weight(2)
    def test_full_batch(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Of the shards of a batch, large and small, it is the gradient of the whole batch."""
        for cuts in ([4], [1, 6], [2, 3, 9]):
            drawn = DeepNet(10, (3, 4, 3)).draw_with_labels(rng)
            rows = np.split(np.arange(10), cuts)
            shards = [
                {**drawn, "X": drawn["X"][own], "y": drawn["y"][own]} for own in rows if len(own)
            ]
            grads = [expected(call("net_loss", **shard))[1] for shard in shards]
            sizes = [len(shard["y"]) for shard in shards]
            _, whole_batch, _ = expected(call("net_loss", **drawn))
            together = call("average_gradients", grads=grads, sizes=sizes)
            self.agree(together, student(together), whole_batch)


class TestInitNet(FunctionChecks):
    """init_net(dims, init, batchnorm, seed) -> (params, running)."""

    function = "init_net"
    returns = ("params", "running")
    small = ((1, 2), (2, 1, 2), (1, 2, 1, 2))
    test_float32 = None  # type: ignore[assignment]
    test_arguments = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return Call("init_net", {"dims": sizes}, {"batchnorm": True, "seed": any_seed(rng)})

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for dims in ((3, 2), (2, 5, 3), (4, 3, 3, 3, 2)):
            for init in ("he", "xavier", "normal"):
                for batchnorm in (False, True):
                    yield call(
                        "init_net", dims=dims, init=init, batchnorm=batchnorm, seed=any_seed(rng)
                    )

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default weights are drawn by init_he, without batchnorm, from seed 0."""
        for dims in ((2, 3), (3, 4, 4, 2), (2, 3)):
            plain = call("init_net", dims=dims)
            self.agree(plain, student(plain), expected(plain))


class _DeepNetChecks(FunctionChecks):
    """Checks of what a trained network says."""

    small = tuple((number,) for number in range(len(SMALL_NETS)))

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        (number,) = sizes
        return self.called(rng, SMALL_NETS[number])

    def called(self, rng: np.random.Generator, net: DeepNet) -> Call:
        """Draw a call of a network, its settings by position if none is at its default."""
        settings = net.settings()
        if len(settings) == 2:
            return Call(self.function, net.draw(rng) | settings)
        return Call(self.function, net.draw(rng), settings)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for net in (PLAIN[0], PLAIN[1], NORMED[0], *PLAIN[2:], *OTHERS):
            yield self.called(rng, net)

    @weight(2)
    def test_batchnorm(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Layers with batchnorm use the running averages, so one sample alone gets the same."""
        for net in (*NORMED, NORMED[0]._replace(N=1)):
            drawn = self.called(rng, net)
            self.agree(drawn, student(drawn), expected(drawn))

    def test_skip(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """With skip, a hidden layer as wide as its input adds that input."""
        for net in SKIPS:
            drawn = self.called(rng, net)
            self.agree(drawn, student(drawn), expected(drawn))


class TestNetForward(_DeepNetChecks):
    """net_forward(params, running, X, activation, skip) -> scores (N, C)."""

    function = "net_forward"
    returns = "scores"


class TestNetLoss(VectorizedChecks, DeepLossChecks):
    """net_loss(params, running, X, y, activation, skip, l1, l2, p, seed) -> (loss, ...)."""

    function = "net_loss"
    small = tuple((number, more) for more in range(3) for number in range(len(SMALL_NETS)))
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        number, more = sizes
        settings: dict[str, Any] = ({}, {"l1": 1.0, "l2": 0.5}, {"p": 0.5, "seed": 3})[more]
        return self.called(rng, SMALL_NETS[number], **settings)

    def called(self, rng: np.random.Generator, net: DeepNet, **settings: Any) -> Call:
        """Draw a call of the loss of a network."""
        return Call("net_loss", net.draw_with_labels(rng), net.settings() | settings)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for net in (PLAIN[0], PLAIN[1], NORMED[0], *PLAIN[2:], *OTHERS):
            yield self.called(rng, net)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.called(rng, DeepNet(sizes["N"], (3, 4, 3), batchnorm=True))

    @weight(2)
    def test_batchnorm(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Layers with batchnorm: loss, gradient and running averages."""
        for name in self.returns:
            nets = (self.called(rng, net) for net in NORMED)
            self.judge(name, nets, student, expected, rng)

    def test_skip(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """With skip, the gradient goes round the layers, too."""
        for name in ("loss", "grads"):
            nets = (self.called(rng, net) for net in SKIPS)
            self.judge(name, nets, student, expected, rng)

    def test_dropout(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Each hidden layer has a mask of its own, the same on the way back."""
        for name in ("loss", "grads"):
            nets = (
                self.called(rng, net, p=number(rng, 0.4, 0.9), seed=any_seed(rng))
                for net in (PLAIN[0], PLAIN[3], SKIPS[1], NORMED[0])
            )
            self.judge(name, nets, student, expected, rng)
        plain = self.called(rng, PLAIN[3], p=0.5)  # seed has a default
        self.agree(plain, student(plain), expected(plain))

    def test_penalties(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The penalties count in loss and gradient, for weights alone."""
        for name in ("loss", "grads"):
            nets = (
                self.called(rng, PLAIN[1], l1=number(rng, 0.1, 1)),
                self.called(rng, PLAIN[1], l2=number(rng, 0.1, 1)),
                self.called(rng, NORMED[1], l1=number(rng, 0.1, 1), l2=number(rng, 0.1, 1)),
            )
            self.judge(name, iter(nets), student, expected, rng)
        everything = NORMED[2].draw_with_labels(rng) | {"activation": "elu", "skip": True}
        chosen = {"l1": 0.1, "l2": 0.2, "p": 0.7, "seed": any_seed(rng)}
        ordered = Call("net_loss", everything | chosen)
        self.agree(ordered, student(ordered), expected(ordered))


NORMALISED = 1e-6  # Adam and RMSProp blow rounding up, see docs/tolerances.md


class TestTrainNet(FunctionChecks):
    """train_net(params, running, X, y, activation, ..., seed) -> (losses, params, running)."""

    function = "train_net"
    returns = ("losses", "params", "running")
    tolerance = NORMALISED
    small = tuple((number, steps) for steps in (1, 2, 3) for number in (1, 2, 5, 6, 14, 15))
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        number, steps = sizes
        return self.training(rng, SMALL_NETS[number], lr=0.5, num_iters=steps)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        for rule in ("sgd", "momentum", "rmsprop"):
            yield self.training(rng, SMALL_NETS[2], rule=rule, lr=0.5, num_iters=2)
        for seed in range(3):
            net = DeepNet(3, (1, 2, 2))
            yield self.training(rng, net, batch=1, lr=0.5, num_iters=3, seed=seed)
            yield self.training(rng, net, p=0.5, lr=0.5, num_iters=3, seed=seed)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Full batches: no draw matters but its order."""
        for net, steps in ((PLAIN[1], 1), (NORMED[0], 3), (PLAIN[3], 6)):
            yield self.training(rng, net, lr=number(rng, 0.01, 0.05), num_iters=steps)

    def training(self, rng: np.random.Generator, net: DeepNet, **settings: Any) -> Call:
        """Draw a call, with full batches if nothing else is said.

        A bias before a batchnorm has the gradient 0 but for rounding. Adam and RMSProp would make
        steps of that noise.
        """
        plain: dict[str, Any] = {"batch": net.N, "num_iters": 4, "seed": any_seed(rng)}
        if net.batchnorm:
            plain["rule"] = "momentum"
        return Call("train_net", net.draw_with_labels(rng), plain | net.settings() | settings)

    @weight(2)
    def test_rules(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Each of the four rules, with a state for each parameter."""
        for rule in ("sgd", "momentum", "rmsprop", "adam"):
            drawn = self.training(rng, PLAIN[1], rule=rule, lr=number(rng, 0.02, 0.1), num_iters=5)
            self.agree(drawn, student(drawn), expected(drawn))

    @weight(2)
    def test_batches(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Mini-batches and masks are those that the generator draws, in order."""
        wide = DeepNet(12, (3, 5, 4, 3))
        for settings in (
            {"batch": 1, "seed": 0},
            {"batch": 5},
            {"batch": 5, "p": 0.6},
            {"batch": 12, "p": 0.8, "seed": 0},
        ):
            drawn = self.training(rng, wide, lr=0.05, **settings)
            self.agree(drawn, student(drawn), expected(drawn))

    def test_settings(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Activation, skip and penalties reach the network."""
        for net, settings in (
            (OTHERS[1], {}),
            (SKIPS[2], {}),
            (PLAIN[1], {"l1": 0.3}),
            (PLAIN[1], {"l2": 0.3}),
        ):
            drawn = self.training(rng, net, lr=0.05, rule="sgd", **settings)
            self.agree(drawn, student(drawn), expected(drawn))
        start = NORMED[2].draw_with_labels(rng) | {"activation": "elu", "skip": True}
        chosen = {"l1": 0.01, "l2": 0.02, "p": 0.8, "rule": "momentum", "lr": 0.05}
        steps = {"batch": 5, "num_iters": 3, "seed": any_seed(rng)}
        ordered = Call("train_net", start | chosen | steps)
        self.agree(ordered, student(ordered), expected(ordered))

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """lr, rule, batch, num_iters and seed have the documented defaults."""
        start = DeepNet(60, (2, 3, 3)).draw_with_labels(rng)
        for keywords in ({"num_iters": 3}, {"rule": "sgd", "num_iters": 2}, {}):
            plain = Call("train_net", start, keywords)
            self.agree(plain, student(plain), expected(plain))

    @fixed
    @weight(2)
    def test_half_moons(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Trained on 200 points of two half moons, five layers tell 95 % of 400 others."""
        draws = np.random.default_rng(5)
        (X, y), (X_new, y_new) = half_moons(draws, 200), half_moons(draws, 400)
        dims = {"dims": (2, 16, 16, 16, 16, 2)}
        params, running = expected(Call("init_net", dims, {"batchnorm": True}))
        start = {"params": params, "running": running, "X": X, "y": y}
        chosen = {"rule": "adam", "lr": 0.01, "batch": 50, "num_iters": 150, "l2": 1e-4}
        training = Call("train_net", start, chosen)
        losses, learnt, running = student(training)
        loss_falls(training, losses, over=10)
        scores = student(call("net_forward", params=learnt, running=running, X=X_new))
        right = share_right(np.argmax(scores, axis=1), y_new)
        most_are_right(training, right, 0.95, "points")


class TestPredictNet(_DeepNetChecks):
    """predict_net(params, running, X, activation, skip) -> labels (N,)."""

    function = "predict_net"
    returns = "labels"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().calls(rng)
        for net in (DeepNet(30, (3, 6, 4)), DeepNet(30, (3, 5, 5, 5, 4)), *SKIPS, *NORMED):
            yield self.called(rng, net._replace(N=30))
