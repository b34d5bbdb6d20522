"""Known mistakes of stage 1: wrong versions of each function, as students write them.

A name is `<function>__<what>`; the docstring says what is wrong, and a hint leads on without the
code. Where the values are right, it names the one check that fails. A function here replaces that
of the reference, whose other functions it may call.
"""

import numpy as np

from solutions.nearest_neighbors import (
    accuracy,
    compute_distance,
    compute_distances,
    compute_distances_l1,
    nearest_neighbor,
    predict_nn_labels,
)


def compute_distance__no_root(a, b):
    """The squares are added up, but their root is not taken.

    Hint: The distance of (0, 0) and (3, 4) should be 5. What does yours give?
    """
    return float(np.sum((a - b) ** 2))


def compute_distance__root_before_sum(a, b):
    """The root is taken of each square, before the sum, which gives the L1 distance.

    Hint: In which order does the formula square, add up and take the root?
    """
    return float(np.sum(np.sqrt((a - b) ** 2)))


def compute_distance__square_of_sum(a, b):
    """The differences are added up first and squared afterwards, so that they cancel.

    Hint: Look at the brackets: what exactly is it that you square?
    """
    return float(np.sqrt(np.sum(a - b) ** 2))


def compute_distance__mean(a, b):
    """The squares are averaged in place of added up, so the distance shrinks with the dimension.

    Hint: Compare with the formula: is there a division by D in it?
    """
    return float(np.sqrt(np.mean((a - b) ** 2)))


def compute_distance__difference_of_lengths(a, b):
    """The lengths of the two vectors are compared, not the vectors.

    Hint: (1, 0) and (0, 1) are equally long. Are they at the same place?
    """
    return float(abs(np.linalg.norm(a) - np.linalg.norm(b)))


def compute_distance__array(a, b):
    """The result is an array of one number where a number is asked.

    Hint: Which argument of your sum keeps the axis that should vanish?
    """
    return np.sqrt(np.sum((a - b) ** 2, keepdims=True))


def compute_distance__changes_argument(a, b):
    """The difference is written into the first argument.

    Hint: `a -= b` changes the caller's array. Which way of writing it makes a new one?
    """
    a -= b
    return float(np.sqrt(np.sum(a**2)))


def compute_distance__rounded(a, b):
    """The distance is rounded.

    Hint: Rounding is for showing numbers; a function that others compute with should not round.
    """
    return round(float(np.sqrt(np.sum((a - b) ** 2))), 2)


def compute_distance__uint8(a, b):
    """The numbers are turned into bytes (uint8) first, as pixels often are, and wrap around.

    Hint: In uint8, 3 - 5 is 254, and 20 * 20 is 144. Which type must numbers have that you subtract?
    """
    return float(np.sqrt(np.sum((a.astype(np.uint8) - b.astype(np.uint8)) ** 2)))


