"""Experiments of stage 5: what becomes of signals and gradients in deep networks."""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from autograder.training.examples import half_moons

DIVERGED = 1e3  # a loss beyond it, or none, is drawn at this height

Draw = Callable[..., np.ndarray]


def signals(
    functions: ModuleType,
    draws: Mapping[str, Draw],
    activation: str = "relu",
    depth: int = 20,
    width: int = 100,
) -> dict[str, np.ndarray]:
    """Send normal numbers through many layers, and measure what is left.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    draws : mapping of str to callable
        ``draw(n_in, n_out, seed=seed)`` gives the weights of a layer, by its name in the result.
    activation : str
        That of all layers.
    depth, width : int
        How many layers, and how many units each has.

    Returns
    -------
    dict of str to ndarray, shape (depth,)
        The variance of the activations after each layer.
    """
    forward = getattr(functions, f"{activation}_forward")
    found = {}
    for name, draw in draws.items():
        h = np.random.default_rng(0).standard_normal((width, width))
        variances = []
        for layer in range(depth):
            weights = draw(width, width, seed=layer)
            h = forward(functions.affine_forward(h, weights, np.zeros(width)))
            variances.append(np.var(h))
        found[name] = np.array(variances)
    return found


def gradients(
    functions: ModuleType,
    nets: Mapping[str, Mapping[str, Any]],
    depth: int = 20,
    width: int = 32,
) -> dict[str, np.ndarray]:
    """Measure the gradient of the first loss at each layer of deep networks.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    nets : mapping of str to mapping
        For each network what is special about it: ``init``, ``batchnorm``, ``activation``,
        ``skip``, and ``scale``, a factor of the first weights.
    depth, width : int
        How many layers, and how many units the hidden ones have.

    Returns
    -------
    dict of str to ndarray, shape (depth - 1,)
        The root of the mean squared entry of dW of each hidden layer, the first one first.
    """
    X, y = half_moons(256)
    X = np.hstack([X, np.random.default_rng(0).standard_normal((len(X), width - 2))])
    dims = (*[width] * depth, 2)
    found = {}
    for name, special in nets.items():
        choice = dict(special)
        init, batchnorm = choice.pop("init", "he"), choice.pop("batchnorm", False)
        scale = choice.pop("scale", 1.0)
        params, running = functions.init_net(dims, init, batchnorm)
        params = {key: scale * array if key[0] == "W" else array for key, array in params.items()}
        _, grads, _ = functions.net_loss(params, running, X, y, **choice)
        layers = [grads[f"W{layer}"] for layer in range(1, depth)]
        found[name] = np.array([np.sqrt(np.mean(dW**2)) for dW in layers])
    return found


def quiz(
    functions: ModuleType,
    lrs: Sequence[float],
    widths: Sequence[int],
    num_iters: int = 100,
    rule: str = "sgd",
) -> dict[str, np.ndarray]:
    """Train networks of several widths with several learning rates: which one suits which?

    Parameters
    ----------
    functions : module
        The functions of the stage.
    lrs : sequence of float
        Learning rates.
    widths : sequence of int
        Units of the one hidden layer.
    num_iters : int
        Steps of each training.
    rule : str
        The rule of descent.

    Returns
    -------
    dict of str to ndarray, shape (len(lrs),)
        For each width the loss on all points after the training.
    """
    X, y = half_moons(200)
    found = {}
    for width in widths:
        losses = []
        for lr in lrs:
            params, running = functions.init_net((2, width, 2))
            with np.errstate(all="ignore"):  # some are meant to diverge
                _, params, running = functions.train_net(
                    params, running, X, y, rule=rule, lr=lr, num_iters=num_iters
                )
                losses.append(functions.net_loss(params, running, X, y)[0])
        found[f"{width} units"] = np.minimum(np.nan_to_num(losses, nan=DIVERGED), DIVERGED)
    return found
