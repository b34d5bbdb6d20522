"""Train the model of any stage."""

import contextlib
import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any

from autograder.datasets import Dataset
from autograder.training import convnet, linear_svm, nearest_neighbors, two_layer_net
from autograder.training.loops import Progress
from autograder.training.result import TrainingResult
from autograder.training.settings import settings_of

_TRAIN: dict[str, Callable[..., TrainingResult]] = {
    "nearest_neighbors": nearest_neighbors.train,
    "linear_svm": linear_svm.train,
    "two_layer_net": two_layer_net.train,
    "convnet": convnet.train,
}


def no_progress(done: int, total: int) -> None:
    """Show nothing."""


def train_stage(
    stage_name: str,
    functions: ModuleType,
    data: Dataset,
    progress: Progress = no_progress,
    *,
    full: bool = False,
    **changes: Any,
) -> TrainingResult:
    """Train the model of a stage on real images, with the functions of that stage.

    Parameters
    ----------
    stage_name : str
        ``nearest_neighbors``, ``linear_svm``, ``two_layer_net`` or ``convnet``.
    functions : module
        The functions of the stage: the reference or a student's own.
    data : Dataset
        Images and labels, from `autograder.datasets.load`.
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
        If the stage or a setting isn't known, or a function that training calls is missing.

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
    with _one_thread():
        return _TRAIN[stage_name](functions, data, settings, progress)


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
