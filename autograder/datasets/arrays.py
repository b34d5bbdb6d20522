"""From images of bytes to the arrays that the stages work on."""

import numpy as np


def flatten(X: np.ndarray) -> np.ndarray:
    """Turn images into rows.

    Parameters
    ----------
    X : ndarray of uint8, shape (N, H, W)
        Images, from 0 (background) to 255.

    Returns
    -------
    ndarray of float64, shape (N, D), D = H * W
        The same pixels, from 0 to 1.
    """
    return _scaled(X).reshape(len(X), -1)


def as_images(X: np.ndarray) -> np.ndarray:
    """Give images the channel that convolutions expect.

    Parameters
    ----------
    X : ndarray of uint8, shape (N, H, W)
        Images, from 0 (background) to 255.

    Returns
    -------
    ndarray of float64, shape (N, C, H, W), C = 1
        The same pixels, from 0 to 1.
    """
    return _scaled(X)[:, np.newaxis]


def centre(train: np.ndarray, *others: np.ndarray) -> tuple[np.ndarray, ...]:
    """Subtract the mean of the training examples from every array.

    The mean is that of `train` alone, for validation and test examples too: a model may know
    nothing about those, not even their mean.

    Parameters
    ----------
    train : ndarray of float, shape (N, ...)
        The training examples.
    *others : ndarray of float, shape (M, ...)
        More examples of the same shape, such as the validation and the test set.

    Returns
    -------
    tuple of ndarray
        The centred arrays, in the order given.
    """
    mean = train.mean(axis=0)
    return tuple(X - mean for X in (train, *others))


def _scaled(X: np.ndarray) -> np.ndarray:
    if X.dtype != np.uint8 or X.ndim != 3:
        raise ValueError(
            f"expected images as `load` gives them, uint8 with the shape (N, H, W); "
            f"got {X.dtype} with the shape {X.shape}"
        )
    return X / 255.0
