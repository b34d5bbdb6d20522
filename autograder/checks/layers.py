"""What the checks of layers and of networks share: inputs, and how the way back is judged."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar, NamedTuple

import numpy as np

from autograder.checks.base import (
    Expected,
    FunctionChecks,
    LossChecks,
    StudentLike,
    slopes_agree,
    weight,
)
from autograder.checks.call import Call, call
from autograder.checks.compare import CheckFailed, compare
from autograder.checks.inputs import normal

SLOPES = 2  # of each array of each call


class Convolution(NamedTuple):
    """Sizes of one convolution."""

    N: int
    C: int
    H: int
    W: int
    F: int
    HH: int
    WW: int
    stride: int = 1
    pad: int = 0

    def call(self, function: str, rng: np.random.Generator, backward: bool = False) -> Call:
        """Draw a call of a convolution, or of the way back through it."""
        x, w = (self.N, self.C, self.H, self.W), (self.F, self.C, self.HH, self.WW)
        arrays = {"x": normal(rng, *x), "w": normal(rng, *w), "b": normal(rng, self.F)}
        if backward:
            rows, columns = (
                places(side, kernel, self.stride, self.pad)
                for side, kernel in ((self.H, self.HH), (self.W, self.WW))
            )
            arrays = {"dout": normal(rng, self.N, self.F, rows, columns), **arrays}
        return _with_settings(function, arrays, stride=(self.stride, 1), pad=(self.pad, 0))


class Pool(NamedTuple):
    """Sizes of one pool."""

    N: int
    C: int
    H: int
    W: int
    size: int = 2
    stride: int = 2

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Draw maps."""
        return normal(rng, self.N, self.C, self.H, self.W)

    def call(
        self, function: str, rng: np.random.Generator, x: np.ndarray, backward: bool = False
    ) -> Call:
        """Make a call of a pool, or of the way back through it with a dout that is drawn."""
        arrays = {"x": x}
        if backward:
            rows, columns = (places(side, self.size, self.stride) for side in x.shape[2:])
            arrays = {"dout": normal(rng, *x.shape[:2], rows, columns), **arrays}
        return _with_settings(function, arrays, size=(self.size, 2), stride=(self.stride, 2))


def places(side: int, kernel: int, stride: int, pad: int = 0) -> int:
    """Count the places of a kernel along one side."""
    return len(range(kernel, side + 2 * pad + 1, stride))  # where it ends


def _with_settings(
    function: str, arrays: dict[str, np.ndarray], **settings: tuple[int, int]
) -> Call:
    """Make a call with settings, each given with its default.

    Those that are at their default are left out; what is left is passed by position if it is all
    of them, otherwise by name.
    """
    chosen = {name: value for name, (value, default) in settings.items() if value != default}
    if len(chosen) == len(settings):
        return Call(function, {**arrays, **chosen})
    return Call(function, arrays, chosen)


PLAIN = (
    Convolution(1, 1, 3, 5, 1, 2, 3),
    Convolution(2, 3, 5, 4, 4, 3, 2),
    Convolution(1, 2, 4, 5, 3, 1, 1),
    Convolution(2, 2, 4, 6, 4, 2, 3),  # F = W': a bias along the wrong axis raises nothing
    Convolution(3, 1, 4, 3, 2, 4, 3),  # one place alone
)
PADDED = (
    Convolution(1, 1, 2, 3, 1, 3, 3, pad=1),
    Convolution(2, 2, 3, 5, 3, 3, 2, pad=1),
    Convolution(1, 3, 4, 3, 2, 1, 1, pad=2),
    Convolution(2, 1, 2, 3, 2, 6, 7, pad=2),  # as large as the padded image
)
STRIDED = (
    Convolution(1, 1, 4, 7, 1, 2, 3, stride=2),
    Convolution(2, 2, 7, 6, 3, 3, 2, stride=2),
    Convolution(1, 2, 6, 8, 3, 3, 3, stride=2),  # a row and a column are left over
    Convolution(1, 3, 6, 9, 2, 2, 3, stride=4),  # gaps between the windows
    Convolution(2, 2, 5, 6, 3, 3, 3, stride=2, pad=1),
    Convolution(1, 2, 7, 6, 2, 1, 1, stride=3, pad=1),
    Convolution(1, 1, 3, 4, 2, 5, 4, stride=3, pad=2),
)
# To follow on paper: what is plain, then padded, strided and both.
SMALL_CONVOLUTIONS = (
    Convolution(1, 1, 1, 1, 1, 1, 1),
    Convolution(1, 1, 1, 2, 1, 1, 1),
    Convolution(1, 1, 2, 1, 1, 1, 1),
    Convolution(2, 1, 1, 1, 1, 1, 1),
    Convolution(1, 2, 1, 1, 1, 1, 1),
    Convolution(1, 1, 1, 1, 2, 1, 1),
    Convolution(1, 1, 1, 2, 1, 1, 2),
    Convolution(1, 1, 2, 1, 1, 2, 1),
    Convolution(1, 1, 1, 3, 1, 1, 2),
    Convolution(1, 1, 3, 1, 1, 2, 1),
    Convolution(2, 2, 1, 2, 2, 1, 1),
    Convolution(1, 1, 2, 3, 1, 2, 2),
    Convolution(1, 1, 3, 3, 1, 2, 2),
    Convolution(1, 1, 1, 1, 1, 3, 3, pad=1),
    Convolution(1, 1, 1, 2, 1, 2, 2, pad=1),
    Convolution(1, 1, 2, 2, 1, 3, 3, pad=1),
    Convolution(1, 1, 1, 1, 1, 1, 1, pad=2),
    Convolution(1, 1, 1, 3, 1, 1, 1, stride=2),
    Convolution(1, 1, 3, 1, 1, 1, 1, stride=2),
    Convolution(1, 1, 1, 4, 1, 1, 2, stride=2),
    Convolution(1, 1, 3, 3, 1, 2, 2, stride=2),
    Convolution(1, 1, 2, 6, 1, 1, 2, stride=3),
    Convolution(1, 1, 1, 4, 1, 2, 3, stride=2, pad=1),
    Convolution(1, 1, 3, 4, 1, 2, 3, stride=2, pad=1),
    Convolution(1, 1, 2, 2, 1, 1, 1, stride=2, pad=1),
)
TWO_BY_TWO = (Pool(1, 1, 4, 6), Pool(2, 3, 4, 6), Pool(1, 2, 5, 7), Pool(3, 1, 2, 2))
WINDOWS = (
    Pool(1, 1, 3, 4, stride=1),  # windows overlap
    Pool(2, 2, 5, 7, size=3),
    Pool(1, 3, 6, 5, size=3, stride=1),
    Pool(2, 1, 7, 8, stride=3),  # gaps between the windows, and rows left over
    Pool(1, 2, 3, 4, size=3, stride=3),
    Pool(2, 1, 6, 9, size=4, stride=3),
    Pool(1, 2, 4, 3, size=1, stride=1),
)


