"""Checks of stage 1, nearest neighbours."""

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from autograder import datasets
from autograder.checks.base import Expected, FunctionChecks, StudentLike, fixed
from autograder.checks.call import Call, call
from autograder.checks.compare import CheckFailed
from autograder.checks.gallery import misread, pictured, share_right
from autograder.checks.inputs import (
    blobs,
    labels,
    new_digits,
    normal,
    real_digits,
    up_to,
    whole,
)
from autograder.checks.learning import most_are_right
from autograder.checks.vectorized import VectorizedChecks
from autograder.evidence import Gallery

SIZES = ((2, 3, 2), (3, 2, 4), (1, 5, 3), (4, 1, 3), (3, 4, 1), (3, 3, 3))  # N, N_train, D
# |a|² - 2ab + |b|² is a right formula, and loses half the digits where a and b nearly agree.
DISTANCE = 1e-6
DISTANCE32 = 1e-3
MEGABYTE = 10**6


class TestComputeDistance(FunctionChecks):
    """compute_distance(a, b) -> float."""

    function = "compute_distance"
    returns = "the distance"
    tolerance = DISTANCE
    tolerance32 = DISTANCE32
    small = up_to(3)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call("compute_distance", a=normal(rng, *sizes), b=normal(rng, *sizes))

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        yield call("compute_distance", a=np.array([20.0]), b=np.array([0.0]))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield call("compute_distance", a=whole(rng, 2), b=whole(rng, 2, low=3, high=5))
        for D in (3, 2, 10):
            yield self.draw(rng, D)
        a = whole(rng, 3)
        yield call("compute_distance", a=a, b=a.copy())
        yield call("compute_distance", a=a[:1], b=a[:1] + 3)
        yield call("compute_distance", a=np.zeros(4), b=whole(rng, 4))
        yield call("compute_distance", a=255 * rng.random(30), b=255 * rng.random(30))