def compute_distances__transposed(X, X_train):
    """Rows and columns of the table are swapped.

    Hint: Row i belongs to row i of X, so how many rows must the table have?
    """
    distances = np.zeros((len(X_train), len(X)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[j, i] = compute_distance(X[i], X_train[j])
    return distances


def compute_distances__square_table(X, X_train):
    """The table is as wide as it is high, whatever the number of stored rows.

    Hint: The two loops run over two arrays, whose lengths differ in general.
    """
    N = len(X)
    distances = np.zeros((N, N))
    for i in range(N):
        for j in range(min(N, len(X_train))):
            distances[i, j] = compute_distance(X[i], X_train[j])
    return distances


def compute_distances__among_samples(X, X_train):
    """The rows of X are compared with each other, not with the stored rows.

    Hint: Which array should the inner loop's index go into?
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = compute_distance(X[i], X[j % len(X)])
    return distances


def compute_distances__starts_at_one(X, X_train):
    """The loops begin at 1, as in Julia, so the first row and column stay 0.

    Hint: What is the index of the first row in Python?
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(1, len(X)):
        for j in range(1, len(X_train)):
            distances[i, j] = compute_distance(X[i], X_train[j])
    return distances


def compute_distances__upper_half(X, X_train):
    """Only the cells above the diagonal are computed and then mirrored, which suits X = X_train alone.

    Hint: Is the distance of X[0] and X_train[1] that of X[1] and X_train[0]?
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(i + 1, len(X_train)):
            distances[i, j] = compute_distance(X[i], X_train[j])
            if j < len(X) and i < len(X_train):
                distances[j, i] = distances[i, j]
    return distances


def compute_distances__whole_numbers(X, X_train):
    """The table holds whole numbers, so what stands behind the point is cut off.

    Hint: Which dtype does your empty table have, and what happens to 2.7 in it?
    """
    distances = np.zeros((len(X), len(X_train)), dtype=int)
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = compute_distance(X[i], X_train[j])
    return distances


def compute_distances__returns_too_early(X, X_train):
    """The table is returned after its first row.

    Hint: How far is the return indented, and so when does it run?
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = compute_distance(X[i], X_train[j])
        return distances
    return distances


def compute_distances__no_root(X, X_train):
    """The table holds squared distances.

    Hint: The formula has one more step after the sum.
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = np.sum((X[i] - X_train[j]) ** 2)
    return distances


def compute_distances__uint8(X, X_train):
    """The numbers are turned into bytes (uint8) first, as pixels often are, and wrap around.

    Hint: In uint8, 3 - 5 is 254, and 20 * 20 is 144. Which type must numbers have that you subtract?
    """
    X, X_train = X.astype(np.uint8), X_train.astype(np.uint8)
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            distances[i, j] = np.sqrt(np.sum((X[i] - X_train[j]) ** 2))
    return distances


def compute_distances_one_loop__wrong_axis(X, X_train):
    """The squares are added up over the stored rows, not over the D numbers of each.

    Hint: Which axis of an (N_train, D) array must vanish so that (N_train,) is left?
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        distances[i] = np.sqrt(np.sum((X_train - X[i]) ** 2, axis=0))
    return distances


def compute_distances_one_loop__no_axis(X, X_train):
    """All squares are added up into one number, which fills a whole row of the table.

    Hint: How many numbers should one turn of the loop give, and how many does your sum give?
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        distances[i] = np.sqrt(np.sum((X_train - X[i]) ** 2))
    return distances


def compute_distances_one_loop__no_root(X, X_train):
    """The table holds squared distances.

    Hint: The formula has one more step after the sum.
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        distances[i] = np.sum((X_train - X[i]) ** 2, axis=1)
    return distances


def compute_distances_one_loop__transposed(X, X_train):
    """The loop runs over the stored rows and fills rows, so the table is transposed.

    Hint: Which of the two arrays does row i of the table belong to?
    """
    distances = np.zeros((len(X_train), len(X)))
    for j in range(len(X_train)):
        distances[j] = np.sqrt(np.sum((X - X_train[j]) ** 2, axis=1))
    return distances


def compute_distances_one_loop__row_by_row(X, X_train):
    """Row i of X is compared with row i of X_train alone.

    Hint: One turn of the loop needs one row of X and all the stored rows.
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X)):
        distances[i] = np.sqrt(np.sum((X_train[i % len(X_train)] - X[i]) ** 2))
    return distances


def compute_distances_one_loop__changes_argument(X, X_train):
    """The differences are written into X_train, so the next turn starts from something else.

    Hint: `X_train -= x` changes the stored rows for good. Give the difference a name of its own.
    """
    distances = np.zeros((len(X), len(X_train)))
    for i, x in enumerate(X):
        X_train -= x
        distances[i] = np.sqrt(np.sum(X_train**2, axis=1))
    return distances


def compute_distances_one_loop__last_row_missing(X, X_train):
    """The loop stops one turn early, so the last row of the table stays 0.

    Hint: The end of a range is left out already.
    """
    distances = np.zeros((len(X), len(X_train)))
    for i in range(len(X) - 1):
        distances[i] = np.sqrt(np.sum((X_train - X[i]) ** 2, axis=1))
    return distances


def compute_distances_one_loop__two_loops(X, X_train):
    """There is a second loop, over the stored rows: plain, or hidden in a comprehension.

    Found by: loops

    Hint: What does NumPy make of a matrix (N_train, D) minus a vector (D,)?
    """
    distances = np.zeros((len(X), len(X_train)))
    for i, x in enumerate(X):
        distances[i] = [np.sqrt(np.sum((t - x) ** 2)) for t in X_train]
    return distances


def compute_distances_vectorized__loops(X, X_train):
    """A loop over the samples is left: plain, or hidden in a comprehension or np.apply_along_axis.

    Found by: loops

    Hint: Write out the square: which of its terms is a matrix product of the two arrays?
    """
    return np.apply_along_axis(lambda x: np.sqrt(np.sum((X_train - x) ** 2, axis=1)), 1, X)


def compute_distances_vectorized__differences_of_all_pairs(X, X_train):
    """The differences of all pairs are made at once, in an array of shape (N, N_train, D).

    Found by: memory

    Hint: Write out the square: then the sum over D is a matrix product, and no such array is needed.
    """
    return np.sqrt(np.sum((X[:, np.newaxis] - X_train) ** 2, axis=2))


def compute_distances_vectorized__unclipped(X, X_train):
    """Rounding leaves tiny negative numbers where rows are equal, and their root is NaN.

    Hint: Which is the smallest number that should be allowed under the root? After it is too late.
    """
    squares = np.sum(X**2, axis=1)[:, np.newaxis] + np.sum(X_train**2, axis=1)
    return np.sqrt(squares - 2 * X @ X_train.T)


def compute_distances_vectorized__plus_cross_term(X, X_train):
    """The mixed term is added, which gives the length of the sum in place of the difference.

    Hint: Write out (x - t)^2 for plain numbers: which sign does the mixed term have?
    """
    squares = np.sum(X**2, axis=1)[:, np.newaxis] + np.sum(X_train**2, axis=1)
    return np.sqrt(np.maximum(squares + 2 * X @ X_train.T, 0))


def compute_distances_vectorized__no_factor_two(X, X_train):
    """The mixed term is taken once in place of twice.

    Hint: Write out (x - t)^2 for plain numbers: how often does x t appear?
    """
    squares = np.sum(X**2, axis=1)[:, np.newaxis] + np.sum(X_train**2, axis=1)
    return np.sqrt(np.maximum(squares - X @ X_train.T, 0))


def compute_distances_vectorized__no_root(X, X_train):
    """The table holds squared distances.

    Hint: The formula has one more step at the end.
    """
    squares = np.sum(X**2, axis=1)[:, np.newaxis] + np.sum(X_train**2, axis=1)
    return np.maximum(squares - 2 * X @ X_train.T, 0)


def compute_distances_vectorized__term_missing(X, X_train):
    """The squared lengths of the stored rows are left out.

    Hint: The square of a difference has three terms. Which of them do you have?
    """
    squares = np.sum(X**2, axis=1)[:, np.newaxis]
    return np.sqrt(np.maximum(squares - 2 * X @ X_train.T, 0))


def compute_distances_vectorized__swapped_lengths(X, X_train):
    """The squared lengths of X go along the columns and those of X_train along the rows.

    Hint: Entry (i, j) needs the length of row i of X. Should those lengths be a column or a row?
    """
    squares = np.sum(X**2, axis=1) + np.sum(X_train**2, axis=1)[:, np.newaxis]
    return np.sqrt(np.maximum(squares - 2 * X @ X_train.T, 0))


def compute_distances_vectorized__wrong_axis(X, X_train):
    """The squares are added up over the samples, not over the D numbers of each.

    Hint: The squared length of every row: how many numbers are these, and over which axis?
    """
    squares = np.sum(X**2, axis=0)[:, np.newaxis] + np.sum(X_train**2, axis=0)
    return np.sqrt(np.maximum(squares - 2 * X @ X_train.T, 0))


def compute_distances_vectorized__one_total(X, X_train):
    """The squares are added up over all rows at once, so each pair gets the same two terms.

    Hint: A sum without an axis is one number. How many squared lengths are there?
    """
    squares = np.sum(X**2) + np.sum(X_train**2)
    return np.sqrt(np.maximum(squares - 2 * X @ X_train.T, 0))


def compute_distances_vectorized__transposed(X, X_train):
    """Rows and columns of the table are swapped.

    Hint: The shape should be (N, N_train). Which matrix product has that shape?
    """
    squares = np.sum(X_train**2, axis=1)[:, np.newaxis] + np.sum(X**2, axis=1)
    return np.sqrt(np.maximum(squares - 2 * X_train @ X.T, 0))


def compute_distances_vectorized__single_precision(X, X_train):
    """The numbers are turned into float32, so float64 arguments lose half their digits.

    Hint: float64 in should give float64 out: is the conversion needed?
    """
    X, X_train = X.astype(np.float32), X_train.astype(np.float32)
    squares = np.sum(X**2, axis=1)[:, np.newaxis] + np.sum(X_train**2, axis=1)
    return np.sqrt(np.maximum(squares - 2 * X @ X_train.T, 0))


def compute_distances_vectorized__padded_root(X, X_train):
    """Something is added under the root to keep it from failing, so equal rows are not at 0.

    Hint: Cutting off what is negative changes nothing else; adding a number changes everything.
    """
    squares = np.sum(X**2, axis=1)[:, np.newaxis] + np.sum(X_train**2, axis=1)
    return np.sqrt(np.maximum(squares - 2 * X @ X_train.T, 0) + 1e-5)


def compute_distances_l1__euclidean(X, X_train):
    """The distance is the Euclidean one once more.

    Hint: (0, 0) and (3, -4) are 7 apart in the L1 distance.
    """
    return compute_distances(X, X_train)


def compute_distances_l1__no_absolute_value(X, X_train):
    """The differences are added up with their signs, so that they cancel.

    Hint: Can a distance be negative?
    """
    return np.array([np.sum(X_train - x, axis=1) for x in X])


def compute_distances_l1__absolute_value_of_sum(X, X_train):
    """The absolute value is taken after the sum, when the differences have cancelled.

    Hint: Which comes first in the formula, the sum or the bars?
    """
    return np.array([np.abs(np.sum(X_train - x, axis=1)) for x in X])


def compute_distances_l1__mean(X, X_train):
    """The absolute differences are averaged in place of added up.

    Hint: Compare with the formula: is there a division by D in it?
    """
    return np.array([np.mean(np.abs(X_train - x), axis=1) for x in X])


def compute_distances_l1__largest(X, X_train):
    """The largest absolute difference is taken in place of their sum.

    Hint: What happens to the other entries of the two rows?
    """
    return np.array([np.max(np.abs(X_train - x), axis=1) for x in X])


def compute_distances_l1__root(X, X_train):
    """A root is taken at the end, which only the Euclidean distance has.

    Hint: Nothing was squared here. Is there anything for a root to undo?
    """
    return np.sqrt(np.array([np.sum(np.abs(X_train - x), axis=1) for x in X]))


def compute_distances_l1__transposed(X, X_train):
    """Rows and columns of the table are swapped.

    Hint: Row i belongs to row i of X, so how many rows must the table have?
    """
    return np.array([np.sum(np.abs(X - row), axis=1) for row in X_train])


def nearest_neighbor__distance(x, X_train):
    """The smallest distance is returned, not the place where it is.

    Hint: NumPy has one function for the smallest value and another one for its place.
    """
    return float(np.min([compute_distance(x, row) for row in X_train]))


def nearest_neighbor__farthest(x, X_train):
    """The farthest row is found in place of the nearest.

    Hint: Is the best match at the largest distance or at the smallest?
    """
    return int(np.argmax([compute_distance(x, row) for row in X_train]))


def nearest_neighbor__last_of_equals(x, X_train):
    """Of equally near rows the last one is taken.

    Hint: Should a row that is exactly as near as the best so far replace it?
    """
    best, smallest = 0, np.inf
    for i, row in enumerate(X_train):
        if compute_distance(x, row) <= smallest:
            best, smallest = i, compute_distance(x, row)
    return best


def nearest_neighbor__l1(x, X_train):
    """The nearest row is found by the L1 distance.

    Hint: The task names the Euclidean distance, and the two don't always agree on who is nearest.
    """
    return int(np.argmin(np.sum(np.abs(X_train - x), axis=1)))


def nearest_neighbor__largest_difference(x, X_train):
    """Rows are compared by their largest difference alone.

    Hint: Every entry of a row counts in the Euclidean distance.
    """
    return int(np.argmin(np.max(np.abs(X_train - x), axis=1)))


def nearest_neighbor__dot_product(x, X_train):
    """The row with the largest dot product is found; that favours long rows, not near ones.

    Hint: Which row is nearest to x if x itself is stored, beside a row twice as long?
    """
    return int(np.argmax(X_train @ x))


def nearest_neighbor__row(x, X_train):
    """The nearest row itself is returned, not its index.

    Hint: What is asked is where the row stands in X_train.
    """
    return X_train[np.argmin([compute_distance(x, row) for row in X_train])].copy()


def nearest_neighbor__counts_from_one(x, X_train):
    """The index counts from 1, as in Julia.

    Hint: What is the index of the first row in Python?
    """
    return int(np.argmin([compute_distance(x, row) for row in X_train])) + 1


def nearest_neighbor__flat_index(x, X_train):
    """The place of the smallest single difference is found, in the table of all differences.

    Hint: Before you look for the smallest, there should be one number for each row.
    """
    return int(np.argmin((X_train - x) ** 2))


def nearest_neighbor__float(x, X_train):
    """The index is a float.

    Hint: An index has to be a whole number, or it can't be used to look anything up.
    """
    return float(np.argmin([compute_distance(x, row) for row in X_train]))


def predict_nn_labels__ignores_k(X, X_train, y_train, k=1):
    """Only the nearest row is asked, whatever k is.

    Hint: Where does k enter your function?
    """
    return np.array([y_train[nearest_neighbor(x, X_train)] for x in X])


def predict_nn_labels__default_k(X, X_train, y_train, k=3):
    """The default of k is 3 in place of 1.

    Hint: Compare the first line of your function with the stub.
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.bincount(y_train[row[:k]]).argmax() for row in order])


