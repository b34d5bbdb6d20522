"""Pictures of wrong answers: each kind, and any data whatever."""

import io
from typing import Any

import matplotlib as mpl
import matplotlib.image
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.checks.compare import CheckFailed
from autograder.reports.pictures import Picture, picture
from autograder.tables import MAX_SIDE, laid_out, noticeable, shown_part

NAMES = st.sampled_from(["dW", "losses", "labels", "grads['W1']", "the result", "$\\frac$", ""])
DTYPES = st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint8, np.bool_])
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=5, min_side=0))
)
PAIRS = st.one_of(
    st.tuples(ARRAYS | st.none(), ARRAYS | st.none()),
    hnp.array_shapes(max_dims=4, max_side=9).flatmap(
        lambda shape: st.tuples(hnp.arrays(np.float64, shape), hnp.arrays(np.float64, shape))
    ),
)
RNG = np.random.default_rng(0)
TABLE = RNG.normal(size=(3, 4))
TINY, HUGE = np.full((2, 3), 5e-324), np.full((2, 3), 1.7e308)


def of(got: Any, want: Any, name: str = "scores") -> Picture | None:
    return picture(CheckFailed("It is wrong.", got, want, name))


def size_of(drawn: Picture) -> tuple[int, ...]:
    return matplotlib.image.imread(io.BytesIO(drawn.png)).shape


@settings(max_examples=40, deadline=None)
@given(PAIRS, NAMES)
@example((HUGE, -HUGE), "dW")
@example((-HUGE, TINY), "dW")
@example((HUGE[0], TINY[0]), "losses")
@example((TINY[0], HUGE[0]), "losses")
@example((np.full(3, np.nan), np.full(3, np.inf)), "losses")
@example((np.full((2, 2), np.nan), np.zeros((2, 2))), "dW")
@example((np.array([None, 1]), np.array(["a", "b"])), "labels")
@example((np.ones((300, 2, 70)), np.zeros((300, 2, 70))), "dw")
def test_odd_data_never_raise(pair, name):
    drawn = of(*pair, name)
    if drawn is not None:
        assert drawn.png.startswith(b"\x89PNG")
        assert drawn.alt.endswith(".")


@pytest.mark.parametrize(
    "pair",
    [
        (None, None),
        (np.array(1.0), np.array(2.0)),
        (np.ones((0, 3)), np.ones((0, 3))),
        (np.array(["a"]), np.array(["b"])),
    ],
)
def test_what_a_message_says_as_well_has_no_picture(pair):
    assert of(*pair) is None


def test_words_say_what_the_picture_shows():
    wrong = TABLE.copy()
    wrong[1, 2] += 1
    drawn = of(wrong, TABLE)
    assert drawn is not None
    assert "scores, shape (3, 4)" in drawn.alt
    assert "1 of 12 entries differ" in drawn.alt
    assert drawn.address.startswith("data:image/png;base64,")
    turned = of(TABLE.T, TABLE)
    assert turned is not None
    assert "expected, shape (3, 4), and yours, shape (4, 3)" in turned.alt
    losses = np.linspace(1, 0.5, 9)
    parted = of(losses + (np.arange(9) > 3), losses, "losses")
    assert parted is not None
    assert "part at step 4" in parted.alt


def test_a_gradient_has_a_panel_more():
    gradient, table = of(2 * TABLE, TABLE, "dW"), of(2 * TABLE, TABLE, "scores")
    assert gradient is not None
    assert table is not None
    assert size_of(gradient)[1] > size_of(table)[1]


def test_a_notebooks_style_changes_nothing_and_stays():
    plain = of(2 * TABLE, TABLE)
    with mpl.rc_context({"text.usetex": True, "figure.facecolor": "red", "font.size": 30}):
        assert of(2 * TABLE, TABLE) == plain
        assert mpl.rcParams["font.size"] == 30
    old = np.seterr(all="raise")
    try:
        assert of(HUGE, -HUGE) is not None
    finally:
        np.seterr(**old)


def test_rounding_is_not_noticeable():
    single = TABLE.astype(np.float32)
    assert not noticeable(single, TABLE).any()
    assert not noticeable(TABLE * (1 + 1e-12), TABLE).any()
    assert noticeable(TABLE * 1.001, TABLE).all()
    assert not noticeable(np.array([np.nan, np.inf]), np.array([np.nan, np.inf])).any()


def test_larger_arrays_are_laid_out_in_blocks():
    maps = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    table = laid_out(maps)
    assert table.shape == (8, 15)
    np.testing.assert_array_equal(table[4:, 5:10], maps[1, 1])
    assert shown_part(maps).block == (4, 5)


def test_the_part_that_is_shown_holds_the_first_difference():
    mark = np.zeros((500, 300), bool)
    mark[400, 7] = True
    part = shown_part(mark, mark)
    assert part.values.shape == (MAX_SIDE, MAX_SIDE)
    assert part.values[400 - part.row, 7 - part.column]
