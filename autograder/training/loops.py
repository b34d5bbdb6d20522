"""Training in parts, with progress, and measuring accuracy."""

import itertools
import time
from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple, TypeVar

import numpy as np

from autograder.errors import UserError
from autograder.training.examples import Examples, Splits
from autograder.training.result import Row, Run

PARTS = 50

Progress = Callable[[int, int], None]
Predict = Callable[[np.ndarray], np.ndarray]
Learnt = TypeVar("Learnt")


class Part(NamedTuple):
    """One part of a training: the steps already done, those to do, and the seed."""

    done: int
    num_iters: int
    seed: int


class Counter:
    """Counts units of work, and reports how many of the total are done."""

    def __init__(self, total: int, progress: Progress):
        self._done = 0
        self._total = total
        self._progress = progress
        progress(0, total)

    def advance(self, units: int = 1) -> None:
        """Report that more units are done."""
        self._done += units
        self._progress(self._done, self._total)


def require(functions: ModuleType, names: tuple[str, ...]) -> None:
    """Refuse a module that lacks a function which training calls.

    Parameters
    ----------
    functions : module
        The functions of a stage.
    names : tuple of str
        Those that have to be there.

    Raises
    ------
    UserError
        If one isn't.
    """
    missing = [name for name in names if not callable(getattr(functions, name, None))]
    if missing:
        raise UserError(
            f"{functions.__name__} lacks {', '.join(missing)}: training calls "
            f"{', '.join(names)}; write what is missing first."
        )


def parts_of(num_iters: int, seed: int) -> list[Part]:
    """Cut a training into at most `PARTS` parts of nearly equal length."""
    cuts = np.linspace(0, num_iters, min(PARTS, num_iters) + 1).astype(int)
    return [
        Part(int(start), int(end - start), seed * PARTS + number)
        for number, (start, end) in enumerate(itertools.pairwise(cuts))
    ]


def train_in_parts(
    name: str,
    train: Callable[[Learnt, Part], tuple[np.ndarray, Learnt]],
    start: Learnt,
    num_iters: int,
    seed: int,
    counter: Counter,
    first_loss: float,
    measure: Callable[[Learnt], tuple[float, float]] | None = None,
    measure_every: int = 1,
) -> tuple[Run, Learnt]:
    """Train part by part.

    The training functions of the stages run from the first step to the last in one call, and so
    could show no progress, nor the accuracy on the way. Many short calls can: each goes on from
    where the last one ended. A call begins its random numbers anew, so each part gets a seed of
    its own, ``seed * PARTS + number of the part``; with one seed for all, every part would draw
    the same mini-batches. Plain gradient descent keeps nothing from step to step but the
    parameters, so this is the same method with other draws of mini-batches.

    Parameters
    ----------
    name : str
        What the run is called.
    train : callable
        ``train(learnt, part) -> (losses, learnt)``.
    start : ndarray or dict of ndarray
        Parameters to begin with.
    num_iters, seed : int
        Steps in all, and the seed.
    counter : Counter
        Advanced by one for each step.
    first_loss : float
        What the first loss has to be near, by theory.
    measure : callable, optional
        ``measure(learnt) -> (training accuracy, validation accuracy)``, called before the first
        part, after each `measure_every` parts, and at the end.
    measure_every : int
        Parts from one measurement to the next.

    Returns
    -------
    run : Run
        The losses of all parts in order, and the accuracies on the way.
    learnt : ndarray or dict of ndarray
        Parameters in the end.

    Raises
    ------
    UserError
        If there is no step to do, or a part returns more or fewer losses than it had steps.
    """
    if num_iters < 1:
        raise UserError(f"Training can't take {num_iters} steps: expected 1 or more.")
    parts = parts_of(num_iters, seed)
    learnt, losses, measured = start, [], []
    if measure:
        measured.append((0, *measure(learnt)))
    for number, part in enumerate(parts, start=1):
        part_losses, learnt = train(learnt, part)
        if len(part_losses) != part.num_iters:
            raise UserError(
                f"Training returned {len(part_losses)} losses for {part.num_iters} steps: "
                "expected one for each step; run `autograder check` first."
            )
        losses.append(np.asarray(part_losses, dtype=float))
        if measure and (number % measure_every == 0 or number == len(parts)):
            measured.append((part.done + part.num_iters, *measure(learnt)))
        counter.advance(part.num_iters)
    steps, train_accuracy, validation_accuracy = np.array(measured, dtype=float).reshape(-1, 3).T
    run = Run(
        name,
        np.concatenate(losses),
        first_loss,
        steps.astype(int),
        train_accuracy,
        validation_accuracy,
    )
    return run, learnt


def share_right(predict: Predict, examples: Examples) -> float:
    """Measure the share of examples whose label is predicted."""
    return float(np.mean(np.equal(predict(examples.X), examples.y)))


def table_row(name: str, predict: Predict, splits: Splits) -> tuple[Row, np.ndarray]:
    """Measure a model on the three splits.

    Parameters
    ----------
    name : str
        What the row is called.
    predict : callable
        ``predict(X) -> labels``, shape (N,).
    splits : Splits
        The examples.

    Returns
    -------
    row : Row
        Accuracies, and the time to answer.
    predictions : ndarray of int, shape (N,)
        The predictions on the test set.
    """
    started = time.perf_counter()
    predictions = np.asarray(predict(splits.test.X))
    seconds = time.perf_counter() - started
    row = Row(
        name,
        share_right(predict, splits.train),
        share_right(predict, splits.validation),
        float(np.mean(np.equal(predictions, splits.test.y))),
        1000 * seconds / len(predictions),
    )
    return row, predictions