def predict_nn_labels__index(X, X_train, y_train, k=1):
    """The index of the nearest row is returned, not its label.

    Hint: An index is a place in X_train. What does y_train say at that place?
    """
    return np.array([nearest_neighbor(x, X_train) for x in X])


def predict_nn_labels__votes_of_indices(X, X_train, y_train, k=1):
    """The neighbours vote with their indices, not with their labels.

    Hint: An index is a place in X_train. What does y_train say at that place?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.bincount(row[:k]).argmax() for row in order])


def predict_nn_labels__largest_label(X, X_train, y_train, k=1):
    """Of labels with equally many votes the largest wins.

    Hint: Which of two equal maxima does your search find, the first or the last?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    votes = [np.bincount(y_train[row[:k]]) for row in order]
    return np.array([len(count) - 1 - np.argmax(count[::-1]) for count in votes])


def predict_nn_labels__first_voter(X, X_train, y_train, k=1):
    """Of labels with equally many votes the one of the nearest neighbour wins.

    Hint: Counter.most_common goes by what it saw first. What does the rule on ties say?
    """
    from collections import Counter

    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([Counter(y_train[row[:k]].tolist()).most_common(1)[0][0] for row in order])


def predict_nn_labels__unstable_sort(X, X_train, y_train, k=1):
    """The sort leaves equally near rows in any order, not by index.

    Twin: partition

    Hint: Not every kind of sort keeps equals in order: read on `kind` in NumPy's documentation.
    """
    order = np.argsort(compute_distances(X, X_train), axis=1)
    return np.array([np.bincount(y_train[row[:k]]).argmax() for row in order])


