"""Stage 1: nearest neighbours.

The simplest classifier has nothing to train: keep every labelled image, and give a new image the
label of the stored image that looks most like it. "Looks like" is a distance between rows of
pixels. You write that distance three times, first with two loops and last with none, because the
step from loops to matrix products is what makes every later stage fast enough to be of use. Then
you vote among the k nearest, measure the accuracy, and choose k by cross-validation.

Letters: N samples to classify, N_train stored samples, D numbers in each sample.
"""

import numpy as np


def compute_distance(a, b):
    """Compute the Euclidean distance between two vectors.

    Parameters
    ----------
    a : ndarray, shape (D,)
        First vector, of floats. (Images are loaded as bytes, ``uint8``: make floats of them
        first, since a difference of bytes wraps around.)
    b : ndarray, shape (D,)
        Second vector.

    Returns
    -------
    float
        The distance, never negative.

    Raises
    ------
    ValueError
        If the vectors differ in shape.

    Notes
    -----
    d(a, b) = sqrt(sum_i (a_i - b_i)^2)   (ROB 102 Project 4; CS231n notes, "Image Classification")
    """
    raise NotImplementedError("compute_distance: not implemented yet (stage 1, nearest_neighbors)")


def compute_distances(X, X_train):
    """Compute the Euclidean distance of each row to each stored row, with two loops.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Samples, one a row.
    X_train : ndarray, shape (N_train, D)
        Stored samples, one a row.

    Returns
    -------
    ndarray, shape (N, N_train)
        Entry (i, j) is the distance of ``X[i]`` and ``X_train[j]``.

    Notes
    -----
    This is the definition, written down: slow, and plainly right. Check the faster ones against it.
    """
    raise NotImplementedError("compute_distances: not implemented yet (stage 1, nearest_neighbors)")


def compute_distances_one_loop(X, X_train):
    """Compute the Euclidean distance of each row to each stored row, with one loop.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Samples, one a row. The one loop runs over these.
    X_train : ndarray, shape (N_train, D)
        Stored samples, one a row.

    Returns
    -------
    ndarray, shape (N, N_train)
        Entry (i, j) is the distance of ``X[i]`` and ``X_train[j]``.

    Notes
    -----
    Broadcasting takes one vector (D,) from every row of a matrix (N_train, D) in a single
    subtraction (CS231n Python/NumPy tutorial, "Broadcasting").
    """
    raise NotImplementedError("compute_distances_one_loop: not implemented yet (stage 1, nearest_neighbors)")


def compute_distances_vectorized(X, X_train):
    """Compute the Euclidean distance of each row to each stored row, without a loop.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Samples, one a row.
    X_train : ndarray, shape (N_train, D)
        Stored samples, one a row.

    Returns
    -------
    ndarray, shape (N, N_train)
        Entry (i, j) is the distance of ``X[i]`` and ``X_train[j]``. Never NaN.

    Notes
    -----
    Expand the square, and all N * N_train products become one matrix product
    (CS231n assignment 1, "k-Nearest Neighbor"):

    |a - b|^2 = |a|^2 - 2 a.b + |b|^2

    No array of shape (N, N_train, D) may be made: for 500 test and 5000 training images of
    CIFAR-10 it would take 60 GB.

    Large numbers that nearly cancel leave a rounding error, so the right-hand side of two equal
    rows may come out a little below zero, which has no square root.
    """
    raise NotImplementedError("compute_distances_vectorized: not implemented yet (stage 1, nearest_neighbors)")


def compute_distances_l1(X, X_train):
    """Compute the sum of absolute differences of each row to each stored row.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Samples, one a row.
    X_train : ndarray, shape (N_train, D)
        Stored samples, one a row.

    Returns
    -------
    ndarray, shape (N, N_train)
        Entry (i, j) is the L1 distance of ``X[i]`` and ``X_train[j]``.

    Notes
    -----
    d(a, b) = sum_i |a_i - b_i|   (CS231n notes, "Image Classification")

    Absolute values do not expand as squares do, so a loop over the rows of ``X`` is fine here.
    """
    raise NotImplementedError("compute_distances_l1: not implemented yet (stage 1, nearest_neighbors)")


def nearest_neighbor(x, X_train):
    """Find the stored row that is nearest to one sample.

    Parameters
    ----------
    x : ndarray, shape (D,)
        One sample.
    X_train : ndarray, shape (N_train, D)
        Stored samples, one a row.

    Returns
    -------
    int
        Index of the row of ``X_train`` at the smallest Euclidean distance; of equally near rows,
        the lowest index.
    """
    raise NotImplementedError("nearest_neighbor: not implemented yet (stage 1, nearest_neighbors)")


def predict_nn_labels(X, X_train, y_train, k=1):
    """Label each sample by a vote among its k nearest neighbours.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Samples to label.
    X_train : ndarray, shape (N_train, D)
        Stored samples.
    y_train : ndarray, shape (N_train,)
        Their integer labels, 0 to C - 1.
    k : int
        How many neighbours vote, 1 to N_train.

    Returns
    -------
    ndarray, shape (N,)
        For each sample, the most frequent label among the k nearest by Euclidean distance. Of
        equally near rows the lower index is nearer; of labels with equal votes the smaller wins.

    Raises
    ------
    ValueError
        If k is not between 1 and N_train, or a label is negative.
    """
    raise NotImplementedError("predict_nn_labels: not implemented yet (stage 1, nearest_neighbors)")


def accuracy(y_pred, y_true):
    """Compute the share of labels that are right.

    Parameters
    ----------
    y_pred : ndarray, shape (N,)
        Predicted labels.
    y_true : ndarray, shape (N,)
        True labels.

    Returns
    -------
    float
        Between 0 (none right) and 1 (all right).

    Raises
    ------
    ValueError
        If the two differ in shape.
    """
    raise NotImplementedError("accuracy: not implemented yet (stage 1, nearest_neighbors)")


def cross_validate_k(X, y, k_choices, num_folds=5):
    """Measure how well each k does, by cross-validation.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Training samples.
    y : ndarray, shape (N,)
        Their integer labels.
    k_choices : sequence of int
        The values of k to try.
    num_folds : int
        How many parts the data is cut into, 2 to N. The parts follow one another in the order of
        the rows, without shuffling, as ``numpy.array_split`` cuts them.

    Returns
    -------
    dict
        For each k a list of num_folds accuracies. Number f is reached when fold f is put aside
        to be predicted, and all the other folds, in order, are the stored samples.

    Raises
    ------
    ValueError
        If num_folds is not between 2 and N.

    Notes
    -----
    Each sample serves once for validation and never while it is stored, so the mean of a list is
    an honest estimate, and the test set stays untouched (CS231n notes, "Image Classification").
    """
    raise NotImplementedError("cross_validate_k: not implemented yet (stage 1, nearest_neighbors)")
