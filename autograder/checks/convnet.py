"""Checks of stage 4, convolutional networks."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, ClassVar

import numpy as np

from autograder import datasets
from autograder.checks.base import (
    Expected,
    FunctionChecks,
    StudentLike,
    fixed,
    slopes_agree,
    weight,
)
from autograder.checks.call import Call, call
from autograder.checks.compare import CheckFailed, compare, describe
from autograder.checks.dense import (
    ActivationBackwardChecks,
    ActivationChecks,
    AffineBackwardChecks,
    AffineForwardChecks,
    SoftmaxChecks,
)
from autograder.checks.gallery import misread, pictured, share_right, templates
from autograder.checks.inputs import (
    any_seed,
    labels,
    new_digits,
    normal,
    number,
    real_digits,
    whole,
)
from autograder.checks.layers import (
    LENET,
    NETS,
    PADDED,
    PLAIN,
    SMALL_CONVOLUTIONS,
    SMALL_NETS,
    SMALL_POOLS,
    STRIDED,
    TWO_BY_TWO,
    WINDOWS,
    BackwardChecks,
    Convolution,
    LayerBackwardChecks,
    Net,
    NetLossChecks,
    Params,
    Pool,
    any_convolution,
    any_pool,
    draw_params,
    drawn_pools,
)
from autograder.checks.learning import loss_falls, most_are_right
from autograder.checks.vectorized import VectorizedChecks
from autograder.evidence import Gallery
from autograder.sandbox.student import CallFailed


class _CountChecks(FunctionChecks):
    """Checks of a function from whole numbers to one."""

    test_float32 = None  # type: ignore[assignment]
    test_arguments = None  # type: ignore[assignment]

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from self.calls(rng)


class TestConvOutputSize(_CountChecks):
    """conv_output_size(size, kernel, pad, stride) -> int."""

    function = "conv_output_size"
    returns = "the size"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield call("conv_output_size", size=5, kernel=3)
        yield Call("conv_output_size", {"size": 5, "kernel": 3}, {"pad": 1})
        yield Call("conv_output_size", {"size": 5, "kernel": 3}, {"stride": 2})
        for size, kernel, pad, stride in (
            (6, 3, 0, 2),  # the last step is not whole
            (28, 5, 2, 1),
            (227, 11, 0, 4),
            (7, 3, 2, 3),
            (4, 1, 0, 1),
            (2, 1, 0, 5),
        ):
            yield call("conv_output_size", size=size, kernel=kernel, pad=pad, stride=stride)
        yield from self.tight(rng, over=0)
        for _ in range(6):
            kernel, pad, stride, more = (int(n) for n in rng.integers(1, 6, size=4))
            size = kernel + int(rng.integers(20)) + more * stride
            yield call("conv_output_size", size=size, kernel=kernel, pad=pad, stride=stride)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        yield from self.tight(rng, over=1)

    @weight(2)
    def test_no_fit(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """A kernel that does not fit raises ValueError; one that just fits does not."""
        for fits in self.tight(rng, over=0):
            try:
                got = student(fits)
            except CallFailed as failure:
                if failure.outcome != "error":
                    raise
                raise CheckFailed(f"{fits}: the kernel just fits, but {failure}.") from None
            self.agree(fits, got, expected(fits))
        for over in (1, 2, int(rng.integers(3, 9))):
            for too_large in self.tight(rng, over):
                try:
                    got = student(too_large)
                except CallFailed as failure:
                    if failure.outcome != "error":
                        raise
                    if "ValueError" not in failure.kinds:
                        raise CheckFailed(
                            f"{too_large}: expected a ValueError, but {failure}."
                        ) from None
                else:
                    raise CheckFailed(
                        f"{too_large}: the kernel does not fit, so a ValueError should be raised, "
                        f"but the call returned {describe(got)}."
                    )

    def tight(self, rng: np.random.Generator, over: int) -> Iterator[Call]:
        """Kernels that are longer than the padded side by `over`."""
        for pad in (0, 1, 3):
            size = int(rng.integers(1, 9))
            for stride in (1, 2, 7):
                kernel = size + 2 * pad + over
                yield call("conv_output_size", size=size, kernel=kernel, pad=pad, stride=stride)


class TestCountConvParams(_CountChecks):
    """count_conv_params(c_in, c_out, kernel) -> int."""

    function = "count_conv_params"
    returns = "the number"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for c_in, c_out, kernel in ((1, 1, 1), (1, 6, 5), (6, 16, 5), (3, 2, 1), (2, 5, 4)):
            yield call("count_conv_params", c_in=c_in, c_out=c_out, kernel=kernel)
        for _ in range(3):
            c_in, c_out, kernel = (int(n) for n in rng.integers(2, 100, size=3))
            yield call("count_conv_params", c_in=c_in, c_out=c_out, kernel=kernel)


class TestCountDenseParams(_CountChecks):
    """count_dense_params(n_in, n_out) -> int."""

    function = "count_dense_params"
    returns = "the number"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for n_in, n_out in ((1, 1), (2, 3), (400, 120), (84, 10)):
            yield call("count_dense_params", n_in=n_in, n_out=n_out)
        for _ in range(3):
            n_in, n_out = (int(n) for n in rng.integers(2, 1000, size=2))
            yield call("count_dense_params", n_in=n_in, n_out=n_out)


# The lecture's X under three filters: one diagonal, the cross, the other diagonal.
CROSSED = 2.0 * np.pad(np.eye(7) + np.eye(7)[::-1] > 0, 1) - 1
DIAGONAL = 2.0 * np.eye(3) - 1
CROSS = 2.0 * (np.eye(3) + np.eye(3)[::-1] > 0) - 1
FILTERS = np.stack([DIAGONAL, CROSS, DIAGONAL[::-1]])[:, np.newaxis]


def lecture_crossed(function: str) -> Call:
    """Make the call for the lecture's 9x9 image of an X."""
    return call(function, x=CROSSED[np.newaxis, np.newaxis], w=FILTERS / 9, b=np.zeros(3))


