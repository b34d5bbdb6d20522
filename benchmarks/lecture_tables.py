"""Test accuracy, in %, of the course's models, trained with the reference in NumPy on real images.

    autograder data fetch fashion_mnist     # once, and mnist likewise
    python -m benchmarks.lecture_tables
    python -m benchmarks.lecture_tables --only lenet --seeds 10

Each row is trained anew for every seed, which draws first weights, mini-batches, folds and
augmentation; the test images stay the same. Nothing is chosen by the test set.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from autograder import datasets
from autograder.errors import UserError
from benchmarks.lecture_models import (
    LENET,
    TWO_CONVOLUTIONS,
    Images,
    linear,
    mlp,
    neighbors,
    thin_simplenet,
    two_layers,
)
from solutions import linear_svm

DATA = {"clothes": "fashion_mnist", "MNIST": "mnist"}  # full sets; digits are in the repository
Train = Callable[[Images, int], float]


class Row(NamedTuple):
    """A model, on which data, and the test accuracy to reach."""

    name: str
    train: Train
    data: str
    goal: float | None = None
    least_seeds: int = 5


def rows() -> Iterator[Row]:
    """Give all rows, the quick ones first."""
    for data in ("digits", "clothes"):
        yield Row("nearest neighbours, k from 5 folds", neighbors, data)
        yield Row("linear SVM", linear(linear_svm.svm_loss), data)
        yield Row("softmax", linear(linear_svm.softmax_loss), data)
    yield Row("two-layer SVM net, 36 hidden, 1,500 steps", two_layers, "digits", 0.91, 10)
    for data, goal in (("digits", 0.95), ("clothes", 0.89)):
        for epochs in (5, 10, 20):
            name = f"784-128-10, {epochs} epochs"
            yield Row(name, mlp((128,), epochs), data, goal if epochs == 10 else None)
    for data, goal in (("digits", 0.925), ("clothes", 0.87)):
        yield Row("784-16-10, 10 epochs", mlp((16,), 10), data)
        yield Row("784-16-16-10, 10 epochs", mlp((16, 16), 10), data, goal)
    yield Row("lenet-5, 10 epochs", LENET.trained(10), "digits", 0.965)
    yield Row("lenet-5, dropout, 20 epochs", LENET.trained(20, keep=0.8), "digits")
    yield Row("lenet-5, shifted, 40 epochs", LENET.trained(40, True), "digits", 0.985)
    yield Row("lenet-5, shifted, dropout, 40 epochs", LENET.trained(40, True, 0.8), "digits", 0.985)
    yield Row("conv 32, conv 64, 10 epochs", TWO_CONVOLUTIONS.trained(10), "digits")
    yield Row(
        "conv 32, conv 64, dropout, 10 epochs", TWO_CONVOLUTIONS.trained(10, keep=0.5), "digits"
    )
    yield Row("SimpleNet-13, 1/8 of the filters, 5 epochs", thin_simplenet(5), "digits")
    yield Row("lenet-5, 3 epochs", LENET.trained(3), "clothes", 0.885)
    yield Row("lenet-5, 10 epochs", LENET.trained(10), "clothes", 0.90)
    yield Row("conv 32, conv 64, 3 epochs", TWO_CONVOLUTIONS.trained(3), "clothes")
    yield Row("lenet-5, 10 epochs", LENET.trained(10), "MNIST", 0.99)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", default="", help="rows with this in their name or data")
    options = parser.parse_args()
    known: dict[str, Images] = {}
    print(f"{'model':44}{'data':9}{'seeds':>6}{'mean':>7}{'std':>6}{'range':>14}{'goal':>7}")
    for row in rows():
        if options.only not in f"{row.name}, {row.data}":
            continue
        if row.data not in known:
            try:
                known[row.data] = load(row.data)
            except UserError as error:
                print(f"{row.name:44}{row.data:9}  left out: {error}")
                continue
        seeds = max(options.seeds, row.least_seeds)
        begin = time.perf_counter()
        with threadpool_limits(1):
            reached = 100 * np.array([row.train(known[row.data], seed) for seed in range(seeds)])
        spread = f"{reached.min():.2f}-{reached.max():.2f}"
        goal = "" if row.goal is None else f"{100 * row.goal:.1f}"
        print(
            f"{row.name:44}{row.data:9}{seeds:6}{reached.mean():7.2f}{reached.std(ddof=1):6.2f}"
            f"{spread:>14}{goal:>7}  {(time.perf_counter() - begin) / seeds:.0f} s each",
            flush=True,
        )


def load(name: str) -> Images:
    """Load the bundled digits or a full data set; what isn't for testing is for learning."""
    data = datasets.load(DATA.get(name, "mnist"), full=name in DATA)
    learn = np.concatenate([data.X_train, data.X_val]), np.concatenate([data.y_train, data.y_val])
    return Images(*_floats(*learn), *_floats(data.X_test, data.y_test))


def _floats(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return datasets.as_images(X).astype(np.float32), y.astype(np.int64)


if __name__ == "__main__":
    main()
