"""Referees of stage 1: definitions in plain Python, SciPy and scikit-learn."""

import tracemalloc
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from solutions import nearest_neighbors as nn

EUCLIDEAN = [nn.compute_distances, nn.compute_distances_one_loop, nn.compute_distances_vectorized]


def draw(N, N_train, D, seed=0):
    rng = np.random.default_rng(seed)
    return (
        rng.standard_normal((N, D)),
        rng.standard_normal((N_train, D)),
        rng.integers(0, 4, N_train),
    )


@st.composite
def whole_number_sets(draw):
    """Two sets of rows of small whole numbers, which are full of exact ties."""
    dim = draw(st.integers(1, 3))
    rows = st.integers(1, 8)
    small = st.integers(-2, 2).map(float)
    return tuple(draw(arrays(float, (draw(rows), dim), elements=small)) for _ in range(2))


@pytest.mark.parametrize("compute", [*EUCLIDEAN, nn.compute_distances_l1])
@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 5, 3), (4, 9, 50)])
def test_distances_are_those_of_scipy(compute, shape):
    distance = pytest.importorskip("scipy.spatial.distance", reason="SciPy is not installed")
    X, X_train, _ = draw(*shape)
    metric = "cityblock" if compute is nn.compute_distances_l1 else "euclidean"
    np.testing.assert_allclose(compute(X, X_train), distance.cdist(X, X_train, metric), atol=1e-7)


@given(whole_number_sets())
def test_on_whole_numbers_all_euclidean_distances_are_equal_to_the_last_bit(sets):
    X, X_train = sets
    expected = [[sum((a - b) ** 2) ** 0.5 for b in X_train] for a in X]
    for compute in EUCLIDEAN:
        np.testing.assert_array_equal(compute(X, X_train), expected)


@pytest.mark.parametrize("compute", [*EUCLIDEAN, nn.compute_distances_l1])
def test_bytes_do_not_wrap_around(compute):
    dark, bright = np.array([[3, 0]], np.uint8), np.array([[255, 0], [5, 0]], np.uint8)
    np.testing.assert_array_equal(compute(dark, bright), [[252, 2]])


@given(arrays(float, (6, 20), elements=st.floats(-1e6, 1e6)))
def test_vectorized_distances_of_equal_rows_are_never_nan(X):
    distances = nn.compute_distances_vectorized(X, X[::-1])
    assert not np.isnan(distances).any()
    np.testing.assert_allclose(distances, nn.compute_distances(X, X[::-1]), rtol=1e-6, atol=0.5)


def test_vectorized_distances_are_precise_far_from_the_origin():
    X, X_train, _ = draw(20, 30, 10)
    near = nn.compute_distances(X, X_train)
    np.testing.assert_allclose(nn.compute_distances_vectorized(X + 1e6, X_train + 1e6), near, 1e-6)


def test_vectorized_distances_make_no_array_of_all_pairs_and_all_pixels():
    X, X_train, _ = draw(100, 200, 500)
    tracemalloc.start()
    nn.compute_distances_vectorized(X, X_train)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * 200 * 500 * 8 / 10


@given(whole_number_sets())
def test_nearest_neighbor_is_the_first_of_the_nearest(sets):
    X, X_train = sets
    squares = [sum((X[0] - row) ** 2) for row in X_train]
    nearest = nn.nearest_neighbor(X[0], X_train)
    assert nearest == squares.index(min(squares))
    assert type(nearest) is int


@given(whole_number_sets(), st.data())
def test_votes_and_ties_are_those_of_the_rule_in_plain_python(sets, data):
    X, X_train = sets
    y_train = data.draw(arrays(int, len(X_train), elements=st.integers(0, 3)))
    k = data.draw(st.integers(1, len(X_train)))
    expected = []
    for x in X:
        order = sorted(range(len(X_train)), key=lambda j: (sum((x - X_train[j]) ** 2), j))
        votes = Counter(y_train[j] for j in order[:k])
        expected.append(min(votes, key=lambda label: (-votes[label], label)))
    np.testing.assert_array_equal(nn.predict_nn_labels(X, X_train, y_train, k), expected)


@pytest.mark.parametrize("k", [1, 2, 5, 60])
def test_labels_are_those_of_scikit_learn(k):
    neighbors = pytest.importorskip("sklearn.neighbors", reason="scikit-learn is not installed")
    X, X_train, y_train = draw(40, 60, 5)
    model = neighbors.KNeighborsClassifier(k, algorithm="brute").fit(X_train, y_train)
    np.testing.assert_array_equal(nn.predict_nn_labels(X, X_train, y_train, k), model.predict(X))


@pytest.mark.parametrize(
    ("y_pred", "expected"), [([0, 1, 2, 3], 1.0), ([0, 1, 3, 2], 0.5), ([1, 0, 3, 2], 0.0)]
)
def test_accuracy(y_pred, expected):
    assert nn.accuracy(np.array(y_pred), np.arange(4)) == expected


@pytest.mark.parametrize("num_folds", [2, 5])
def test_cross_validation_is_that_of_scikit_learn(num_folds):
    neighbors = pytest.importorskip("sklearn.neighbors", reason="scikit-learn is not installed")
    from sklearn.model_selection import KFold, cross_val_score

    _, X, y = draw(1, 33, 4)  # 33 rows: the folds differ in size
    accuracies = nn.cross_validate_k(X, y, [5, 1], num_folds)
    assert list(accuracies) == [5, 1]
    for k, values in accuracies.items():
        model = neighbors.KNeighborsClassifier(k, algorithm="brute")
        np.testing.assert_allclose(values, cross_val_score(model, X, y, cv=KFold(num_folds)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda X, y: nn.compute_distance(X[0], X[0, :1]), "shape"),
        (lambda X, y: nn.compute_distances_vectorized(X, X[:, 1:]), "shape"),
        (lambda X, y: nn.predict_nn_labels(X, X, y, k=0), "k must be"),
        (lambda X, y: nn.predict_nn_labels(X, X, y, k=11), "k must be"),
        (lambda X, y: nn.predict_nn_labels(X, X, y - 9), "negative"),
        (lambda X, y: nn.accuracy(y, y[:, np.newaxis]), "shape"),
        (lambda X, y: nn.cross_validate_k(X, y, [1], num_folds=1), "num_folds must be"),
        (lambda X, y: nn.cross_validate_k(X, y, [1], num_folds=11), "num_folds must be"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    _, X, y = draw(1, 10, 3)
    with pytest.raises(ValueError, match=message):
        call(X, y)
