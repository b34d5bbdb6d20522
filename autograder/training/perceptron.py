"""Stage 0 on points of a plane: what a line can divide, and what it takes to learn XOR."""

import time
from collections.abc import Callable
from types import ModuleType

import numpy as np

from autograder.training import plots
from autograder.training.examples import Examples, Splits, noisy_xor
from autograder.training.loops import (
    Counter,
    Part,
    Predict,
    Progress,
    require,
    share_right,
    table_row,
    train_in_parts,
)
from autograder.training.result import PerceptronResult, Run
from autograder.training.settings import PerceptronSettings

CALLED = ("train_perceptron", "init_xor", "xor_forward", "train_xor")
ANGLES, OFFSETS = 180, 100  # of the lines that are tried
GUESSED = 1 / 8  # the loss where each output is 1/2

Params = dict[str, np.ndarray]
Line = np.ndarray  # the weights of a point's two numbers and of 1, shape (3,)


def train(
    functions: ModuleType, settings: PerceptronSettings, progress: Progress
) -> PerceptronResult:
    """Train networks on noisy XOR, and a perceptron, which also gets classes that a line divides.

    For comparison there is the best straight line that trying finds.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    settings : PerceptronSettings
        The points, the networks and their training.
    progress : callable
        ``progress(done, total)``, in steps.

    Returns
    -------
    PerceptronResult
    """
    started = time.perf_counter()
    require(functions, CALLED)
    splits = _draw(settings)
    X, y = splits.train
    sizes = (settings.hidden_dims, *settings.compare_hidden)
    counter = Counter(len(sizes) * settings.num_iters, progress)
    trained = [_train_net(functions, splits, settings, size, counter) for size in sizes]
    run, params = trained[0]
    nets = [(run.name, _answers(functions, params)) for run, params in trained]

    X1, above = _with_ones(X), np.where(X.sum(axis=1) > 0.5, 1, -1)
    _, divided = functions.train_perceptron(X1, above, settings.max_epochs)
    w, never = functions.train_perceptron(X1, 2 * y - 1, settings.max_epochs)
    lines = [("perceptron", _side(w)), ("best straight line", _side(best_line(X, y)))]
    _, hidden = functions.xor_forward(params, X)
    return PerceptronResult(
        stage="perceptron",
        data="noisy_xor",
        class_names=("0", "1"),
        settings=vars(settings).copy(),
        rows=tuple(table_row(name, predict, splits)[0] for name, predict in nets + lines),
        runs=tuple(run for run, _ in trained),
        params={**params, "w": np.asarray(w)},
        X=X,
        y=y,
        mistakes={
            "classes on two sides of a line": np.asarray(divided),
            "XOR": np.asarray(never),
        },
        answers={
            **{name: plots.on_plane(predict, X) for name, predict in lines},
            run.name: plots.on_plane(lambda X: _output(functions, params, X), X),
        },
        hidden={
            f"hidden unit {unit + 1}": plots.on_plane(_unit(functions, params, unit), X)
            for unit in range(hidden.shape[1])
        },
        seconds=time.perf_counter() - started,
    )


def best_line(X: np.ndarray, y: np.ndarray) -> Line:
    """Find the straight line with most points on the right side, by trying many.

    Parameters
    ----------
    X : ndarray, shape (N, 2)
        Points of a plane.
    y : ndarray of int, shape (N,)
        Their classes, 0 or 1.

    Returns
    -------
    ndarray, shape (3,)
        Weights w: class 1 is where w[0] x + w[1] y + w[2] is above zero.
    """
    angles = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False)
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    along = X @ directions.T  # (N, ANGLES)
    cuts = np.linspace(along.min(axis=0), along.max(axis=0), OFFSETS)  # (OFFSETS, ANGLES)
    right = np.array([np.mean((along > cut) == (y == 1)[:, None], axis=0) for cut in cuts])
    offset, angle = np.unravel_index(np.argmax(right), right.shape)
    return np.append(directions[angle], -cuts[offset, angle])


def _draw(settings: PerceptronSettings) -> Splits:
    sizes = np.array([settings.points, settings.points, settings.test_points])
    X, y = noisy_xor(int(sizes.sum()), settings.seed, settings.spread)
    cuts = np.cumsum(sizes)[:-1]
    return Splits(*map(Examples, np.split(X, cuts), np.split(y, cuts)))


def _train_net(
    functions: ModuleType,
    splits: Splits,
    settings: PerceptronSettings,
    hidden_dims: int,
    counter: Counter,
) -> tuple[Run, Params]:
    def part(params: Params, part: Part) -> tuple[np.ndarray, Params]:
        return functions.train_xor(params, *splits.train, settings.lr, part.num_iters)

    def measure(params: Params) -> tuple[float, float]:
        predict = _answers(functions, params)
        return share_right(predict, splits.train), share_right(predict, splits.validation)

    units = "hidden unit" if hidden_dims == 1 else "hidden units"
    return train_in_parts(
        f"{hidden_dims} {units}",
        part,
        functions.init_xor(hidden_dims, settings.seed),
        settings.num_iters,
        settings.seed,
        counter,
        GUESSED,
        measure,
    )


def _output(functions: ModuleType, params: Params, X: np.ndarray) -> np.ndarray:
    return np.ravel(functions.xor_forward(params, X)[0])


def _answers(functions: ModuleType, params: Params) -> Predict:
    return lambda X: (_output(functions, params, X) > 0.5).astype(int)


def _unit(functions: ModuleType, params: Params, unit: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda X: functions.xor_forward(params, X)[1][:, unit]


def _side(w: Line) -> Predict:
    return lambda X: (_with_ones(X) @ w > 0).astype(int)


def _with_ones(X: np.ndarray) -> np.ndarray:
    return np.pad(X, ((0, 0), (0, 1)), constant_values=1)