def predict_nn_labels__partition(X, X_train, y_train, k=1):
    """A partition chooses k rows, but among equally near ones not those of the lowest index.

    Twin: unstable_sort

    Hint: The k smallest are not always determined by distance alone. What decides then?
    """
    nearest = np.argpartition(compute_distances(X, X_train), k - 1, axis=1)[:, :k]
    return np.array([np.bincount(y_train[row]).argmax() for row in nearest])


def predict_nn_labels__highest_index(X, X_train, y_train, k=1):
    """Of equally near rows those with the highest index are taken.

    Hint: A list that was sorted and then reversed has its equals in reverse, too.
    """
    order = np.argsort(-compute_distances(X, X_train), axis=1, kind="stable")[:, ::-1]
    return np.array([np.bincount(y_train[row[:k]]).argmax() for row in order])


def predict_nn_labels__farthest(X, X_train, y_train, k=1):
    """The k farthest rows vote.

    Hint: At which end of the sorted distances are the near ones?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.bincount(y_train[row[-k:]]).argmax() for row in order])


def predict_nn_labels__farthest_by_index(X, X_train, y_train, k=1):
    """The k farthest rows vote.

    Hint: At which end of the sorted distances are the near ones?
    """
    order = np.argsort(-compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.bincount(y_train[row[:k]]).argmax() for row in order])


def predict_nn_labels__skips_nearest(X, X_train, y_train, k=1):
    """The nearest row is left out, as if it were the sample itself.

    Hint: The samples are new: none of the stored rows is there because of them.
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.bincount(y_train[row[1 : k + 1]], minlength=1).argmax() for row in order])


