"""What `load` gives: one data set in three splits."""

from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np

from autograder.datasets.bundled import find_data, read_bundle
from autograder.datasets.catalog import source_of
from autograder.datasets.full import read_full
from autograder.errors import UserError

SPLITS = ("train", "val", "test")


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images and their classes, split for training, validation and the final test.

    Attributes
    ----------
    name : str
        The data set.
    class_names : tuple of str
        The name of class ``c`` is ``class_names[c]``.
    X_train, X_val, X_test : ndarray of uint8, shape (N, 28, 28)
        Images, from 0 (background) to 255.
    y_train, y_val, y_test : ndarray of uint8, shape (N,)
        Their classes, from 0 to 9.
    """

    name: str
    class_names: tuple[str, ...]
    X_train: np.ndarray
    y_train: np.ndarray
    X_val: np.ndarray
    y_val: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray

    def split(self, split: str) -> tuple[np.ndarray, np.ndarray]:
        """Give the images and the classes of ``train``, ``val`` or ``test``."""
        if split not in SPLITS:
            raise UserError(f"No split is called {split!r}: expected {', '.join(SPLITS)}.")
        return getattr(self, f"X_{split}"), getattr(self, f"y_{split}")


@overload
def load(
    name: str,
    split: None = None,
    full: bool = False,
    *,
    data: Path | str | None = None,
    cache: Path | str | None = None,
) -> Dataset: ...


@overload
def load(
    name: str,
    split: str,
    full: bool = False,
    *,
    data: Path | str | None = None,
    cache: Path | str | None = None,
) -> tuple[np.ndarray, np.ndarray]: ...


def load(
    name: str,
    split: str | None = None,
    full: bool = False,
    *,
    data: Path | str | None = None,
    cache: Path | str | None = None,
) -> Dataset | tuple[np.ndarray, np.ndarray]:
    """Load a data set; every byte is checked first.

    Parameters
    ----------
    name : str
        ``mnist`` or ``fashion_mnist``.
    split : str, optional
        ``train``, ``val`` or ``test``, to get only that split.
    full : bool
        False: the 10,000 examples that come with the kit, 7,000 / 1,000 / 2,000.
        True: all 70,000, 55,000 / 5,000 / 10,000, fetched before by ``autograder data fetch``.
    data : Path or str, optional
        The folder of the bundled data; see `autograder.datasets.bundled.find_data`.
    cache : Path or str, optional
        The cache folder of the full sets; see `autograder.datasets.full.full_folder`.

    Returns
    -------
    Dataset
        All splits, or with `split`
    X, y : ndarray of uint8, shapes (N, 28, 28) and (N,)
        The images and classes of that one.

    Raises
    ------
    UserError
        If the data aren't there or are damaged.

    Examples
    --------
    >>> mnist = load("mnist")
    >>> mnist.X_train.shape
    (7000, 28, 28)
    >>> X_test, y_test = load("fashion_mnist", "test")
    >>> y_test.shape
    (2000,)
    """
    known = source_of(name)
    arrays = read_full(name, cache) if full else read_bundle(name, find_data(data))
    dataset = Dataset(name=name, class_names=known.class_names, **arrays)
    return dataset if split is None else dataset.split(split)
