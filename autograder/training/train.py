"""Train the model of any stage."""

import contextlib
import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any

from autograder.datasets import Dataset
from autograder.errors import UserError
from autograder.training import (
    convnet,
    deep_training,
    generative,
    linear_svm,
    nearest_neighbors,
    perceptron,
    two_layer_net,
)
from autograder.training.loops import Progress
from autograder.training.result import TrainingResult
from autograder.training.settings import settings_of

_ON_POINTS: dict[str, Callable[..., TrainingResult]] = {"perceptron": perceptron.train}
_ON_IMAGES: dict[str, Callable[..., TrainingResult]] = {
    "nearest_neighbors": nearest_neighbors.train,
    "linear_svm": linear_svm.train,
    "two_layer_net": two_layer_net.train,
    "convnet": convnet.train,
    "deep_training": deep_training.train,
    "generative": generative.train,
}


def no_progress(done: int, total: int) -> None:
    """Show nothing."""


def train_stage(
    stage_name: str,
    functions: ModuleType,
    data: Dataset | None = None,
    progress: Progress = no_progress,
    *,
    full: bool = False,
    **changes: Any,
) -> TrainingResult:
    """Train the model of a stage, with the functions of that stage.

    Parameters
    ----------
    stage_name : str
        ``perceptron``, ``nearest_neighbors``, ``linear_svm``, ``two_layer_net``, ``convnet``,
        ``deep_training`` or ``generative``.
    functions : module
        The functions of the stage: the reference or a student's own.
    data : Dataset, optional
        Images and labels, from `autograder.datasets.load`; none for ``perceptron``, which draws
        points.
    progress : callable
        ``progress(done, total)``, called now and then from the start, ``progress(0, total)``, to
        the end, ``progress(total, total)``. The unit is a step, or a classified image.
    full : bool
        Train longer, as suits the full sets.
    **changes
        Settings that are to differ from those in `autograder.training.settings`.

    Returns
    -------
    TrainingResult
        Accuracies, curves and what was learnt. The same call gives the same result, but for the
        times.

    Raises
    ------
    UserError
        If the stage or a setting isn't known, a function that training calls is missing, or the
        stage needs images and there are none, or the other way round.

    Examples
    --------
    A student's net in a notebook, with a larger learning rate::

        import two_layer_net
        from autograder import datasets
        from autograder.training import figures, train_stage

        result = train_stage("two_layer_net", two_layer_net, datasets.load("mnist"), lr=0.2)
        print(result.rows[0].test)
        figures(result)["loss"]
    """
    settings = settings_of(stage_name, full, **changes)
    if takes_images(stage_name) and data is None:
        raise UserError(f"{stage_name} learns from images: give a data set.")
    if data is not None and not takes_images(stage_name):
        raise UserError(f"{stage_name} draws the points that it learns from: give no data set.")
    with _one_thread():
        if data is None:
            return _ON_POINTS[stage_name](functions, settings, progress)
        return _ON_IMAGES[stage_name](functions, data, settings, progress)


def takes_images(stage_name: str) -> bool:
    """Tell whether the model of a stage learns from images."""
    return stage_name in _ON_IMAGES


def _one_thread() -> AbstractContextManager[Any]:
    """Keep NumPy's matrix products on one core.

    Those of mini-batches are too small to share out, and where another program uses a core, the
    threads wait for each other: training then takes several times as long. Without threadpoolctl
    all results are the same.
    """
    try:
        return importlib.import_module("threadpoolctl").threadpool_limits(1)
    except ImportError:
        return contextlib.nullcontext()