def predict_nn_labels__one_more(X, X_train, y_train, k=1):
    """One neighbour more than k has a vote.

    Hint: The end of a slice is left out already: how long is row[:k]?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.bincount(y_train[row[: k + 1]]).argmax() for row in order])


def predict_nn_labels__mean_label(X, X_train, y_train, k=1):
    """The labels of the neighbours are averaged, though labels are names and not amounts.

    Hint: Two neighbours say 0 and one says 9. Is 3 a sensible prediction?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.rint([np.mean(y_train[row[:k]]) for row in order]).astype(int)


def predict_nn_labels__median_label(X, X_train, y_train, k=1):
    """The median of the neighbours' labels is taken, though labels have no order.

    Hint: Votes 0, 0, 1, 2, 2, 2, 1: which label has the most, and which is in the middle?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.sort(y_train[row[:k]])[(k - 1) // 2] for row in order])


def predict_nn_labels__floats(X, X_train, y_train, k=1):
    """The labels come out as floats.

    Hint: What is the dtype of an array that np.zeros makes if you say nothing?
    """
    predicted = np.zeros(len(X))
    for i, row in enumerate(np.argsort(compute_distances(X, X_train), axis=1, kind="stable")):
        predicted[i] = np.bincount(y_train[row[:k]]).argmax()
    return predicted


def predict_nn_labels__column(X, X_train, y_train, k=1):
    """The labels come out as a column of shape (N, 1).

    Hint: One axis too many: where does it come from?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([[np.bincount(y_train[row[:k]]).argmax()] for row in order])