class _TableChecks(FunctionChecks):
    returns = "the table"
    small = up_to(2, 3, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, N_train, D = sizes
        return self.table(normal(rng, N, D), normal(rng, N_train, D))

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        yield self.table(np.array([[20.0]]), np.array([[0.0]]))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield self.table(whole(rng, 1, 2), whole(rng, 2, 2, low=3, high=5))
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        X = whole(rng, 4, 3)
        yield self.table(X, X[::-1].copy())  # equal rows; exactly so in every formula
        yield self.table(np.zeros((2, 3)), X)
        yield self.table(255 * rng.random((4, 20)), 255 * rng.random((6, 20)))

    def table(self, X: np.ndarray, X_train: np.ndarray) -> Call:
        return call(self.function, X=X, X_train=X_train)


class _EuclideanTableChecks(_TableChecks):
    tolerance = DISTANCE
    tolerance32 = DISTANCE32


class _VectorizedTableChecks(VectorizedChecks, _EuclideanTableChecks):
    sizes: ClassVar = {"N": 6, "M": 7}  # M = N_train

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.table(normal(rng, sizes["N"], 4), normal(rng, sizes["M"], 4))


class TestComputeDistances(_EuclideanTableChecks):
    """compute_distances(X, X_train) -> (N, N_train)."""

    function = "compute_distances"


class TestComputeDistancesOneLoop(_VectorizedTableChecks):
    """compute_distances_one_loop(X, X_train) -> (N, N_train)."""

    function = "compute_distances_one_loop"
    loops_allowed = 1  # over the rows of X, or over those of X_train


class TestComputeDistancesVectorized(_VectorizedTableChecks):
    """compute_distances_vectorized(X, X_train) -> (N, N_train)."""

    function = "compute_distances_vectorized"

    def test_equal_rows(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Equal rows are at distance 0, whatever was rounded on the way: not at NaN."""
        for N, D in ((40, 30), (60, 7)):
            X = normal(rng, N, D)
            equal = self.table(X, X.copy())
            want = expected(equal).copy()
            np.fill_diagonal(want, 0)  # the reference rounds, too
            self.agree(equal, student(equal), want)

    def test_memory(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """No array of shape (N, N_train, D) is made: memory holds tables and no more."""
        N, N_train, D = 60, 70, 80
        large = self.table(normal(rng, N, D), normal(rng, N_train, D))
        answer = student.measure(large)
        self.agree(large, answer.value, expected(large))
        enough = 2 * N * N_train * D  # half of such an array in float32, or twenty tables
        if answer.peak_bytes > enough:
            raise CheckFailed(
                f"{large}: {answer.peak_bytes / MEGABYTE:.1f} MB of memory were used, where "
                f"{enough / MEGABYTE:.1f} MB would do. The table takes {8 * N * N_train:,} bytes, "
                f"but the differences of all pairs, shape (N, N_train, D), {D} times as much. "
                "Expand the square, so that a matrix product does it."
            )


class TestComputeDistancesL1(_TableChecks):
    """compute_distances_l1(X, X_train) -> (N, N_train)."""

    function = "compute_distances_l1"


class TestNearestNeighbor(FunctionChecks):
    """nearest_neighbor(x, X_train) -> int."""

    function = "nearest_neighbor"
    returns = "the index"
    small = up_to(4, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return _nearest(normal(rng, sizes[1]), normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        x = whole(rng, 2)
        for rows in (2, 3, 5):
            yield _nearest(x, _around(rng, x, rng.permutation(rows) + 1))
        yield _nearest(x, _metrics_differ(rng, x))
        yield _nearest(x, _around(rng, x, rng.permutation(4) + 1)).cast(np.float32)
        for N_train, D in ((1, 3), (4, 3), (30, 5), (9, 1)):
            drawn = self.draw(rng, N_train, D)
            X_train = drawn.arguments["X_train"]
            yield drawn
            yield _nearest(X_train[rng.integers(N_train)].copy(), X_train)

    def test_ties(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """Of equally near rows, the one with the lowest index counts."""
        for D in (1, 2, 3):
            x = whole(rng, D)
            tied = _nearest(x, _around(rng, x, rng.permutation([1, 1, 1, 1, 2, 2, 3, 4])))
            self.agree(tied, student(tied), expected(tied))


def _nearest(x: np.ndarray, X_train: np.ndarray) -> Call:
    return call("nearest_neighbor", x=x, X_train=X_train)


def _gallery(answers: list[Any]) -> Gallery:
    """Show new digits whose neighbours are others."""
    (said,) = answers
    read, wrong = misread(said, *new_digits(40))
    return Gallery(read=read, misread=wrong)


class TestPredictNnLabels(FunctionChecks):
    """predict_nn_labels(X, X_train, y_train, k) -> labels (N,)."""

    function = "predict_nn_labels"
    returns = "labels"
    small = up_to(2, 5, 2, 4)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, N_train, D, k = sizes
        y = rng.integers(3, size=N_train)
        return _vote(normal(rng, N, D), normal(rng, N_train, D), y, min(k, N_train))

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        X_train, y = np.array([[1.0], [2.0], [3.0]]), np.array([1, 0, 0])
        yield call(self.function, X=np.array([[0.0]]), X_train=X_train, y_train=y)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        x = whole(rng, 2)
        first, second, third = rng.choice(5, size=3, replace=False)
        # The nearest row is outvoted by the next two, and they by the last four.
        X_train, y = _around(rng, x, np.arange(1, 8)), np.repeat([first, second, third], [1, 2, 4])
        data = {"X": x[np.newaxis], "X_train": X_train, "y_train": y}
        yield Call(self.function, data)
        for k in (1, 3, 7):
            yield Call(self.function, {**data, "k": k})
        yield Call(self.function, data, {"k": 3}).cast(np.float32)
        yield _vote(x[np.newaxis], _metrics_differ(rng, x), rng.permutation(5), k=1)
        for N, N_train, D, k in ((3, 5, 2, 1), (6, 12, 3, 3), (5, 20, 4, 7)):
            y = rng.choice(5, size=2, replace=False)[labels(rng, N_train, 2)]  # no votes tie
            yield _vote(normal(rng, N, D), normal(rng, N_train, D), y, k)

    def test_ties(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """Equally near rows count by index, and equally many votes by the smaller label."""
        for tied in self._ties(rng):
            self.agree(tied, student(tied), expected(tied))

    def _ties(self, rng: np.random.Generator) -> Iterator[Call]:
        x = whole(rng, 2)
        small, large = np.sort(rng.choice(5, size=2, replace=False))
        for votes in ([large, small], [large, small, small, large], [large, large, small, small]):
            k = len(votes)
            yield _vote(x[np.newaxis], _around(rng, x, np.arange(k) + 1), np.array(votes), k)
        # One label a row, so that each choice among equally near rows shows.
        X_train = _around(rng, x, rng.permutation([1, 1, 1, 1, 2, 2, 3, 3]))
        for k in (1, 2):
            yield _vote(x[np.newaxis], X_train, rng.permutation(8), k)
        X, X_train = (whole(rng, N, 3, low=-1, high=1) for N in (24, 64))
        y = rng.permutation(64)
        for k in (1, 3, 5):
            yield _vote(X, X_train, y, k)

    @fixed
    @pictured(_gallery)
    def test_digits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """With 200 real digits in memory, shrunk to 7×7, it reads at least 60 % of 40 others."""
        data = real_digits()
        X_train, X = (_shrunk(images) for images in (data.X_train[:200], data.X_val[:40]))
        y_train, y = (y.astype(np.int64) for y in (data.y_train[:200], data.y_val[:40]))
        digits = _vote(X, X_train, y_train, k=3)
        right = share_right(student(digits), y)
        most_are_right(digits, right, 0.6)


def _shrunk(images: np.ndarray) -> np.ndarray:
    """Average 4×4 pixels to one, so that loops over numbers are fast enough."""
    blocks = datasets.flatten(images).reshape(len(images), 7, 4, 7, 4)
    return blocks.mean(axis=(2, 4)).reshape(len(images), -1)


def _vote(X: np.ndarray, X_train: np.ndarray, y_train: np.ndarray, k: int) -> Call:
    return call("predict_nn_labels", X=X, X_train=X_train, y_train=y_train, k=k)


class TestAccuracy(FunctionChecks):
    """accuracy(y_pred, y_true) -> float."""

    function = "accuracy"
    returns = "the accuracy"
    tolerance32 = 1e-6
    small = up_to(4, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, C = sizes
        return _predicted(rng, N, C + 1, right=int(rng.integers(N + 1)))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, C in ((3, 2), (7, 4), (41, 10)):  # never half right
            yield _predicted(rng, N, C, right=int(rng.integers(1, N)))

    def test_extremes(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """All right is 1, and none right is 0."""
        for N in (4, 1):
            for right in (N, 0):
                extreme = _predicted(rng, N, 3, right)
                self.agree(extreme, student(extreme), expected(extreme))

    def agree(self, call: Call, got: Any, want: Any, double: bool = True) -> None:
        """Take either precision: the arguments are whole numbers."""
        super().agree(call, got, want, double=False)


def _predicted(rng: np.random.Generator, N: int, C: int, right: int) -> Call:
    """Call `accuracy` with N labels of which so many are right."""
    y = rng.integers(C, size=N)
    off = rng.permutation(np.append(np.zeros(right, int), rng.integers(1, C, size=N - right)))
    return call("accuracy", y_pred=(y + off) % C, y_true=y)


class TestCrossValidateK(FunctionChecks):
    """cross_validate_k(X, y, k_choices, num_folds) -> dict of lists."""

    function = "cross_validate_k"
    returns = "the dict"
    small = up_to(4, 2, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        more, D, k = sizes
        X, y = normal(rng, 2 + more, D), rng.integers(2, size=2 + more)
        k_choices = list(range(1, k + 1))
        return call(self.function, X=X, y=y, k_choices=k_choices, num_folds=1 + k)

    def small_calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield from super().small_calls(rng)
        X, y = np.array([[0.0], [1.0], [2.0], [3.0], [4.0]]), np.array([0, 0, 0, 1, 1])
        yield call(self.function, X=X, y=y, k_choices=[1])

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, C, k_choices, num_folds in (
            (6, 2, [1], 2),
            (12, 2, [1, 3], 3),
            (23, 3, [5, 1, 8], 5),  # folds of 5 and of 4
            (9, 3, [2], 9),
        ):
            yield self.blobs(rng, N, C, k_choices, num_folds=num_folds)

    def blobs(
        self, rng: np.random.Generator, N: int, C: int, k_choices: list[int], **folds: int
    ) -> Call:
        X, y = blobs(rng, N, 2, C, spread=1.5)
        return Call(self.function, {"X": X, "y": y, "k_choices": k_choices}, folds)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """num_folds is 5 if nothing is said."""
        for N in (10, 33):
            plain = self.blobs(rng, N, 3, [1, 3])
            self.agree(plain, student(plain), expected(plain))


def _around(rng: np.random.Generator, x: np.ndarray, radii: Any) -> np.ndarray:
    """Draw rows at exactly these distances from x, each along an axis: far apart, or tied."""
    axes = np.eye(len(x))[rng.integers(len(x), size=len(radii))]
    signs = rng.choice([-1.0, 1.0], size=len(radii))
    return x + (np.asarray(radii) * signs)[:, np.newaxis] * axes


def _metrics_differ(rng: np.random.Generator, x: np.ndarray) -> np.ndarray:
    """Draw five rows of which one is nearest to x, another by L1, a third by the largest entry."""
    offsets = np.array([[16, 12], [0, 25], [15, 15], [20, 20], [0, 30]])
    return x + rng.permutation(offsets) * rng.choice([-1.0, 1.0], size=(5, 2))
