"""Stage 2 on real images: tune, train, compare."""

import time
from collections.abc import Callable, Iterator
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
from autograder.training.result import LinearResult, Regularised, Run
from autograder.training.settings import LinearSettings

CALLED = ("add_bias", "train_svm", "predict_svm", "tune_svm", "softmax_loss")


def train(
    functions: ModuleType, data: Dataset, settings: LinearSettings, progress: Progress
) -> LinearResult:
    """Tune learning rate and regularisation, train the SVM with the best, and compare.

    For comparison there is the same classifier with the softmax loss, which has the chosen
    settings, too. No stage asks for its training function, so it is trained here, in epochs: each
    image comes once before any comes again.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    data : Dataset
        Images and labels.
    settings : LinearSettings
        What to try, and for how many steps.
    progress : callable
        ``progress(done, total)``, in steps.

    Returns
    -------
    LinearResult
    """
    started = time.perf_counter()
    require(functions, CALLED)
    rows = as_centred_rows(data)
    splits = Splits(*(part._replace(X=functions.add_bias(part.X)) for part in rows))
    trainings = 2 + len(settings.shown_regs)  # SVM and softmax, and those to compare
    counter = Counter(
        len(settings.lrs) * len(settings.regs) * settings.tune_iters
        + trainings * settings.num_iters
        + 2 * settings.compare_iters,
        progress,
    )
    bench = _Bench(functions, splits, settings, len(data.class_names), counter)

    tuning = bench.tune()
    lr, reg = max(tuning, key=lambda setting: tuning[setting])  # the first of equals
    run, W = bench.train_svm("SVM", lr, reg, settings.num_iters, measured=True)
    row, predictions = table_row(
        f"SVM, lr {lr:g}, reg {reg:g}", lambda X: functions.predict_svm(W, X), splits
    )
    softmax_run, W_softmax = bench.train_softmax(lr, reg)
    softmax_row, _ = table_row(
        "softmax, the same settings", lambda X: functions.predict_svm(W_softmax, X), splits
    )

    slow, _ = bench.train_svm(
        f"too small: {lr / settings.lr_factor:g}",
        lr / settings.lr_factor,
        reg,
        settings.compare_iters,
    )
    fast, _ = bench.train_svm(
        f"too large: {lr * settings.lr_factor:g}",
        lr * settings.lr_factor,
        reg,
        settings.compare_iters,
    )
    chosen = Run(
        f"chosen: {lr:g}",
        run.losses[: settings.compare_iters],
        run.first_loss,
        *(np.zeros(0) for _ in range(3)),
    )
    return LinearResult(
        stage="linear_svm",
        data=data.name,
        class_names=data.class_names,
        settings={**vars(settings), "lr": lr, "reg": reg},
        rows=(row, softmax_row),
        runs=(run, softmax_run),
        params={"W": W, "W_softmax": W_softmax},
        test_images=data.X_test,
        test_labels=splits.test.y,
        predictions=predictions,
        tuning=tuning,
        learning_rates=(slow, chosen, fast),
        regularised=tuple(bench.regularised(reg) for reg in sorted(settings.shown_regs)),
        seconds=time.perf_counter() - started,
    )


@dataclass(frozen=True)
class _Bench:
    """The functions with the data and settings that all trainings share."""

    functions: ModuleType
    splits: Splits
    settings: LinearSettings
    num_classes: int
    counter: Counter

    def tune(self) -> dict[tuple[float, float], float]:
        """Validation accuracy of each (lr, reg), lr outermost."""
        (X, y), (X_val, y_val), _ = self.splits
        results = {}
        for lr in self.settings.lrs:
            for reg in self.settings.regs:  # one call for each setting, so that progress shows
                _, _, found = self.functions.tune_svm(
                    X, y, X_val, y_val, [lr], [reg], self.settings.tune_iters, self.settings.seed
                )
                results[lr, reg] = float(found[lr, reg])
                self.counter.advance(self.settings.tune_iters)
        return results

    def train_svm(
        self, name: str, lr: float, reg: float, num_iters: int, measured: bool = False
    ) -> tuple[Run, np.ndarray]:
        """Train from weights of scale 1e-4."""
        X, y = self.splits.train
        batch = min(self.settings.batch, len(y))

        def part(W: np.ndarray, part: Part) -> tuple[np.ndarray, np.ndarray]:
            return self.functions.train_svm(W, X, y, lr, reg, batch, part.num_iters, part.seed)

        # With all scores near 0, each wrong class has a margin of 1.
        return self._run(name, part, num_iters, self.num_classes - 1.0, measured)

    def train_softmax(self, lr: float, reg: float) -> tuple[Run, np.ndarray]:
        """Train on the softmax loss, from the same weights."""
        X, y = self.splits.train
        batches = self._batches()

        def part(W: np.ndarray, part: Part) -> tuple[np.ndarray, np.ndarray]:
            losses = np.zeros(part.num_iters)
            for i in range(part.num_iters):
                rows = next(batches)
                losses[i], dW = self.functions.softmax_loss(W, X[rows], y[rows], reg)
                W = W - lr * dW
            return losses, W

        # With all scores near 0, each class has the probability 1 / C.
        first_loss = float(np.log(self.num_classes))
        return self._run("softmax", part, self.settings.num_iters, first_loss, measured=True)

    def _batches(self) -> Iterator[np.ndarray]:
        """Cut the training set into mini-batches, shuffled anew for each epoch."""
        count = len(self.splits.train.y)
        batch = min(self.settings.batch, count)
        rng = np.random.default_rng(self.settings.seed)
        while True:
            order = rng.permutation(count)
            for first in range(0, count - batch + 1, batch):
                yield order[first : first + batch]

    def regularised(self, reg: float) -> Regularised:
        """Train with one strength of regularisation."""
        _, W = self.train_svm(f"reg {reg:g}", self.settings.shown_lr, reg, self.settings.num_iters)
        return Regularised(reg, W, *self._measure(W))

    def _run(
        self,
        name: str,
        part: Callable[[np.ndarray, Part], tuple[np.ndarray, np.ndarray]],
        num_iters: int,
        first_loss: float,
        measured: bool,
    ) -> tuple[Run, np.ndarray]:
        seed = self.settings.seed
        dim = self.splits.train.X.shape[1]
        W = 1e-4 * np.random.default_rng(seed).standard_normal((dim, self.num_classes))
        return train_in_parts(
            name,
            part,
            W,
            num_iters,
            seed,
            self.counter,
            first_loss,
            self._measure if measured else None,
        )

    def _measure(self, W: np.ndarray) -> tuple[float, float]:
        def predict(X: np.ndarray) -> np.ndarray:
            return self.functions.predict_svm(W, X)

        return share_right(predict, self.splits.train), share_right(predict, self.splits.validation)
