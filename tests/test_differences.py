"""Differences described: each recogniser says its sentence, and none says what is not so."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.differences import OF_NONFINITE, OF_SHAPES, OF_VALUES, explain
from autograder.differences.factors import times

RNG = np.random.default_rng(7)
A = RNG.normal(size=(4, 5))
S = RNG.normal(size=(5, 5))
V = RNG.normal(size=6)
IMAGES = RNG.normal(size=(2, 3, 4, 5))
X, W = RNG.normal(size=(7, 4)), RNG.normal(size=(4, 5))
y = np.array([0, 3, 1, 1, 0, 3, 0])
LABELS = np.array([2, 0, 1, 1, 0, 2, 1])
PARAMS = {
    "W1": RNG.normal(size=(4, 6)),
    "b1": RNG.normal(size=(1, 6)),
    "W2": RNG.normal(size=(6, 5)),
    "b2": RNG.normal(size=(1, 5)),
}
LOSS = {"W": W, "X": X, "y": y, "reg": 0.5}
NET = {"params": PARAMS, "X": X, "y": y, "reg": 0.5}
SCORES = RNG.normal(size=(7, 5))


def put(array, where, value):
    """Return a copy with some entries replaced."""
    out = array.copy()
    out[where] = value
    return out


def moved(array, where):
    """Return a copy with some entries made wrong, each in its own way."""
    return array + put(np.zeros_like(array), where, 1) * (1 + RNG.random(array.shape))


def square(W):
    return np.sum(W**2)


right = np.zeros((7, 5), bool)
right[np.arange(7), y] = True
rows = np.arange(5)

CASES = [
    # Shapes
    (A[:0], A, {}, "It is empty."),
    (np.array([2.5]), np.array(2.5), {}, "It is a number in an array of its own: take it out."),
    (
        np.array([2.5]),
        np.array(1.5),
        {},
        "It is an array of one number, where the number alone is expected.",
    ),
    (V[None], V[:, None], {}, "It is a row, with the right values, but should be a column."),
    (V[:, None] + 1, V[None], {}, "It is a column, but should be a row."),
    (A.T, A, {}, "It is right but transposed: rows and columns are swapped."),
    (A.T + V[:4], A, {}, "Its shape looks transposed, and its values differ, too."),
    (
        IMAGES.transpose(0, 2, 3, 1),
        IMAGES,
        {},
        "It has the right values with its axes in another order: transpose((0, 3, 1, 2)).",
    ),
    (V, V[None], {}, "It has the right values, but lacks an axis of length 1."),
    (V + 1, V[None], {}, "It lacks an axis of length 1."),
    (
        LABELS[:, None],
        LABELS,
        {},
        "It has the right values, but has an axis of length 1 too many.",
    ),
    (
        IMAGES[:, None, 0],
        IMAGES[:, 0, None].swapaxes(1, 2),
        {},
        "It has the right values, but has its axis of length 1 at another place.",
    ),
    (
        np.array([V, V, V]),
        V,
        {},
        "Each of its 3 rows is what is expected as a whole.",
    ),
    (A, A.sum(axis=0), {}, "Its sum along axis 0 is what is expected."),
    (A, np.array(A.mean()), {}, "Its mean over all entries is what is expected."),
    (A.sum(axis=1), A, {}, "It is the sum along axis 1 of what is expected."),
    (
        IMAGES.sum(axis=(0, 2, 3)),
        IMAGES,
        {},
        "It is the sum along the axes (0, 2, 3) of what is expected.",
    ),
    (A.ravel(), A, {}, "It has the right values in the right order, but is flattened."),
    (
        IMAGES.reshape(2, -1),
        IMAGES,
        {},
        "It has the right values in the right order, but should be reshaped to (2, 3, 4, 5).",
    ),
    (
        A.ravel(order="F"),
        A,
        {},
        "It has the right values, but is flattened, with the first index fastest as in Julia.",
    ),
    (A[0], A, {}, "It is only row 0 of what is expected."),
    (
        np.eye(3)[LABELS],
        LABELS,
        {},
        "It is a table: the places of the largest entries in its rows are what is expected.",
    ),
    (
        np.pad(IMAGES, ((0, 0), (0, 0), (1, 1), (1, 1))),
        IMAGES,
        {},
        "It has a border of width 1 around the right values: is padding left on it?",
    ),
    (
        np.ones((2, 3, 8, 9)),
        IMAGES,
        {},
        "It is wider by 2 on each side: is padding left on it?",
    ),
    (A[:-1], A, {}, "It has one row too few, the last; the others are right."),
    (
        np.hstack([np.ones((4, 1)), A]),
        A,
        {},
        "It has one column too many, the first; the others are right.",
    ),
    (V[1:], V, {}, "It has one entry too few, the first; the others are right."),
    (A[1:] + V[:5], A, {}, "It has one row too few."),
    (
        RNG.normal(size=(2, 3, 5, 5)),
        IMAGES,
        {},
        "It has one slice of axis 2 too many.",
    ),
    # NaN and infinite numbers
    (A * np.nan, A, {}, "It is NaN everywhere."),
    (np.copysign(np.inf, A), A, {}, "It is inf or -inf everywhere."),
    (
        put(np.maximum(A, 0), A <= 0, -np.inf),
        np.maximum(A, 0),
        {},
        "It is -inf exactly where 0 is expected.",
    ),
    (put(A * A, A < 0, np.nan), A * A, {"x": A}, "It is NaN exactly where x is negative."),
    (put(A, [1, 3], np.nan), A, {}, "It is NaN in rows 1 and 3, and nowhere else."),
    (
        put(np.exp(A), np.exp(A) > 1.5, np.inf),
        np.exp(A),
        {},
        "It is inf where the largest numbers are expected: do they overflow?",
    ),
    (
        put(A, np.abs(A) < 0.4, np.nan),
        A,
        {},
        "It is NaN where the numbers nearest to 0 are expected.",
    ),
    (
        put(put(A, (0, 0), np.nan), (2, 3), np.inf),
        A,
        {},
        "It is NaN or inf in 2 of 20 entries.",
    ),
    # One rule for all entries
    (0 * A, A, {}, "It is 0 everywhere."),
    (np.full(6, 0.25), V, {}, "It is 0.25 everywhere."),
    (
        np.full(6, V.sum()),
        V,
        {},
        f"It is {V.sum():.6g} everywhere, the sum of all that is expected.",
    ),
    (W, W - 0.1 * A, LOSS, "It is the argument W, unchanged."),
    (
        PARAMS["b1"],
        PARAMS["b1"] + V,
        {"params": PARAMS},
        "It is the argument params['b1'], unchanged.",
    ),
    (-A, A, {}, "Its sign is wrong everywhere."),
    (np.array(-3.5), np.array(3.5), {}, "Its sign is wrong."),
    (1.3472 * A, A, {}, "It is 1.35 times the expected value everywhere."),
    (1.0001 * A, A, {}, "It is 1.0001 times the expected value everywhere."),
    (-3 * A, A, {}, "It is -3.00 times the expected value everywhere."),
    (2 * A, A, {}, "It is 2.00 times the expected value everywhere: is there a factor 2 too many?"),
    (A / 2, A, {}, "It is 0.500 times the expected value everywhere: is a factor 2 missing?"),
    (
        7 * A,
        A,
        {"X": X, "y": y},
        "It is 7.00 times the expected value everywhere: is a division by the number of samples, "
        "7, missing?",
    ),
    (
        A / 7,
        A,
        {"x": X},
        "It is 0.143 times the expected value everywhere: is it divided by the number of samples, "
        "7, once too often?",
    ),
    (
        np.array(3.7 / 5),
        np.array(3.7),
        {"W": W},
        "It is 0.200 times the expected value: is it divided by the number of classes, 5, too?",
    ),
    (
        np.array(255 * 0.37),
        np.array(0.37),
        {},
        "It is 255 times the expected value: are pixels between 0 and 255 where they should be "
        "between 0 and 1?",
    ),
    (
        np.array(80.0),
        np.array(0.8),
        {},
        "It is 100 times the expected value: is it in percent?",
    ),
    (
        A / np.log(10),
        A,
        {},
        "It is 0.434 times the expected value everywhere: is the logarithm to base 10?",
    ),
    (
        9 * IMAGES,
        IMAGES,
        {"x": IMAGES, "size": 3},
        "It is 9.00 times the expected value everywhere: is a division by size squared, 9, "
        "missing?",
    ),
    (
        V / 40,
        V,
        {"dout": np.ones((4, 6, 2, 5))},
        "It is 0.0250 times the expected value everywhere: is it a mean over 40 entries of dout, "
        "where a sum is asked?",
    ),
    (A + 0.75, A, {}, "It is 0.75 too large everywhere."),
    (np.array(2.37), np.array(1.37), {}, "It is exactly 1 too large."),
    (
        LABELS + 1,
        LABELS,
        {},
        "It is 1 too large everywhere: are labels counted from 1, as in Julia?",
    ),
    (
        np.maximum(A, 0),
        A,
        {},
        "It is right where it should be positive, and 0 where it should be negative.",
    ),
    (
        np.minimum(A, 0),
        A,
        {},
        "It is right where it should be negative, and 0 where it should be positive.",
    ),
    (
        A,
        np.maximum(A, 0),
        {},
        "It is negative where 0 is expected, and right elsewhere: is a maximum with 0 missing?",
    ),
    (np.abs(A), A, {}, "It is the absolute value of what is expected."),
    (A**2, A, {}, "It is the square of what is expected: is a square root missing?"),
    (
        np.array(2.89),
        np.array(1.7),
        {},
        "It is the square of what is expected: is a square root missing?",
    ),
    (np.abs(A), A**2, {}, "It is the square root of what is expected."),
    (np.exp(A), A, {}, "It is the exponential of what is expected: is a logarithm missing?"),
    (A, np.exp(A), {}, "It is the logarithm of what is expected."),
    (1 / A, A, {}, "It is 1 divided by what is expected."),
    (1 - V, V, {}, "It is 1 minus what is expected."),
    (
        np.trunc(9 * A),
        9 * A,
        {},
        "It is cut to whole numbers: do integers stand where floats are needed?",
    ),
    (
        (9 * A).astype(int),
        9 * A,
        {},
        "It is cut to whole numbers: do integers stand where floats are needed?",
    ),
    (
        np.floor(9 * A),
        9 * A,
        {},
        "It is rounded down to whole numbers: is // used where / is needed?",
    ),
    (np.rint(9 * A), 9 * A, {}, "It is rounded to whole numbers."),
    (np.round(A, 2), A, {}, "It is rounded to 2 digits after the point."),
    (
        A.astype(np.float32).astype(float),
        A,
        {},
        "It is right to float32's 7 digits alone: is something turned into float32?",
    ),
    (
        A + put(1e-8 * np.sin(S[:4]), (1, 2), 3e-8) * np.abs(A).max(),
        A,
        {},
        "It is nearly right: no entry is off by more than 3e-08 of the largest expected.",
    ),
    (
        np.array(3.7 * (1 + 3e-7)),
        np.array(3.7),
        {},
        "It is nearly right: it is off by 3e-07 of what is expected.",
    ),
    (
        np.minimum(IMAGES, 0.5),
        IMAGES,
        {},
        "It is cut off at 0.5: right but where above that is expected.",
    ),
    # Terms of the formula
    (A - W, A, LOSS, "It lacks the regulariser's part, 2 reg W."),
    (A - W / 2, A, LOSS, "It has only half of the regulariser's part, 2 reg W."),
    (A + W, A, LOSS, "It has the regulariser's part, 2 reg W, twice."),
    (A - 2 * W, A, LOSS, "It has the regulariser's part, 2 reg W, with the wrong sign."),
    (A + W / 2, A, LOSS, "Its regulariser's part is 1.50 times what it should be, 2 reg W."),
    (
        A - W + W / 7,
        A,
        LOSS,
        "It has the regulariser's part, 2 reg W, divided by the number of samples, 7.",
    ),
    (
        SCORES[:6] - PARAMS["W2"],
        SCORES[:6],
        NET,
        "It lacks the regulariser's part, 2 reg params['W2'].",
    ),
    (
        V + PARAMS["b1"],
        V[None],
        NET,
        "It has 2 reg params['b1'] added to it, but biases are not regularised.",
    ),
    (
        A + 0.002 * W,
        A,
        {"W": W, "X": X, "y": y},
        "It is off by 0.002 times W: look at the regulariser's part.",
    ),
    (
        np.array(9.1 - 0.5 * square(W)),
        np.array(9.1),
        LOSS,
        "It lacks the regulariser's part, reg sum(W²).",
    ),
    (
        np.array(9.1 - 0.25 * square(W)),
        np.array(9.1),
        LOSS,
        "It has only half of the regulariser's part, reg sum(W²).",
    ),
    (
        np.array(9.1 + 0.5 * square(PARAMS["W1"]) + 0.5 * square(PARAMS["W2"])),
        np.array(9.1),
        NET,
        "It has the regulariser's part, reg sum(W²) over all weights, twice.",
    ),
    (
        np.array(9.1 - 0.5 * square(PARAMS["W2"])),
        np.array(9.1),
        NET,
        "It lacks the regulariser's part of params['W2'] alone.",
    ),
    (
        np.array(9.1 + 0.5 * square(PARAMS["b1"]) + 0.5 * square(PARAMS["b2"])),
        np.array(9.1),
        NET,
        "It has the squares of the biases added to it, but biases are not regularised.",
    ),
    (
        7 * A + W,
        A + W,
        LOSS,
        "Its regulariser's part is right, but the other part is 7.00 times what it should be: is a "
        "division by the number of samples, 7, missing?",
    ),
    (
        W - A,
        W + A,
        LOSS,
        "Its regulariser's part is right, but the other part has the wrong sign.",
    ),
    (SCORES - PARAMS["b2"], SCORES, {"params": PARAMS}, "It lacks params['b2']: is it not added?"),
    (
        IMAGES - V[:3, None, None],
        IMAGES,
        {"x": S, "b": V[:3]},
        "It lacks b: is it not added?",
    ),
    (SCORES + V[:5], SCORES, {"b": V[:5]}, "It has b added once too often."),
    (S @ S.T, S.T @ S + 0 * S, {"W": S, "X": S.T.copy()}, "It is W @ X."),
    (S * S[::-1], S @ S[::-1], {"W": S, "X": S[::-1]}, "It is W * X, entry by entry."),
    # Right numbers at wrong places
    (S.T, S, {}, "It is right but transposed: rows and columns are swapped."),
    (
        IMAGES[..., :4].swapaxes(2, 3),
        IMAGES[..., :4],
        {},
        "It is right but transposed: in its last two axes, rows and columns are swapped.",
    ),
    (A[::-1], A, {}, "Its rows are in the opposite order."),
    (V[::-1], V, {}, "It is in the opposite order."),
    (
        IMAGES[..., ::-1, ::-1],
        IMAGES,
        {},
        "It is flipped along axes 2 and 3: what should be first is last.",
    ),
    (
        np.append(V[1:], 9.0),
        V,
        {},
        "It is shifted: its entry i is the expected entry i + 1.",
    ),
    (np.roll(A, 1, axis=1), A, {}, "It is shifted: its column i is the expected column i − 1."),
    (np.roll(V, 3), V, {}, "Its first and second half are exchanged."),
    (
        A[[2, 0, 3, 1]],
        A,
        {},
        "Its rows are the right ones in another order: they are the expected rows 2, 0, 3 and 1.",
    ),
    (
        SCORES[RNG.permutation(7)],
        SCORES,
        {},
        "Its rows are the right ones in another order.",
    ),
    (
        np.cumsum(V),
        V,
        {},
        "It is the running sum of what is expected: is something not reset?",
    ),
    (A, np.cumsum(A, axis=1), {}, "Its running sum along axis 1 is what is expected."),
    (
        RNG.permutation(A.ravel()).reshape(A.shape),
        A,
        {},
        "It has the right numbers, but at other places.",
    ),
    # Right in part
    (
        moved(SCORES, right),
        SCORES,
        {"y": y},
        "Only the entries of the right classes, [i, y[i]], are wrong.",
    ),
    (
        SCORES + right / 7,
        SCORES,
        {"y": y},
        "It is 0.142857 too large at the right classes, [i, y[i]], and right elsewhere.",
    ),
    (
        moved(SCORES, ~right),
        SCORES,
        {"y": y},
        "Only the entries beside the right classes, [i, y[i]], are wrong.",
    ),
    (
        moved(A, (slice(None), [0, 1, 3])),
        A,
        LOSS,
        "Only the columns of classes that y holds are wrong.",
    ),
    (
        moved(A, (slice(None), [2, 4])),
        A,
        LOSS,
        "Only the columns of classes that y does not hold are wrong.",
    ),
    (
        put(put(A, 0, 0), (slice(None), 0), 0),
        A,
        {},
        "Its first row and column are 0, all else is right: does a loop start at 1, as in Julia?",
    ),
    (
        put(V, 0, 0),
        V,
        {},
        "Its first entry is 0, all else is right: does a loop start at 1, as in Julia?",
    ),
    (
        put(A, -1, 0),
        A,
        {},
        "Its last row is 0, all else is right: does a loop stop one turn early?",
    ),
    (
        put(A, slice(1, None), 0),
        A,
        {},
        "It is right in the first row alone, and 0 after it: does the loop end too early?",
    ),
    (put(V, slice(3, None), 0), V, {}, "It is right up to entry 2, and 0 from there on."),
    (moved(V, 0), V, {}, "Only the first entry is wrong."),
    (moved(V, -1), V, {}, "Only the last entry is wrong."),
    (moved(S, (rows, rows)), S, {}, "Only the entries on the diagonal are wrong."),
    (moved(S, ~np.eye(5, dtype=bool)), S, {}, "Only the entries off the diagonal are wrong."),
    (
        moved(S, np.tril_indices(5, -1)),
        S,
        {},
        "Only the entries below the diagonal are wrong.",
    ),
    (
        np.triu(S) + np.triu(S, 1).T,
        S,
        {},
        "Only the entries below the diagonal are wrong: they mirror those on the other side.",
    ),
    (moved(A, A < 0), A, {}, "Only the entries that should be negative are wrong."),
    (moved(A, A > 0), A, {}, "Only the entries that should be positive are wrong."),
    (
        put(A, A < 0, 0.01 * A[A < 0]),
        A,
        {},
        "Only the entries that should be negative are wrong: they are 0.01 times what is expected.",
    ),
    (
        moved(np.maximum(A, 0), A <= 0),
        np.maximum(A, 0),
        {},
        "Only the entries that should be 0 are wrong.",
    ),
    (
        moved(A, np.abs(S[:4]) < 0.5),
        A,
        {"x": np.where(np.abs(S[:4]) < 0.5, 0, S[:4])},
        "Only the entries where x is 0 are wrong.",
    ),
    (
        put(IMAGES, IMAGES[::-1] > 0, 1.0),
        IMAGES,
        {"x": IMAGES[::-1]},
        "Only the entries where x is positive are wrong: they are all 1.",
    ),
    (
        moved(IMAGES, (..., [0, -1], slice(None))) + moved(0 * IMAGES, (..., [0, -1])),
        IMAGES,
        {},
        "Only the border of the last two axes is wrong: first and last rows and columns.",
    ),
    (
        moved(S, (slice(1, -1), slice(1, -1))),
        S,
        {},
        "Only the inside is wrong: all but first and last rows and columns.",
    ),
    (moved(A, 2), A, {}, "Only row 2 is wrong."),
    (moved(A, [0, 2]), A, {}, "Only rows 0 and 2 are wrong."),
    (moved(A, (slice(None), [1, 3])), A, {}, "Only columns 1 and 3 are wrong."),
    (moved(A, [0, 1, 3]), A, {}, "Only row 2 is right."),
    (moved(IMAGES, (slice(None), 1)), IMAGES, {}, "Only slice 1 of axis 1 is wrong."),
    (A + V[:4, None], A, {}, "It is right up to a constant in each row."),
    (A + V[:5], A, {}, "It is right up to a constant in each column."),
    (A * V[:4, None], A, {}, "It is right up to a factor in each row."),
    (
        IMAGES + V[:3, None, None],
        IMAGES,
        {},
        "It is right up to a constant in each slice of axis 1.",
    ),
    (
        put(A, ([0, 1, 2, 3], [4, 0, 2, 2]), 0),
        A,
        {},
        "Only 4 of 20 entries are wrong: they are 0.",
    ),
    (
        A * put(np.ones_like(A), ([0, 1, 2, 3], [4, 0, 2, 2]), -1),
        A,
        {},
        "Only 4 of 20 entries are wrong: their sign is the opposite.",
    ),
    (
        A + put(np.zeros_like(A), ([0, 1, 2, 3], [4, 0, 2, 2]), 0.5),
        A,
        {},
        "Only 4 of 20 entries are wrong: they are 0.5 too large.",
    ),
]


@pytest.mark.parametrize(("got", "want", "arguments", "sentence"), CASES)
def test_each_difference_has_its_sentence(got, want, arguments, sentence):
    assert explain(got, want, arguments) == sentence


def test_every_recogniser_has_a_case():
    sentences = {sentence for *_, sentence in CASES}
    missing = {tell.__name__ for tell in (*OF_SHAPES, *OF_NONFINITE, *OF_VALUES)}
    for got, want, arguments, _ in CASES:
        for tell in OF_SHAPES if got.shape != want.shape else (*OF_NONFINITE, *OF_VALUES):
            with np.errstate(all="ignore"):
                said = tell(got.astype(float), want.astype(float), arguments)
            if said in sentences:
                missing.discard(tell.__name__)
                break
    assert not missing


@pytest.mark.parametrize(
    ("got", "want", "arguments"),
    [
        (A, A, {}),
        (A + 1e-15, A, {}),
        (np.array(1.3472 * 2.1), np.array(2.1), {"X": X}),  # one number, no simple ratio
        (np.array(3.1), np.array(2.7), {}),
        (np.array(6), np.array(3), {}),  # small whole numbers have simple ratios by accident
        (np.array(np.nan), np.array(2.7), {}),  # no news
        (np.array([1, 0]), np.array([0, 1]), {}),  # two labels have no order
        (np.array([0, 1, 2]), np.array([2, 1, 0]), {}),
        (np.array([2.5, 1.5]), np.array([1.5, 2.5]), {}),
        (moved(A, (1, 2)), A, {}),  # one entry is no pattern
        (np.zeros((0, 3)), np.zeros((0, 3)), {}),
        (np.ones((1, 3)), np.zeros((0, 0, 3)), {}),
        (np.array(3.1), np.array(2.7), {"W": W, "reg": 10**400, "size": 10**30}),
        (A, np.full_like(A, np.nan), {}),
        (A.astype(complex), A, {}),
        (np.array(["a"]), np.array([1.0]), {}),
        (np.array([1e300, 2.0, 5.0]), np.array([1e-300, 7.0, 3.0]), {}),
    ],
)
def test_where_nothing_fits_nothing_is_said(got, want, arguments):
    assert explain(got, want, arguments) == ""


def test_one_huge_entry_does_not_vouch_for_the_others():
    want = np.array([1e9, 3.0, -2.0, 0.7, 1.1])
    assert "2.00 times" not in explain(np.array([2e9, 1.0, 1.0, 2.0, -4.0]), want, {})


def test_single_precision_is_judged_by_its_own_measure():
    x = {"x": A.astype(np.float32)}
    assert explain((A * (1 + 1e-7)).astype(np.float32), A, x) == ""
    assert explain((3 * A).astype(np.float32).astype(float), A, x).startswith("It is 3.00 times")
    assert explain((A**2).astype(np.float32), A, x).startswith("It is the square of")


NUMBERS = st.one_of(
    st.floats(-10, 10),
    st.integers(-3, 3).map(float),
    st.sampled_from([np.nan, np.inf, -np.inf, 0.0, 1e308, -1e308, 1e-308, 1e200]),
)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
FLOATS = hnp.arrays(np.float64, SHAPES, elements=NUMBERS)
ANY = st.one_of(
    FLOATS,
    hnp.arrays(st.sampled_from(["?", "i1", "u1", "i8", "u8", "f2", "f4", "f8", "c16"]), SHAPES),
)
ARGUMENTS = st.dictionaries(
    st.sampled_from(["X", "y", "W", "b", "x", "dout", "scores", "reg", "params", "size", "eps"]),
    st.one_of(
        FLOATS,
        ANY,
        st.floats(),
        st.integers(),
        st.none(),
        st.text(max_size=2),
        st.dictionaries(st.sampled_from(["W1", "b1", "W2"]), ANY, max_size=3),
    ),
    max_size=4,
)


def is_a_sentence(text):
    return text == "" or re.fullmatch(r"(It|Its|Only|Each) .*[.?]", text) is not None


@given(ANY, ANY, ARGUMENTS)
@settings(max_examples=200, deadline=None)
def test_any_two_arrays_give_one_sentence_or_none(got, want, arguments):
    assert is_a_sentence(explain(got, want, arguments))


@given(st.data(), ARGUMENTS)
@settings(max_examples=200, deadline=None)
def test_any_two_arrays_of_one_shape_do_too(data, arguments):
    want = data.draw(FLOATS)
    got = data.draw(hnp.arrays(np.float64, want.shape, elements=NUMBERS))
    assert is_a_sentence(explain(got, want, arguments))
    assert explain(want, want, arguments) == ""


def test_warnings_are_not_let_out(recwarn):
    explain(np.array([1e308, -1e308, 0.0]), np.array([-1e308, 1e308, 5.0]), {"W": np.zeros(3)})
    assert not recwarn.list


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (3, 3), (4, 5), (2, 3, 4, 4)])
def test_unrelated_numbers_are_not_explained(shape):
    rng = np.random.default_rng(0)
    said = 0
    for _ in range(200):
        arguments = {
            "X": rng.normal(size=(5, 3)),
            "W": rng.normal(size=shape),
            "b": rng.normal(size=shape[-1:]),
            "y": rng.integers(0, 3, size=5),
            "reg": 0.3,
        }
        said += explain(rng.normal(size=shape), rng.normal(size=shape), arguments) != ""
    assert said == 0


def test_wrong_labels_are_hardly_ever_explained_by_accident():
    rng = np.random.default_rng(0)
    said = 0
    for _ in range(500):
        got, want = rng.integers(0, 5, size=(2, 8))
        said += explain(got, want, {"X": rng.normal(size=(8, 3))}) != ""
    assert said <= 5


@given(
    hnp.arrays(np.float64, (3, 4), elements=st.floats(-10, 10)),
    st.floats(-50, 50).filter(lambda c: abs(c) > 1e-3 and min(abs(c - 1), abs(c + 1)) > 1e-3),
)
@settings(deadline=None)
def test_a_scale_is_told_with_its_digits(want, scale):
    said = explain(scale * want, want, {})
    match = re.match(r"It is (\S+) times", said)
    assume(match)
    assert float(match[1]) == pytest.approx(scale, rel=6e-3)


@given(st.floats(1e-3, 1e3))
def test_factors_are_never_written_as_1(factor):
    assume(abs(factor - 1) > 1e-9)
    assert float(times(factor)) != 1


@given(hnp.arrays(np.float64, (4, 3), elements=st.floats(-10, 10)), st.permutations(range(4)))
@settings(deadline=None)
def test_an_order_that_is_told_is_the_order(want, order):
    said = explain(want[order], want, {})
    match = re.search(r"expected rows ([\d, and]+)\.", said)
    if match:
        told = [int(i) for i in re.findall(r"\d", match[1])]
        np.testing.assert_array_equal(want[told], want[order])


@given(
    hnp.arrays(np.float64, (6, 5), elements=st.floats(1, 10)),
    st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True),
)
@settings(deadline=None)
def test_rows_that_are_told_are_the_wrong_ones(want, which):
    noise = 1 + np.random.default_rng(0).random((len(which), 5))
    got = want.copy()
    got[which] += noise
    said = explain(got, want, {})
    if said.startswith("Only row"):
        assert [int(i) for i in re.findall(r"\d", said)] == sorted(which)