def predict_nn_labels__place_of_label(X, X_train, y_train, k=1):
    """The place of the winner among the labels that occur is returned, not the label itself.

    Hint: np.unique returns the labels and their counts. Which of the two does argmax index?
    """
    order = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    return np.array([np.unique(y_train[row[:k]], return_counts=True)[1].argmax() for row in order])


def predict_nn_labels__l1(X, X_train, y_train, k=1):
    """The neighbours are found by the L1 distance.

    Hint: The task names the Euclidean distance, and the two don't always agree on who is near.
    """
    order = np.argsort(compute_distances_l1(X, X_train), axis=1, kind="stable")
    return np.array([np.bincount(y_train[row[:k]]).argmax() for row in order])


def predict_nn_labels__weighted_votes(X, X_train, y_train, k=1):
    """Near neighbours have more weight in the vote, though each should have one vote.

    Hint: The rule counts heads; distance only decides who may vote.
    """
    distances = compute_distances(X, X_train)
    order = np.argsort(distances, axis=1, kind="stable")[:, :k]
    weights = 1 / (np.take_along_axis(distances, order, axis=1) + 1e-9)
    return np.array(
        [np.bincount(y_train[o], weights=w).argmax() for o, w in zip(order, weights, strict=True)]
    )


def predict_nn_labels__wrong_axis(X, X_train, y_train, k=1):
    """The table of distances is sorted along its columns, so samples are ranked, not stored rows.

    Hint: For one sample, along which axis do its distances lie?
    """
    order = np.argsort(compute_distances(X, X_train), axis=0, kind="stable")
    return np.array([np.bincount(y_train[row[:k]]).argmax() for row in order])


def accuracy__count(y_pred, y_true):
    """The right labels are counted, but not divided by their number.

    Hint: How large can an accuracy be?
    """
    return float(np.sum(y_pred == y_true))


def accuracy__percent(y_pred, y_true):
    """The share is given in percent.

    Hint: All right should give 1.
    """
    return 100 * float(np.mean(y_pred == y_true))


def accuracy__error_rate(y_pred, y_true):
    """The share of wrong labels is returned.

    Hint: All right should give 1.
    """
    return float(np.mean(y_pred != y_true))


