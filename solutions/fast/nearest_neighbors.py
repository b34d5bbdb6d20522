"""Stage 1 at speed: `predict_nn_labels_fast` answers as `predict_nn_labels` does.

Nearly all of the time goes into one matrix product. What makes it fast:

- Float32: processors multiply twice as many of them at once. Rounding could then choose wrong
  neighbours, so every sample whose k-th and (k+1)-th distances are closer than all rounding
  errors together has its candidates measured again, exactly (one sample in fifty or so).
- |a - b|^2 = |a|^2 - 2 a.b + |b|^2: |a|^2 is the same for all neighbours of a, and a root keeps
  the order, so both are left out.
- `CHUNK` samples at a time: enough for the matrix product, and the table of distances stays small.
- The k smallest of many numbers lie in the k groups that have the smallest minima. Minima of
  groups take one quick pass, and only k groups have to be partitioned.

Letters: N samples to classify, N_train stored samples, D numbers in each sample.
"""

import numpy as np

CHUNK = 512
ROUNDING = 2.0**-24  # of float32, half the distance from 1 to the next number


def predict_nn_labels_fast(X, X_train, y_train, k=1):
    """Label samples as `predict_nn_labels` does."""
    if not 1 <= k <= len(X_train):
        raise ValueError(f"k must be between 1 and {len(X_train)}, not {k}")
    y_train = np.asarray(y_train)
    if np.min(y_train) < 0:
        raise ValueError("labels must not be negative")
    num_classes = int(np.max(y_train)) + 1
    labels = [np.zeros(0, dtype=int)]
    for nearest in _nearest_of_chunks(np.asarray(X), np.asarray(X_train), k):
        rows = np.arange(len(nearest)).reshape(-1, 1)
        numbers = (rows * num_classes + y_train[nearest]).ravel()  # one number for row and label
        votes = np.bincount(numbers, minlength=len(nearest) * num_classes)
        # argmax takes the first of equals: the smaller label
        labels.append(votes.reshape(len(nearest), num_classes).argmax(axis=1))
    return np.concatenate(labels)


def _nearest_of_chunks(X, X_train, k):
    """Yield, chunk by chunk, the indices of the k nearest rows, in no order: (<= CHUNK, k)."""
    D = X.shape[1]
    stored = np.asarray(X_train, dtype=np.float32)
    squares = np.einsum("ij,ij->i", stored, stored)
    longest = np.sqrt(float(np.max(squares)))
    table = np.empty((min(CHUNK, len(X)), len(stored)), dtype=np.float32)
    for first in range(0, len(X), CHUNK):
        chunk = X[first : first + CHUNK]
        scaled = np.asarray(-2 * chunk.astype(float), dtype=np.float32)
        with np.errstate(over="ignore", invalid="ignore"):  # seen below, as numbers too close
            distances = np.matmul(scaled, stored.T, out=table[: len(chunk)])
            distances += squares
        nearest, kth, following = _smallest(distances, k)
        # A sum of D products errs by at most D roundings of sum |a_i b_i| <= |a| |b| (Higham 2002,
        # section 3.1); some more come from making float32 of the input, and from the last sum.
        lengths = np.linalg.norm(scaled.astype(float), axis=1)
        error = (D + 8) * ROUNDING * (lengths + longest) * longest
        for row in np.flatnonzero(~(following - kth > 2 * error)):  # a NaN counts as close, too
            candidates = np.flatnonzero(~(distances[row] > kth[row] + 2 * error[row]))
            difference = X_train[candidates].astype(float) - chunk[row]
            exact = np.einsum("ij,ij->i", difference, difference)
            nearest[row] = candidates[np.argsort(exact, kind="stable")[:k]]
        yield nearest


def _smallest(table, k):
    """Find the k smallest numbers of each row: their columns, the k-th, and the one that follows.

    With groups of s columns there are n/s minima and (k+1) s numbers to partition: least in all
    with s = sqrt(n / (k+1)). Group g holds the columns g, g + n/s, g + 2 n/s, ..., so that the
    minima of all groups are taken side by side.
    """
    n = table.shape[1]
    if k == n:
        columns = np.broadcast_to(np.arange(n), table.shape)
        return columns, np.max(table, axis=1), np.full(len(table), np.inf)
    size = int(np.sqrt(n / (k + 1)))
    groups = n // size
    minima = np.min(table[:, : size * groups].reshape(len(table), size, groups), axis=1)
    best = np.argpartition(minima, k, axis=1)[:, : k + 1]
    columns = best[:, :, np.newaxis] + groups * np.arange(size)
    ungrouped = np.broadcast_to(np.arange(size * groups, n), (len(table), n - size * groups))
    columns = np.hstack([columns.reshape(len(table), -1), ungrouped])
    numbers = np.take_along_axis(table, columns, axis=1)
    order = np.argpartition(numbers, (k - 1, k), axis=1)[:, : k + 1]
    columns = np.take_along_axis(columns, order, axis=1)
    numbers = np.take_along_axis(numbers, order, axis=1)
    return columns[:, :k], numbers[:, k - 1], numbers[:, k]