SMALL_POOLS = (
    Pool(1, 1, 2, 2),
    Pool(2, 1, 2, 2),
    Pool(1, 2, 2, 2),
    Pool(1, 1, 2, 4),
    Pool(1, 1, 4, 2),
    Pool(1, 1, 3, 3),
    Pool(1, 1, 1, 2, size=1, stride=1),
    Pool(1, 1, 2, 3, stride=1),
    Pool(1, 1, 3, 2, stride=1),
    Pool(1, 1, 3, 3, stride=1),
    Pool(1, 1, 3, 4, stride=1),
    Pool(1, 1, 3, 3, size=3),
    Pool(1, 1, 3, 4, size=3, stride=1),
    Pool(1, 1, 2, 5, stride=3),
    Pool(1, 1, 1, 4, size=1, stride=3),
)


def any_convolution(rng: np.random.Generator) -> Convolution:
    """Draw the sizes of a small convolution."""
    N, C, F, HH, WW, stride = (int(n) for n in rng.integers(1, 4, size=6))
    H, W = (int(n) for n in rng.integers(3, 8, size=2))
    return Convolution(N, C, H, W, F, HH, WW, stride, int(rng.integers(3)))


def any_pool(rng: np.random.Generator) -> Pool:
    """Draw the sizes of a small pool."""
    N, C, size, stride = (int(n) for n in rng.integers(1, 4, size=4))
    H, W = (int(n) for n in rng.integers(3, 9, size=2))
    return Pool(N, C, H, W, size, stride)


def drawn_pools(
    function: str, rng: np.random.Generator, pools: tuple[Pool, ...], backward: bool = False
) -> Iterator[Call]:
    """Draw a call for each of several pools."""
    for pool in pools:
        yield pool.call(function, rng, pool.draw(rng), backward)


AFFINE = ((1, 2, 2), (3, 4, 2), (2, 3, 2, 4, 5), (1, 3, 3, 4), (4, 4, 4))  # N, ..., M


def affine_call(
    function: str, rng: np.random.Generator, *sizes: int, backward: bool = False
) -> Call:
    """Draw a call of a dense layer, or of the way back through it; M is the last of the sizes."""
    *shape, M = sizes
    N, D = shape[0], int(np.prod(shape[1:]))
    arrays = {"x": normal(rng, *shape), "w": normal(rng, D, M), "b": normal(rng, M)}
    return call(function, **({"dout": normal(rng, N, M)} if backward else {}), **arrays)


