"""Stage 1 on real images: choose k, classify, look at the neighbours."""

import time
from types import ModuleType

import numpy as np

from autograder.datasets import Dataset
from autograder.training.examples import (
    Examples,
    Splits,
    as_rows,
    nearest_stored,
    one_of_each_class,
)
from autograder.training.loops import Counter, Progress, require, table_row
from autograder.training.result import Neighbors, NeighborsResult, Row, Shifts
from autograder.training.settings import NeighborsSettings

CALLED = ("predict_nn_labels", "compute_distances_vectorized", "cross_validate_k")
SHOWN = 4  # test images with a wrong answer, of different classes, and as many with a right one
SHOWN_NEIGHBORS = 6
LARGEST_SHIFT = 4


def train(
    functions: ModuleType, data: Dataset, settings: NeighborsSettings, progress: Progress
) -> NeighborsResult:
    """Choose k by cross-validation, and classify with it and with one other k.

    Cross-validation compares the k on part of the training images only, and training accuracy is
    that on the first of them: a table of distances takes time for each pair of images. The other
    k of the table is 1, or, if 1 is chosen, the best of the rest.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    data : Dataset
        Images and labels.
    settings : NeighborsSettings
        Sizes, and the k to choose from.
    progress : callable
        ``progress(done, total)``, in classified images.

    Returns
    -------
    NeighborsResult
    """
    started = time.perf_counter()
    require(functions, CALLED)
    splits = as_rows(data)
    memory = splits.train.first(settings.stored)
    queries = Splits(
        memory.first(settings.train_queries),
        splits.validation.first(settings.validation_queries),
        splits.test.first(settings.test_queries),
    )
    folds = splits.train.first(settings.fold_images)
    in_table = 2 * sum(len(examples.y) for examples in queries)
    counter = Counter(len(settings.k_choices) * len(folds.y) + in_table, progress)

    fold_accuracies: dict[int, list[float]] = {}
    for k in settings.k_choices:  # one call for each k, so that progress shows
        found = functions.cross_validate_k(folds.X, folds.y, [k], settings.num_folds)
        fold_accuracies[k] = [float(accuracy) for accuracy in found[k]]
        counter.advance(len(folds.y))
    ranked = sorted(fold_accuracies, key=lambda k: -float(np.mean(fold_accuracies[k])))
    best_k = ranked[0]
    other_k = 1 if best_k != 1 or len(ranked) == 1 else ranked[1]

    def classify(k: int, name: str) -> tuple[Row, np.ndarray]:
        def predict(X: np.ndarray) -> np.ndarray:
            labels = []
            for first in range(0, len(X), settings.batch):
                batch = X[first : first + settings.batch]
                labels.append(functions.predict_nn_labels(batch, memory.X, memory.y, k))
                counter.advance(len(batch))
            return np.concatenate(labels)

        return table_row(name, predict, queries)

    row, predictions = classify(best_k, f"k = {best_k}, chosen")
    other_row, _ = classify(other_k, f"k = {other_k}")
    shown = _some_wrong_some_right(predictions, queries.test.y)
    return NeighborsResult(
        stage="nearest_neighbors",
        data=data.name,
        class_names=data.class_names,
        settings=vars(settings).copy(),
        rows=(row, other_row),
        runs=(),
        params={},
        test_images=data.X_test[: len(queries.test.y)],
        test_labels=queries.test.y,
        predictions=predictions,
        best_k=best_k,
        fold_accuracies=fold_accuracies,
        neighbors=_neighbors(functions, data, queries.test, memory, shown),
        shifts=_shifts(functions, data, queries.test, memory, int(shown[-1])),
        seconds=time.perf_counter() - started,
    )


def _some_wrong_some_right(predictions: np.ndarray, labels: np.ndarray) -> np.ndarray:
    right = predictions == labels
    wrong_ones, right_ones = (
        np.sort(one_of_each_class(labels, wanted))[:SHOWN] for wanted in (~right, right)
    )
    return np.concatenate([wrong_ones, right_ones])


def _neighbors(
    functions: ModuleType, data: Dataset, test: Examples, memory: Examples, queries: np.ndarray
) -> Neighbors:
    distances = functions.compute_distances_vectorized(test.X[queries], memory.X)
    nearest = nearest_stored(distances, SHOWN_NEIGHBORS)
    return Neighbors(
        queries,
        data.X_train[nearest],
        memory.y[nearest],
        np.take_along_axis(distances, nearest, axis=1),
    )


def _shifts(
    functions: ModuleType, data: Dataset, test: Examples, memory: Examples, index: int
) -> Shifts:
    image = data.X_test[index]
    shifted = np.zeros((LARGEST_SHIFT + 1, *image.shape), dtype=image.dtype)
    for pixels in range(LARGEST_SHIFT + 1):
        shifted[pixels, :, pixels:] = image[:, : image.shape[1] - pixels]
    as_it_was = test.X[index][np.newaxis]
    rows = shifted.reshape(len(shifted), -1) / 255.0
    to_memory = functions.compute_distances_vectorized(as_it_was, memory.X)[0]
    own_class = memory.y == test.y[index]
    return Shifts(
        shifted,
        functions.compute_distances_vectorized(as_it_was, rows)[0],
        float(to_memory[own_class].min(initial=np.inf)),
        float(to_memory[~own_class].min(initial=np.inf)),
    )
