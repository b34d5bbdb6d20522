"""Stage 3 on real images: the course's own setting, and what happens beyond it."""

import contextlib
import io
import time
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from autograder.datasets import Dataset
from autograder.training.examples import Splits, as_centred_rows
from autograder.training.loops import (
    Counter,
    Part,
    Progress,
    require,
    share_right,
    table_row,
    train_in_parts,
)
from autograder.training.result import NetResult, Row, Run
from autograder.training.settings import NetSettings

CALLED = ("init_params", "train_nn", "predict_nn", "nn_forward")

Params = dict[str, np.ndarray]


def train(
    functions: ModuleType, data: Dataset, settings: NetSettings, progress: Progress
) -> NetResult:
    """Train the network of the course, then longer, and from weights of other scales.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    data : Dataset
        Images and labels.
    settings : NetSettings
        The network and its training.
    progress : callable
        ``progress(done, total)``, in steps.

    Returns
    -------
    NetResult
    """
    started = time.perf_counter()
    require(functions, CALLED)
    splits = as_centred_rows(data)
    counter = Counter(
        settings.num_iters
        + len(settings.long_regs) * settings.long_iters
        + len(settings.scales) * settings.scale_iters,
        progress,
    )
    bench = _Bench(functions, splits, settings, len(data.class_names), counter)

    run, params = bench.train(
        f"{settings.num_iters:,} steps", settings.reg, settings.eps, settings.num_iters
    )
    row, predictions = bench.row(f"{settings.num_iters:,} steps, reg {settings.reg:g}", params)
    runs, rows = [run], [row]
    for reg in settings.long_regs:
        name = f"{settings.long_iters:,} steps, reg {reg:g}"
        long_run, long_params = bench.train(name, reg, settings.eps, settings.long_iters)
        runs.append(long_run)
        rows.append(bench.row(name, long_params)[0])
    scales = [
        bench.train(f"{eps:g}", settings.reg, eps, settings.scale_iters, measure=False)[0]
        for eps in settings.scales
    ]
    _, hidden = functions.nn_forward(params, splits.test.X)
    return NetResult(
        stage="two_layer_net",
        data=data.name,
        class_names=data.class_names,
        settings=vars(settings).copy(),
        rows=tuple(rows),
        runs=tuple(runs),
        params=params,
        test_images=data.X_test,
        test_labels=splits.test.y,
        predictions=predictions,
        activity=np.mean(np.asarray(hidden) > 0, axis=0),
        scales=tuple(scales),
        seconds=time.perf_counter() - started,
    )


@dataclass(frozen=True)
class _Bench:
    """The functions with the data and settings that all trainings share."""

    functions: ModuleType
    splits: Splits
    settings: NetSettings
    num_classes: int
    counter: Counter

    def train(
        self, name: str, reg: float, eps: float, num_iters: int, measure: bool = True
    ) -> tuple[Run, Params]:
        """Train a fresh network."""
        X, y = self.splits.train
        settings = self.settings

        def part(params: Params, part: Part) -> tuple[np.ndarray, Params]:
            # The lines that train_nn prints would tear the progress bar.
            with contextlib.redirect_stdout(io.StringIO()):
                return self.functions.train_nn(
                    params,
                    X,
                    y,
                    self.num_classes,
                    lr=settings.lr,
                    reg=reg,
                    batch=min(settings.batch, len(y)),
                    num_iters=part.num_iters,
                    print_freq=part.num_iters,
                    seed=part.seed,
                )

        start = self.functions.init_params(
            X.shape[1], settings.hidden_dims, self.num_classes, eps, settings.seed
        )
        return train_in_parts(
            name,
            part,
            start,
            num_iters,
            settings.seed,
            self.counter,
            self.num_classes - 1.0,  # with all scores near 0, each wrong class has a margin of 1
            self._measure if measure else None,
        )

    def row(self, name: str, params: Params) -> tuple[Row, np.ndarray]:
        """Measure a network on all splits."""
        return table_row(name, lambda X: self.functions.predict_nn(params, X), self.splits)

    def _measure(self, params: Params) -> tuple[float, float]:
        def predict(X: np.ndarray) -> np.ndarray:
            return self.functions.predict_nn(params, X)

        return share_right(predict, self.splits.train), share_right(predict, self.splits.validation)
