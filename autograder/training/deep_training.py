"""Stage 5 on few real images: a deep network that learns them by heart, and what helps."""

import time
from types import ModuleType
from typing import Any

import numpy as np

from autograder.datasets import Dataset
from autograder.training.depth import gradients, quiz, signals
from autograder.training.examples import Examples, Splits, as_rows
from autograder.training.loops import (
    PARTS,
    Counter,
    Part,
    Progress,
    require,
    share_right,
    table_row,
    train_in_parts,
)
from autograder.training.result import DeepResult
from autograder.training.settings import DeepSettings

CALLED = (
    "affine_forward",
    "relu_forward",
    "init_normal",
    "init_xavier",
    "init_he",
    "init_net",
    "net_loss",
    "train_net",
    "predict_net",
    "l2_penalty",
    "shift_images",
    "rotate_images",
    "scale_images",
    "add_noise",
)
GROUPS = 10  # of images that are moved alike
MEASUREMENTS = 10
NETS: dict[str, dict[str, Any]] = {
    "sigmoid, Xavier": {"init": "xavier", "activation": "sigmoid"},
    "tanh, Xavier": {"init": "xavier", "activation": "tanh"},
    "ReLU, normal": {"init": "normal"},
    "ReLU, He": {"init": "he"},
    "ReLU, twice He's": {"init": "he", "scale": 2.0},
    "ReLU, He, batchnorm": {"init": "he", "batchnorm": True},
    "ReLU, He, skip": {"init": "he", "skip": True},
}

Learnt = tuple[dict[str, np.ndarray], dict[str, np.ndarray]]  # params and running averages


def train(
    functions: ModuleType, data: Dataset, settings: DeepSettings, progress: Progress
) -> DeepResult:
    """Train one network four times on few images: as it is, and with three remedies.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    data : Dataset
        Images and labels.
    settings : DeepSettings
        The network, its training and the experiments.
    progress : callable
        ``progress(done, total)``, in steps.

    Returns
    -------
    DeepResult
    """
    started = time.perf_counter()
    require(functions, CALLED)
    rows = as_rows(data)
    splits = Splits(rows.train.first(settings.images), rows.validation, rows.test)
    remedies: dict[str, dict[str, Any]] = {
        "plain": {},
        f"L2 {settings.l2:g}": {"l2": settings.l2},
        f"dropout, {settings.p:g} stay": {"p": settings.p},
        "augmentation": {"augment": True},
    }
    counter = Counter(len(remedies) * settings.num_iters, progress)
    shape = data.X_train.shape[1:]
    num_classes = len(data.class_names)
    params, running = functions.init_net(
        (splits.train.X.shape[1], *settings.hidden_dims, num_classes), seed=settings.seed
    )
    last = f"W{len(settings.hidden_dims) + 1}"
    params[last] = 0.01 * params[last]  # all classes are equally likely at first

    trained, table = [], []
    for name, remedy in remedies.items():
        run, learnt = _train(
            functions, splits, settings, (params, running), name, remedy, shape, counter
        )
        trained.append((run, learnt))
        table.append(table_row(name, _predictor(functions, learnt), splits))
    draws = {
        "normal, 0.01": functions.init_normal,
        "Xavier": functions.init_xavier,
        "He": functions.init_he,
    }
    return DeepResult(
        stage="deep_training",
        data=data.name,
        class_names=data.class_names,
        settings=vars(settings).copy(),
        rows=tuple(row for row, _ in table),
        runs=tuple(run for run, _ in trained),
        params=trained[0][1][0],
        test_images=data.X_test,
        test_labels=splits.test.y,
        predictions=table[0][1],
        signals=signals(functions, draws, depth=settings.depth),
        gradients=gradients(functions, NETS, settings.depth),
        lrs=settings.quiz_lrs,
        quiz=quiz(functions, settings.quiz_lrs, settings.quiz_widths, settings.quiz_iters),
        seconds=time.perf_counter() - started,
    )


def augmented(
    functions: ModuleType, X: np.ndarray, shape: tuple[int, ...], settings: DeepSettings, seed: int
) -> np.ndarray:
    """Move, turn, scale and blur images a little, each group of them in its own way.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    X : ndarray, shape (N, D)
        Images as rows.
    shape : tuple of int
        (H, W), so that D is H W.
    settings : DeepSettings
        How much.
    seed : int
        Chooses the groups, and what is done to each.

    Returns
    -------
    ndarray, shape (N, D)
    """
    rng = np.random.default_rng(seed)
    moved = np.empty_like(X)
    for rows in np.array_split(rng.permutation(len(X)), GROUPS):
        images = X[rows].reshape(-1, 1, *shape)
        down, right = (
            int(n) for n in rng.integers(-settings.shift, settings.shift, 2, endpoint=True)
        )
        images = functions.shift_images(images, down, right)
        images = functions.rotate_images(images, rng.uniform(-settings.degrees, settings.degrees))
        images = functions.scale_images(images, rng.uniform(1 / settings.factor, settings.factor))
        images = functions.add_noise(images, settings.noise, int(rng.integers(2**31)))
        moved[rows] = images.reshape(len(rows), -1)
    return moved


def _train(
    functions: ModuleType,
    splits: Splits,
    settings: DeepSettings,
    start: Learnt,
    name: str,
    remedy: dict[str, Any],
    shape: tuple[int, ...],
    counter: Counter,
) -> tuple[Any, Learnt]:
    X, y = splits.train
    chosen = {key: value for key, value in remedy.items() if key != "augment"}

    def part(learnt: Learnt, part: Part) -> tuple[np.ndarray, Learnt]:
        own = augmented(functions, X, shape, settings, part.seed) if "augment" in remedy else X
        losses, params, running = functions.train_net(
            *learnt,
            own,
            y,
            **chosen,
            lr=settings.lr,
            batch=min(settings.batch, len(y)),
            num_iters=part.num_iters,
            seed=part.seed,
        )
        return losses, (params, running)

    def measure(learnt: Learnt) -> tuple[float, float]:
        predict = _predictor(functions, learnt)
        return share_right(predict, Examples(X, y)), share_right(predict, splits.validation)

    penalty, _ = functions.l2_penalty(start[0], remedy.get("l2", 0.0))
    first_loss = float(np.log(start[0][f"b{len(settings.hidden_dims) + 1}"].size) + penalty)
    return train_in_parts(
        name,
        part,
        start,
        settings.num_iters,
        settings.seed,
        counter,
        first_loss,
        measure,
        measure_every=PARTS // MEASUREMENTS,
    )


def _predictor(functions: ModuleType, learnt: Learnt) -> Any:
    return lambda X: functions.predict_net(*learnt, X)