def accuracy__whole_division(y_pred, y_true):
    """The division is one of whole numbers, so anything less than all right gives 0.

    Twin: all_or_nothing

    Hint: What is 2 // 3 in Python, and what is 2 / 3?
    """
    return float(np.sum(y_pred == y_true) // len(y_true))


def accuracy__all_or_nothing(y_pred, y_true):
    """The arrays are compared as a whole, so the result is only ever 0 or 1.

    Twin: whole_division

    Hint: How many entries of the two arrays agree, and out of how many?
    """
    return float(np.array_equal(y_pred, y_true))


def accuracy__membership(y_pred, y_true):
    """A label counts as right if it stands anywhere among the true ones.

    Hint: Prediction i has to be compared with label i alone.
    """
    return float(np.mean(np.isin(y_pred, y_true)))


def accuracy__closeness(y_pred, y_true):
    """Labels that are near each other count as nearly right, though labels are only names.

    Hint: A 3 that was taken for a 4 is as wrong as a 3 that was taken for a 9.
    """
    return 1 - float(np.mean(np.abs(y_pred - y_true))) / max(1, int(np.max(y_true)))


def accuracy__rounded(y_pred, y_true):
    """The share is rounded.

    Hint: Rounding is for showing numbers; a function that others compute with should not round.
    """
    return round(float(np.mean(y_pred == y_true)), 1)


def cross_validate_k__mean(X, y, k_choices, num_folds=5):
    """Each k has the mean of its accuracies, where the list of them is asked.

    Hint: The spread over the folds is worth knowing too, so keep all num_folds numbers.
    """
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    results = {k: [] for k in k_choices}
    for f in range(num_folds):
        X_rest = np.concatenate(X_folds[:f] + X_folds[f + 1 :])
        y_rest = np.concatenate(y_folds[:f] + y_folds[f + 1 :])
        for k in k_choices:
            found = predict_nn_labels(X_folds[f], X_rest, y_rest, k)
            results[k].append(accuracy(found, y_folds[f]))
    return {k: float(np.mean(scores)) for k, scores in results.items()}


def cross_validate_k__shuffled(X, y, k_choices, num_folds=5):
    """The rows are shuffled before they are cut into folds.

    Hint: The folds should follow one another in the order of the rows.
    """
    order = np.random.default_rng(0).permutation(len(X))
    X_folds, y_folds = np.array_split(X[order], num_folds), np.array_split(y[order], num_folds)
    results = {k: [] for k in k_choices}
    for f in range(num_folds):
        X_rest = np.concatenate(X_folds[:f] + X_folds[f + 1 :])
        y_rest = np.concatenate(y_folds[:f] + y_folds[f + 1 :])
        for k in k_choices:
            found = predict_nn_labels(X_folds[f], X_rest, y_rest, k)
            results[k].append(accuracy(found, y_folds[f]))
    return results


def cross_validate_k__fold_in_memory(X, y, k_choices, num_folds=5):
    """The fold in question stays in the memory, so each of its samples finds itself.

    Hint: With k = 1, are all your accuracies 1? Which rows should be missing from the memory?
    """
    folds = zip(np.array_split(X, num_folds), np.array_split(y, num_folds), strict=True)
    folds = list(folds)
    return {
        k: [accuracy(predict_nn_labels(X_f, X, y, k), y_f) for X_f, y_f in folds] for k in k_choices
    }


def cross_validate_k__roles_swapped(X, y, k_choices, num_folds=5):
    """One fold is the memory and all others are the questions: the roles are swapped.

    Hint: Which should be larger, the memory or the set of questions?
    """
    results = {k: [] for k in k_choices}
    for rows in np.array_split(np.arange(len(X)), num_folds):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rest], X[rows], y[rows], min(k, len(rows)))
            results[k].append(accuracy(found, y[rest]))
    return results


def cross_validate_k__judged_on_memory(X, y, k_choices, num_folds=5):
    """The accuracy is that on the memory, not on the fold that was put aside.

    Hint: Which rows does the method not know yet? Only these can test it.
    """
    results = {k: [] for k in k_choices}
    for rows in np.array_split(np.arange(len(X)), num_folds):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rest], X[rest], y[rest], k)
            results[k].append(accuracy(found, y[rest]))
    return results


def cross_validate_k__neighbouring_fold(X, y, k_choices, num_folds=5):
    """Only the next fold is the memory, in place of all the other folds together.

    Hint: How many of the folds should each turn make use of?
    """
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    results = {k: [] for k in k_choices}
    for f in range(num_folds):
        X_next, y_next = X_folds[f - 1], y_folds[f - 1]
        for k in k_choices:
            found = predict_nn_labels(X_folds[f], X_next, y_next, min(k, len(X_next)))
            results[k].append(accuracy(found, y_folds[f]))
    return results


