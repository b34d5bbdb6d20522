"""What the checks of networks of any depth share: networks to draw, and how they are judged."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from autograder.checks.base import Expected, FunctionChecks, StudentLike, slopes_agree, weight
from autograder.checks.call import Call
from autograder.checks.inputs import labels, normal

SLOPES = 2  # of each parameter of each network
Params = dict[str, np.ndarray]


class DeepNet(NamedTuple):
    """A network, and how many samples it gets.

    Attributes
    ----------
    N : int
        Samples.
    dims : tuple of int
        Numbers that come in, sizes of the hidden layers, number of classes.
    batchnorm, skip : bool
        What it has.
    activation : str
        Of its hidden layers.
    """

    N: int
    dims: tuple[int, ...]
    batchnorm: bool = False
    activation: str = "relu"
    skip: bool = False

    def draw(self, rng: np.random.Generator) -> dict[str, Any]:
        """Draw parameters, running averages and samples.

        Biases, shifts and averages are not zero, so that each shows, and the weights are such that
        scores vary, but no loss is nearly 0.
        """
        params: Params = {}
        running: Params = {}
        for layer, (n_in, n_out) in enumerate(zip(self.dims, self.dims[1:], strict=False), start=1):
            params[f"W{layer}"] = normal(rng, n_in, n_out, scale=n_in**-0.5)
            params[f"b{layer}"] = normal(rng, n_out, scale=0.5)
            if self.batchnorm and layer < len(self.dims) - 1:
                params[f"gamma{layer}"] = rng.uniform(0.5, 1.5, size=n_out)
                params[f"beta{layer}"] = normal(rng, n_out, scale=0.5)
                running[f"mean{layer}"] = normal(rng, n_out, scale=0.5)
                running[f"var{layer}"] = rng.uniform(0.5, 2, size=n_out)
        return {"params": params, "running": running, "X": normal(rng, self.N, self.dims[0])}

    def draw_with_labels(self, rng: np.random.Generator) -> dict[str, Any]:
        """Draw labels, too."""
        return self.draw(rng) | {"y": labels(rng, self.N, self.dims[-1])}

    def settings(self) -> dict[str, Any]:
        """Return the arguments `activation` and `skip` that are not at their defaults."""
        chosen = {"activation": self.activation, "skip": self.skip}
        return {name: value for name, value in chosen.items() if value not in ("relu", False)}


# To follow on paper: what is plain, then with batchnorm, skip and other activations.
SMALL_NETS = (
    DeepNet(1, (1, 2)),
    DeepNet(1, (1, 1, 2)),
    DeepNet(2, (1, 1, 2)),
    DeepNet(1, (2, 1, 2)),
    DeepNet(1, (1, 2, 2)),
    DeepNet(1, (1, 1, 1, 2)),
    DeepNet(2, (2, 2, 2)),
    DeepNet(1, (1, 1, 2), skip=True),
    DeepNet(1, (1, 1, 1, 2), skip=True),
    DeepNet(2, (2, 2, 2), skip=True),
    DeepNet(1, (1, 1, 2), activation="leaky_relu"),
    DeepNet(1, (1, 1, 2), activation="tanh"),
    DeepNet(1, (1, 1, 2), activation="sigmoid"),
    DeepNet(1, (1, 1, 2), activation="elu"),
    DeepNet(2, (1, 1, 2), batchnorm=True),
    DeepNet(3, (1, 1, 2), batchnorm=True),
    DeepNet(2, (1, 1, 1, 2), batchnorm=True),
    DeepNet(3, (1, 1, 2), batchnorm=True, skip=True),
)
PLAIN = (
    DeepNet(1, (3, 4, 2)),
    DeepNet(4, (2, 5, 4, 3)),
    DeepNet(3, (4, 3)),
    DeepNet(5, (3, 5, 5, 5, 5)),
)
OTHERS = tuple(
    DeepNet(4, (3, 4, 5, 3), activation=activation)
    for activation in ("sigmoid", "tanh", "leaky_relu", "elu")
)
SKIPS = (
    DeepNet(1, (3, 3, 2), skip=True),
    DeepNet(4, (2, 5, 5, 4, 4, 3), skip=True, activation="tanh"),
    DeepNet(3, (4, 4, 4, 4), skip=True),
)
NORMED = (
    DeepNet(6, (3, 4, 3), batchnorm=True),
    DeepNet(8, (2, 4, 4, 2), batchnorm=True, activation="leaky_relu"),
    DeepNet(7, (4, 5, 5, 3), batchnorm=True, skip=True, activation="tanh"),
)


class DeepLossChecks(FunctionChecks):
    """Checks of the loss of a network: loss, gradient and running averages, each by itself."""

    returns = ("loss", "grads", "running")
    test_values = None  # type: ignore[assignment]

    def judge(
        self,
        name: str,
        calls: Iterator[Call],
        student: StudentLike,
        expected: Expected,
        rng: np.random.Generator,
    ) -> None:
        """Judge one of the three values; a gradient also by slopes."""
        for drawn in calls:
            got = student(drawn)
            self.agree_on(name, drawn, got, expected(drawn))
            if name == "grads" and expected.live:
                slopes_agree(drawn, "params", got[1], name, expected, rng, SLOPES)

    def test_loss(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """The loss is the expected one."""
        self.judge("loss", self.calls(rng), student, expected, rng)

    @weight(3)
    def test_gradient(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """The gradient is the expected one, and the slope of the loss by central differences."""
        self.judge("grads", self.calls(rng), student, expected, rng)