class BackwardChecks(FunctionChecks):
    """Checks of a function that takes a gradient back through a layer to its input x.

    Attributes
    ----------
    forward : str
        The layer's own function: the slopes are those of sum(dout * forward(...)).
    """

    returns: ClassVar[str | tuple[str, ...]] = "dx"
    forward: ClassVar[str]
    test_values = None  # type: ignore[assignment]

    @weight(2)
    def test_dx(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The gradient with respect to x, also by central differences."""
        self.gradient("dx", self.calls(rng), student, expected, rng)

    def ahead(self, call: Call, expected: Expected) -> np.ndarray:
        """Compute the layer's output: the way back's arguments without dout are those of `call`."""
        output: np.ndarray = expected(call)
        return output

    def gradient(
        self,
        name: str,
        calls: Iterator[Call],
        student: StudentLike,
        expected: Expected,
        rng: np.random.Generator,
    ) -> None:
        """Judge the gradient called `name`: expected values first, then slopes."""

        def loss(moved: Call) -> tuple[float]:
            arguments = dict(moved.arguments)
            dout = arguments.pop("dout")
            ahead = self.ahead(Call(self.forward, arguments, moved.keywords), expected)
            return (np.sum(dout * ahead),)

        for drawn in calls:
            got = student(drawn)
            self.agree_on(name, drawn, got, expected(drawn))
            if not expected.live:
                continue
            array = got if self.returns == name else got[self.returns.index(name)]
            wrt = name.removeprefix("d")
            slopes_agree(drawn, wrt, np.asarray(array), name, loss, rng, SLOPES)


class LayerBackwardChecks(BackwardChecks):
    """Checks of a function that takes a gradient back to a layer's x, w and b."""

    returns = ("dx", "dw", "db")

    @weight(3)
    def test_dx(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The gradient with respect to x, also by central differences."""
        self.gradient("dx", self.calls(rng), student, expected, rng)

    @weight(2)
    def test_dw(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The gradient with respect to w, also by central differences."""
        self.gradient("dw", self.calls(rng), student, expected, rng)

    def test_db(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The gradient with respect to b, also by central differences."""
        self.gradient("db", self.calls(rng), student, expected, rng)


Params = dict[str, np.ndarray]
Shapes = dict[str, tuple[int, ...]]

LENET: Shapes = {
    "W1": (6, 1, 5, 5),
    "b1": (6,),
    "W2": (16, 6, 5, 5),
    "b2": (16,),
    "W3": (400, 120),
    "b3": (120,),
    "W4": (120, 84),
    "b4": (84,),
    "W5": (84, 10),
    "b5": (10,),
}
# Float32 may tip a ReLU or a pool over, which changes a gradient by a step; no more than that.
TIPPED = 0.5


class Net(NamedTuple):
    """Sizes of one small network, and how many images it gets."""

    N: int
    C: int
    H: int
    W: int
    F: int
    kernel: int
    hidden: int
    classes: int

    @property
    def shapes(self) -> Shapes:
        """The shapes of its parameters."""
        return {
            "W1": (self.F, self.C, self.kernel, self.kernel),
            "b1": (self.F,),
            "W2": (self.F * (self.H // 2) * (self.W // 2), self.hidden),
            "b2": (self.hidden,),
            "W3": (self.hidden, self.classes),
            "b3": (self.classes,),
        }

    def draw(self, rng: np.random.Generator) -> dict[str, Any]:
        """Draw parameters and images."""
        params = draw_params(rng, self.shapes)
        return {"params": params, "X": normal(rng, self.N, self.C, self.H, self.W)}


SMALL_NETS = (
    Net(1, 1, 2, 2, 1, 1, 1, 2),
    Net(2, 1, 2, 2, 1, 1, 1, 2),
    Net(1, 1, 2, 2, 1, 1, 2, 2),
    Net(1, 1, 2, 2, 2, 1, 1, 3),
    Net(1, 2, 2, 2, 1, 1, 2, 2),
    Net(1, 1, 2, 4, 1, 1, 1, 2),
    Net(1, 1, 4, 2, 1, 1, 1, 2),
    Net(1, 1, 2, 2, 1, 3, 1, 2),
    Net(2, 1, 2, 2, 1, 3, 2, 3),
)
NETS = (
    Net(1, 1, 2, 4, 2, 1, 4, 3),
    Net(2, 1, 4, 4, 2, 3, 5, 3),
    Net(3, 2, 4, 6, 3, 3, 4, 4),
    Net(2, 3, 6, 4, 2, 5, 6, 2),
)


def draw_params(rng: np.random.Generator, shapes: Shapes) -> Params:
    """Draw parameters under which scores vary, but none is so far above the others that the loss
    is nearly 0, which has few right digits. Biases are not zero, so that each shows.
    """
    return {
        key: normal(rng, *shape, scale=_inputs(shape) ** -0.5 if key[0] == "W" else 0.5)
        for key, shape in shapes.items()
    }


def _inputs(shape: tuple[int, ...]) -> int:
    """Count the numbers that an output of a layer with weights of this shape is made of."""
    return int(np.prod(shape[1:])) if len(shape) == 4 else shape[0]


class NetLossChecks(LossChecks):
    """Checks of the loss of a network."""

    returns = ("loss", "grads")
    wrt = "params"

    def test_float32(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The loss of float32 arguments is right too, and gradients but for what may tip over."""
        regularised = (drawn for drawn in self.calls(rng) if "reg" in drawn.arguments)
        for drawn in islice(regularised, 2):  # no loss is near 0 there
            single = drawn.cast(np.float32)
            got, want = student(single), expected(single.cast(np.float64))
            self.agree_on("loss", single, got, want, double=False)
            try:
                compare(got[1], want[1], "grads", TIPPED, double=False)
            except CheckFailed as failure:
                raise failure.about(single) from None