def cross_validate_k__rest_dropped(X, y, k_choices, num_folds=5):
    """All folds are equally long, so the last rows are in none of them.

    Hint: 23 rows in 5 folds: which lengths does numpy.array_split choose?
    """
    size = len(X) // num_folds
    results = {k: [] for k in k_choices}
    for f in range(num_folds):
        rows = np.arange(f * size, (f + 1) * size)
        rest = np.setdiff1d(np.arange(size * num_folds), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rows], X[rest], y[rest], k)
            results[k].append(accuracy(found, y[rows]))
    return results


def cross_validate_k__every_other_row(X, y, k_choices, num_folds=5):
    """The rows are dealt out to the folds in turn, like cards, not cut into blocks.

    Hint: Fold 0 should hold the first rows, all of them neighbours.
    """
    results = {k: [] for k in k_choices}
    for f in range(num_folds):
        rows = np.arange(f, len(X), num_folds)
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rows], X[rest], y[rest], k)
            results[k].append(accuracy(found, y[rows]))
    return results


def cross_validate_k__five_folds(X, y, k_choices, num_folds=5):
    """There are always five folds, whatever num_folds says.

    Hint: Where does num_folds enter your function?
    """
    results = {k: [] for k in k_choices}
    for rows in np.array_split(np.arange(len(X)), 5):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rows], X[rest], y[rest], k)
            results[k].append(accuracy(found, y[rows]))
    return results


def cross_validate_k__default_folds(X, y, k_choices, num_folds=10):
    """The default of num_folds is 10 in place of 5.

    Hint: Compare the first line of your function with the stub.
    """
    results = {k: [] for k in k_choices}
    for rows in np.array_split(np.arange(len(X)), num_folds):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rows], X[rest], y[rest], k)
            results[k].append(accuracy(found, y[rows]))
    return results


def cross_validate_k__shared_list(X, y, k_choices, num_folds=5):
    """All values of k share one list, so each list holds the accuracies of them all.

    Hint: Are the lists of two different k the same object? How often is a new list made?
    """
    accuracies = []
    results = dict.fromkeys(k_choices, accuracies)
    for rows in np.array_split(np.arange(len(X)), num_folds):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rows], X[rest], y[rest], k)
            results[k].append(accuracy(found, y[rows]))
    return results


def cross_validate_k__ignores_k(X, y, k_choices, num_folds=5):
    """The prediction is not told k, so one neighbour decides for every k.

    Hint: Do the lists of different k come out all the same?
    """
    results = {k: [] for k in k_choices}
    for rows in np.array_split(np.arange(len(X)), num_folds):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rows], X[rest], y[rest])
            results[k].append(accuracy(found, y[rows]))
    return results


def cross_validate_k__errors(X, y, k_choices, num_folds=5):
    """The lists hold the shares of wrong labels.

    Hint: Is the best k the one with the highest numbers in its list?
    """
    results = {k: [] for k in k_choices}
    for rows in np.array_split(np.arange(len(X)), num_folds):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        for k in k_choices:
            found = predict_nn_labels(X[rows], X[rest], y[rest], k)
            results[k].append(1 - accuracy(found, y[rows]))
    return results


def cross_validate_k__by_fold(X, y, k_choices, num_folds=5):
    """The dict has a key for each fold, where it should have one for each k.

    Hint: What is compared here, folds or values of k?
    """
    results = {}
    for f, rows in enumerate(np.array_split(np.arange(len(X)), num_folds)):
        rest = np.setdiff1d(np.arange(len(X)), rows)
        results[f] = [
            accuracy(predict_nn_labels(X[rows], X[rest], y[rest], k), y[rows]) for k in k_choices
        ]
    return results


def cross_validate_k__last_fold_only(X, y, k_choices, num_folds=5):
    """Only the last fold is ever put aside, so each list holds one accuracy.

    Hint: How many accuracies should each k have?
    """
    rest, rows = np.split(np.arange(len(X)), [len(X) - len(X) // num_folds])
    return {
        k: [accuracy(predict_nn_labels(X[rows], X[rest], y[rest], k), y[rows])] for k in k_choices
    }
