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
    ### BEGIN SOLUTION
    a = np.asarray(a, dtype=float)  # bytes would wrap around: 3 - 5 is 254 in uint8
    b = np.asarray(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError(f"the vectors differ in shape: {a.shape} and {b.shape}")
    return float(np.sqrt(np.sum((a - b) ** 2)))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = compute_distance(X[i], X_train[j])
    return distances
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    X_train = np.asarray(X_train, dtype=float)
    distances = np.zeros((len(X), len(X_train)))
    for i, x in enumerate(X):
        distances[i] = np.sqrt(np.sum((X_train - x) ** 2, axis=1))
    return distances
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    # Distances stay the same when every point is moved alike, but the squares get smaller, and
    # with them the rounding error. A training row as the origin keeps whole numbers whole.
    origin = np.asarray(X_train[0], dtype=float)
    X = X - origin
    X_train = X_train - origin
    squares = np.sum(X**2, axis=1)[:, np.newaxis]
    squares_train = np.sum(X_train**2, axis=1)
    squared_distances = squares - 2 * X @ X_train.T + squares_train
    return np.sqrt(np.maximum(squared_distances, 0))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    X_train = np.asarray(X_train, dtype=float)
    distances = np.zeros((len(X), len(X_train)))
    for i, x in enumerate(X):
        distances[i] = np.sum(np.abs(X_train - x), axis=1)
    return distances
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    distances = [compute_distance(x, row) for row in X_train]
    return int(np.argmin(distances))  # argmin takes the first of equals
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    if not 1 <= k <= len(X_train):
        raise ValueError(f"k must be between 1 and {len(X_train)}, not {k}")
    distances = compute_distances_vectorized(X, X_train)
    order = np.argsort(distances, axis=1, kind="stable")  # stable: equals stay in index order
    votes = np.asarray(y_train)[order[:, :k]]
    # argmax takes the first of equals: the smaller label
    return np.array([np.bincount(labels).argmax() for labels in votes])
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    if np.shape(y_pred) != np.shape(y_true):
        raise ValueError(f"the labels differ in shape: {np.shape(y_pred)} and {np.shape(y_true)}")
    return float(np.mean(np.equal(y_pred, y_true)))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    if not 2 <= num_folds <= len(X):
        raise ValueError(f"num_folds must be between 2 and {len(X)}, not {num_folds}")
    X_folds = np.array_split(X, num_folds)
    y_folds = np.array_split(y, num_folds)
    accuracies = {k: [] for k in k_choices}
    for fold in range(num_folds):
        X_rest = np.concatenate(X_folds[:fold] + X_folds[fold + 1 :])
        y_rest = np.concatenate(y_folds[:fold] + y_folds[fold + 1 :])
        for k in accuracies:
            y_pred = predict_nn_labels(X_folds[fold], X_rest, y_rest, k)
            accuracies[k].append(accuracy(y_pred, y_folds[fold]))
    return accuracies
    ### END SOLUTION