class _ConvForwardChecks(FunctionChecks):
    returns = "the maps"
    small = SMALL_CONVOLUTIONS

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return Convolution(*sizes).call(self.function, rng)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in PLAIN:
            yield sizes.call(self.function, rng)

    @weight(2)
    def test_padding(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Zeros around the images, as many as pad says."""
        for sizes in PADDED:
            padded = sizes.call(self.function, rng)
            self.agree(padded, student(padded), expected(padded))

    @weight(4)
    def test_stride(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Steps of more than one pixel, without padding and with it."""
        for sizes in (*STRIDED, any_convolution(rng)):
            strided = sizes.call(self.function, rng)
            self.agree(strided, student(strided), expected(strided))

    @fixed
    @weight(2)
    def test_lecture(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The lecture's examples: a 4x4 image under an edge filter, and the X."""
        image = np.array([[0.0, 1, 0, 1], [0, 1, 0, 1], [1, 1, 1, 1], [0, -2, 0, -2]])
        edges = np.tile([-0.5, 1, -0.5], (3, 1))
        small = call(self.function, x=image[None, None], w=edges[None, None], b=np.zeros(1))
        for example in (small, lecture_crossed(self.function)):
            self.agree(example, student(example), expected(example))


class TestConvForwardNaive(_ConvForwardChecks):
    """conv_forward_naive(x, w, b, stride, pad) -> maps (N, F, H', W')."""

    function = "conv_forward_naive"


class TestConvForward(VectorizedChecks, _ConvForwardChecks):
    """conv_forward(x, w, b, stride, pad) -> maps (N, F, H', W')."""

    function = "conv_forward"
    sizes: ClassVar = {"N": 6}

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        x, w = normal(rng, sizes["N"], 2, 5, 6), normal(rng, 3, 2, 3, 3)
        return call("conv_forward", x=x, w=w, b=normal(rng, 3))


class TestConvBackward(LayerBackwardChecks):
    """conv_backward(dout, x, w, b, stride, pad) -> (dx, dw, db)."""

    function = "conv_backward"
    forward = "conv_forward"
    small = SMALL_CONVOLUTIONS

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return Convolution(*sizes).call("conv_backward", rng, backward=True)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        first = (PLAIN[0], PADDED[0], STRIDED[0])
        for sizes in (*first, *PLAIN[1:], *PADDED[1:], *STRIDED[1:], any_convolution(rng)):
            yield sizes.call("conv_backward", rng, backward=True)


class _PoolForwardChecks(FunctionChecks):
    small = SMALL_POOLS

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        pool = Pool(*sizes)
        return pool.call(self.function, rng, pool.draw(rng))


class _PoolBackwardChecks(BackwardChecks):
    small = SMALL_POOLS

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        pool = Pool(*sizes)
        return pool.call(self.function, rng, pool.draw(rng), backward=True)


class TestMaxPoolForward(_PoolForwardChecks):
    """max_pool_forward(x, size, stride) -> maps (N, C, H', W')."""

    function = "max_pool_forward"
    returns = "the maxima"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from drawn_pools("max_pool_forward", rng, TWO_BY_TWO)
        for pool in TWO_BY_TWO[:2]:
            yield pool.call("max_pool_forward", rng, -1 - np.abs(pool.draw(rng)))

    def test_windows(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Windows of other sizes and strides: they overlap, touch or leave gaps."""
        pools = (*WINDOWS, any_pool(rng))
        shifted = (pool.call(self.function, rng, pool.draw(rng) - 3) for pool in WINDOWS)
        for drawn in chain(drawn_pools(self.function, rng, pools), shifted):
            self.agree(drawn, student(drawn), expected(drawn))

    @fixed
    def test_lecture(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The lecture's maps of the X, padded with -1 to 8x8, make 4x4 maps."""
        maps = expected(lecture_crossed("conv_forward"))
        padded = np.pad(maps, ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=-1)
        example = call("max_pool_forward", x=padded)
        self.agree(example, student(example), expected(example))


class TestMaxPoolBackward(_PoolBackwardChecks):
    """max_pool_backward(dout, x, size, stride) -> dx."""

    function = "max_pool_backward"
    forward = "max_pool_forward"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from drawn_pools("max_pool_backward", rng, TWO_BY_TWO, backward=True)
        for pool in TWO_BY_TWO[:2]:
            yield pool.call("max_pool_backward", rng, -1 - np.abs(pool.draw(rng)), backward=True)

    @weight(4)
    def test_windows(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Windows of other sizes and strides: where they overlap, gradients add up."""
        pools = (*WINDOWS, any_pool(rng))
        drawn = drawn_pools(self.function, rng, pools, backward=True)
        self.gradient("dx", drawn, student, expected, rng)

    @weight(2)
    def test_ties(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """Of equal maxima, the first in row order takes the gradient."""
        ties = (np.arange(16)[:, np.newaxis] >> np.arange(4)) & 1  # all 2x2 windows of 0 and 1
        tied = rng.permutation(ties).astype(np.float64).reshape(16, 1, 2, 2)
        for pool, x in ((TWO_BY_TWO[0], tied), (WINDOWS[1], whole(rng, 3, 2, 7, 8))):
            drawn = pool.call("max_pool_backward", rng, x, backward=True)
            self.agree(drawn, student(drawn), expected(drawn))


class TestAvgPoolForward(_PoolForwardChecks):
    """avg_pool_forward(x, size, stride) -> maps (N, C, H', W')."""

    function = "avg_pool_forward"
    returns = "the means"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from drawn_pools("avg_pool_forward", rng, (*TWO_BY_TWO, *WINDOWS, any_pool(rng)))


class TestAvgPoolBackward(_PoolBackwardChecks):
    """avg_pool_backward(dout, x, size, stride) -> dx."""

    function = "avg_pool_backward"
    forward = "avg_pool_forward"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from drawn_pools("avg_pool_backward", rng, TWO_BY_TWO, backward=True)

    @weight(2)
    def test_windows(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Windows of other sizes and strides: where they overlap, gradients add up."""
        pools = (*WINDOWS, any_pool(rng))
        drawn = drawn_pools(self.function, rng, pools, backward=True)
        self.gradient("dx", drawn, student, expected, rng)


class TestReluForward(ActivationChecks):
    """relu_forward(x) -> the shape of x."""

    function = "relu_forward"


class TestReluBackward(ActivationBackwardChecks):
    """relu_backward(dout, x) -> dx."""

    function = "relu_backward"
    forward = "relu_forward"


class TestAffineForward(AffineForwardChecks):
    """affine_forward(x, w, b) -> (N, M)."""

    function = "affine_forward"


class TestAffineBackward(AffineBackwardChecks):
    """affine_backward(dout, x, w, b) -> (dx, dw, db)."""

    function = "affine_backward"
    forward = "affine_forward"


class TestSoftmaxCrossEntropy(SoftmaxChecks):
    """softmax_cross_entropy(scores, y) -> (loss, dscores)."""

    function = "softmax_cross_entropy"


class TestInitConvnet(FunctionChecks):
    """init_convnet(input_dim, num_filters, kernel, hidden_dims, ...) -> params."""

    function = "init_convnet"
    returns = "params"
    test_float32 = None  # type: ignore[assignment]
    test_arguments = None  # type: ignore[assignment]
    SIZES: ClassVar[tuple[tuple[tuple[int, int, int], int, int, int, int], ...]] = (
        ((1, 4, 4), 2, 3, 3, 2),
        ((1, 4, 6), 3, 1, 4, 3),
        ((3, 6, 4), 4, 5, 2, 5),
        ((2, 2, 8), 1, 3, 7, 10),
    )

    small = ((1, 2, 2, 1, 1, 1, 2), (2, 2, 2, 1, 1, 2, 2), (1, 2, 4, 2, 1, 1, 3))

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        settings = {"eps": number(rng, 0.01, 2), "seed": int(rng.integers(1000))}
        return Call("init_convnet", self.sizes((sizes[:3], *sizes[3:])) | settings)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for input_dim, *sizes in self.SIZES:
            yield self.draw(rng, *input_dim, *sizes)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Without a word eps is 1e-2 and seed is 0; one seed draws one set of weights."""
        sizes = self.sizes(self.SIZES[1])
        for keywords in ({}, {"eps": 0.5}, {"seed": any_seed(rng)}, {}):
            plain = Call("init_convnet", sizes, keywords)
            self.agree(plain, student(plain), expected(plain))

    def sizes(self, sizes: tuple[Any, ...]) -> dict[str, Any]:
        names = ("input_dim", "num_filters", "kernel", "hidden_dims", "num_classes")
        return dict(zip(names, sizes, strict=True))


class TestConvnetForward(FunctionChecks):
    """convnet_forward(params, X) -> scores (N, classes)."""

    function = "convnet_forward"
    returns = "scores"
    small = SMALL_NETS

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("convnet_forward", **Net(*sizes).draw(rng))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for net in (*NETS, Net(8, 2, 4, 4, 2, 3, 6, 4)):
            yield self.draw(rng, *net)


class TestConvnetLoss(NetLossChecks):
    """convnet_loss(params, X, y, reg) -> (loss, grads)."""

    function = "convnet_loss"
    small = tuple((*net, reg) for net in SMALL_NETS for reg in (0, 1))

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        *net, reg = sizes
        y = labels(rng, Net(*net).N, Net(*net).classes)
        return call("convnet_loss", **Net(*net).draw(rng), y=y, reg=float(reg))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for net in NETS:
            y = labels(rng, net.N, net.classes)
            yield call("convnet_loss", **net.draw(rng), y=y)  # reg has a default
            yield call("convnet_loss", **net.draw(rng), y=y, reg=number(rng, 0.1, 1))


def _gallery(answers: list[Any]) -> Gallery:
    """Show the filters, and new digits that are misread."""
    (_, params), scores = answers
    filters = params["W1"][:, 0]
    read, wrong = misread(np.argmax(scores, axis=1), *new_digits(len(scores)))
    return Gallery(
        learnt="The filters: orange where a pixel speaks for their pattern, blue where against it.",
        templates=templates([f"filter {i}" for i in range(len(filters))], filters),
        read=read,
        misread=wrong,
    )


class TestTrainConvnet(FunctionChecks):
    """train_convnet(params, X, y, lr, reg, batch, num_iters, seed) -> (losses, params)."""

    function = "train_convnet"
    returns = ("losses", "params")
    small = tuple((*net, steps) for steps in (1, 2) for net in SMALL_NETS)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        *net, steps = sizes
        return self.training(rng, Net(*net), reg=0.5, num_iters=steps)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        for seed in range(3):
            net = Net(3, 1, 2, 2, 1, 1, 1, 2)
            yield self.training(rng, net, reg=0.0, batch=1, num_iters=3, seed=seed)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Full batches: no draw matters but its order."""
        for net, steps in ((Net(3, 1, 2, 4, 2, 1, 4, 3), 1), (NETS[2], 3), (NETS[1], 8)):
            yield self.training(rng, net, lr=number(rng, 0.05, 0.2), num_iters=steps)

    def training(self, rng: np.random.Generator, net: Net, **settings: Any) -> Call:
        """Draw a call, with full batches if nothing else is said."""
        drawn = {
            **net.draw(rng),
            "y": labels(rng, net.N, net.classes),
            "lr": 0.1,
            "reg": number(rng, 0.05, 0.2),
            "batch": net.N,
            "num_iters": 5,
            "seed": any_seed(rng),
        }
        return Call("train_convnet", drawn | settings)

    @weight(2)
    def test_batches(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Mini-batches are those that rng.choice draws, a new one each step."""
        for N, batch, settings in ((8, 1, {"seed": 0}), (12, 5, {})):
            drawn = self.training(rng, Net(N, 1, 2, 4, 2, 3, 4, 3), batch=batch, **settings)
            self.agree(drawn, student(drawn), expected(drawn))

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """lr, reg, batch, num_iters and seed have the documented defaults."""
        net = Net(60, 1, 2, 2, 2, 1, 3, 3)
        start = net.draw(rng) | {"y": labels(rng, net.N, net.classes)}
        for keywords in ({"num_iters": 3}, {"lr": 0.5, "num_iters": 2}, {}):
            plain = Call("train_convnet", start, keywords)
            self.agree(plain, student(plain), expected(plain))

    @fixed
    @weight(2)
    @pictured(_gallery)
    def test_digits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Trained on 500 real digits, made small, it reads at least 60 % of 500 others."""
        data = real_digits()
        X, X_test = _small(data.X_train[:500]), _small(data.X_val[:500])
        params = draw_params(np.random.default_rng(3), Net(1, 1, 8, 8, 4, 3, 16, 10).shapes)
        training = call(
            "train_convnet",
            params={key: array if key[0] == "W" else 0 * array for key, array in params.items()},
            X=X,
            y=data.y_train[:500].astype(np.int64),
            lr=0.3,
            reg=1e-4,
            batch=20,
            num_iters=100,
            seed=0,
        )
        losses, learnt = student(training)
        loss_falls(training, losses, by=0.4)
        scores = student(call("convnet_forward", params=learnt, X=X_test))
        right = share_right(np.argmax(scores, axis=1), data.y_val[:500])
        most_are_right(training, right, 0.6)


def _small(images: np.ndarray) -> np.ndarray:
    """Make images of 8x8 pixels around 0 out of 28x28: means of 3x3, the border left out."""
    inner = datasets.as_images(images)[:, :, 2:26, 2:26]
    return 2 * inner.reshape(len(images), 1, 8, 3, 8, 3).mean(axis=(3, 5)) - 0.5


class TestPredictConvnet(FunctionChecks):
    """predict_convnet(params, X) -> labels (N,)."""

    function = "predict_convnet"
    returns = "labels"
    small = SMALL_NETS

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("predict_convnet", **Net(*sizes).draw(rng))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for net in (*NETS, Net(12, 2, 4, 4, 3, 3, 6, 5)):
            yield self.draw(rng, *net)


class TestInitLenet(FunctionChecks):
    """init_lenet(seed) -> params."""

    function = "init_lenet"
    returns = "params"
    test_values = None  # type: ignore[assignment]
    test_float32 = None  # type: ignore[assignment]
    test_arguments = None  # type: ignore[assignment]

    def test_shapes(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Ten arrays of floats with the shapes of LeNet-5, 61,706 numbers in all."""
        for seed in (0, any_seed(rng)):
            self.drawn(student, seed=seed)

    def test_draws(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Weights are random and biases are zeros."""
        params = self.drawn(student, seed=int(rng.integers(1000)))
        for key, array in params.items():
            if key[0] == "b" and np.any(array):
                raise CheckFailed(f"params[{key!r}] should be zeros, but has other numbers.")
            if key[0] == "W" and not np.isfinite(array).all():
                raise CheckFailed(f"params[{key!r}] should hold finite numbers.")
            if key[0] == "W" and not all(np.ptp(array, axis=axis).any() for axis in (0, -1)):
                raise CheckFailed(
                    f"params[{key!r}] should be random numbers, but its units have equal weights: "
                    "units that start alike stay alike."
                )

    def test_seed(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """One seed draws one set of weights, another seed another; the default is 0."""
        seed = any_seed(rng)
        default, zero = self.drawn(student), self.drawn(student, seed=0)
        other = self.drawn(student, seed=seed)
        for key in (key for key in LENET if key[0] == "W"):
            if not np.array_equal(default[key], zero[key]):
                raise CheckFailed(
                    f"init_lenet() and init_lenet(seed=0) differ in {key!r}: 0 is the default, and "
                    "numpy.random.default_rng(seed) should be the only source of randomness."
                )
            if np.array_equal(zero[key], other[key]):
                raise CheckFailed(
                    f"init_lenet(seed=0) and init_lenet(seed={seed}) give the same {key!r}: make "
                    "the generator from seed."
                )

    def drawn(self, student: StudentLike, **given: int) -> Params:
        """Make the call, and judge keys, shapes and dtypes."""
        drawing = Call("init_lenet", {}, given)
        params = student(drawing)
        if not isinstance(params, dict) or set(params) != set(LENET):
            compare(params, dict.fromkeys(LENET), "params", 0)
        for key, shape in LENET.items():
            array = params[key]
            floats = isinstance(array, np.ndarray) and array.dtype.kind == "f"
            if not floats or array.shape != shape:
                raise CheckFailed(
                    f"{drawing}: params[{key!r}] should be an array of floats of shape {shape}, "
                    f"but is {describe(array)}. LeNet-5 has 61,706 parameters."
                )
        return params


class TestLenetForward(FunctionChecks):
    """lenet_forward(params, X) -> scores (N, 10)."""

    function = "lenet_forward"
    returns = "scores"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N in (1, 2):
            yield call("lenet_forward", **draw_lenet(rng, N))


class TestLenetLoss(NetLossChecks):
    """lenet_loss(params, X, y, reg) -> (loss, grads)."""

    function = "lenet_loss"

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, given in ((1, {}), (2, {"reg": number(rng, 0.01, 0.02)})):
            yield call("lenet_loss", **draw_lenet(rng, N), y=labels(rng, N, 10), **given)

    @weight(3)
    def test_gradient(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradient is the expected one, and the slope of the loss by central differences."""

        def loss(moved: Call) -> tuple[float]:
            # Of ten scores: lenet_loss would send along a gradient of 61,706 numbers each time.
            params, X, y, reg = moved.arguments.values()
            scores = expected(call("lenet_forward", params=params, X=X))
            data, _ = expected(call("softmax_cross_entropy", scores=scores, y=y))
            return (data + reg * sum(np.sum(params[key] ** 2) for key in params if key[0] == "W"),)

        for drawn in self.calls(rng):
            got = student(drawn)
            self.agree_on("grads", drawn, got, expected(drawn))
        if expected.live:
            slopes_agree(drawn, "params", got[1], "grads", loss, rng, count=1)


def draw_lenet(rng: np.random.Generator, N: int) -> dict[str, Any]:
    """Draw parameters of LeNet-5 and N images."""
    return {"params": draw_params(rng, LENET), "X": normal(rng, N, 1, 28, 28)}
