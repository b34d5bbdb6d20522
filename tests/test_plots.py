"""The pictures that notebooks draw of students' own results, and what they say to wrong ones."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from autograder.errors import UserError
from autograder.training import best_line, noisy_xor, plots, rings, seconds_of
from autograder.training.plots import given
from autograder.training.plots.style import RIGHT, WRONG

NAMES = ("a", "b", "c")
RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (9, 6, 6), dtype=np.uint8)
LABELS = np.array([2, 0, 1, 0, 2, 1, 1, 0, 0])


def images_of(figure):
    return [np.asarray(axes.images[0].get_array()) for axes in figure.axes if axes.images]


def test_samples():
    figure = plots.samples(IMAGES, LABELS, NAMES, "Samples", shown=3)
    panels = np.reshape(figure.axes, (3, 3))
    for label, row in enumerate(panels):
        assert row[0].get_ylabel() == NAMES[label]
        expected = IMAGES[label == LABELS][:3]
        shown = [axes.images[0].get_array() for axes in row if axes.images]
        np.testing.assert_array_equal(shown, expected)


def test_distance_matrix_is_sorted_and_shows_the_extreme_rows():
    distances = RNG.random((9, 4))
    distances[3], distances[7] = 5, 0
    stored_labels = np.array([1, 0, 1, 0])
    figure = plots.distance_matrix(distances, IMAGES, LABELS, stored_labels, NAMES, "Distances")
    table, brightest, darkest = images_of(figure)
    rows, columns = [1, 3, 7, 8, 2, 5, 6, 0, 4], [1, 3, 0, 2]
    np.testing.assert_array_equal(table, distances[rows][:, columns])
    np.testing.assert_array_equal(brightest, IMAGES[3])
    np.testing.assert_array_equal(darkest, IMAGES[7])
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "b", "c"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["a", "b"]
    assert list(axes.get_yticks()) == [1.5, 5, 7.5]
    assert [text.xy[1] for text in axes.texts] == [1, 2]


def test_neighbors_in_table():
    distances = np.array([[3.0, 1, 2], [1, 1, 0]])
    stored, classes = IMAGES[:3], LABELS[:3]
    figure = plots.neighbors_in_table(
        distances, IMAGES[7:], LABELS[7:], LABELS[7:], stored, classes, NAMES, "Near", shown=2
    )
    panels = np.reshape(figure.axes, (2, 3))
    for row, nearest in enumerate([[1, 2], [2, 0]]):
        for axes, index in zip(panels[row, 1:], nearest, strict=True):
            np.testing.assert_array_equal(axes.images[0].get_array(), stored[index])
            colour = to_hex(axes.spines["top"].get_edgecolor())
            assert colour == (RIGHT if classes[index] == LABELS[7 + row] else WRONG)


def test_grids_write_each_number():
    arrays = {"one": np.array([[1.0, -0.5]]), "two": np.array([[8.0], [0.125]])}
    figure = plots.grids(arrays, "Grids")
    assert [axes.get_title() for axes in figure.axes] == ["one", "two"]
    texts = [[text.get_text() for text in axes.texts] for axes in figure.axes]
    assert texts == [["1", "-0.5"], ["8", "0.12"]]
    assert {axes.images[0].get_clim() for axes in figure.axes} == {(-8.0, 8.0)}


def test_lines():
    (axes,) = plots.lines([1, 2], {"p": [3, 4], "q": [5, 6]}, "Lines", "x", "y").axes
    assert [list(line.get_ydata()) for line in axes.lines] == [[3, 4], [5, 6]]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["p", "q"]
    (axes,) = plots.lines([1, 2], {"p": [3, 4]}, "Lines", "x", "y").axes
    assert axes.get_legend() is None
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "linear")
    (axes,) = plots.lines([1, 2], {"p": [3, 4]}, "Lines", "x", "y", log="xy").axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")


def test_many_lines_are_told_apart_and_their_legend_is_beside_them():
    (axes,) = plots.lines([1, 2], {str(i): [i, i] for i in range(8)}, "Lines", "x", "y").axes
    assert len({(line.get_color(), line.get_linestyle()) for line in axes.lines}) == 8
    axes.figure.canvas.draw()
    assert axes.get_legend().get_window_extent().x0 >= axes.get_window_extent().x1


def test_by_depth_has_whole_layers():
    (axes,) = plots.by_depth({"p": [1e-3] * 19}, "Depth", "variance").axes
    assert all(tick == round(tick) for tick in axes.get_xticks())


def test_by_depth_counts_layers_from_one():
    (axes,) = plots.by_depth({"p": [1e-3, 1e-6, 1e-9]}, "Depth", "variance").axes
    assert list(axes.lines[0].get_xdata()) == [1, 2, 3]
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")


def test_regions():
    X, y = np.array([[-1.0, 0], [1, 0], [2, 0]]), np.array([0, 1, 0])
    figure = plots.regions({"side": lambda X: (X[:, 0] > 0).astype(int)}, X, y, "Regions")
    (axes,) = figure.axes
    assert axes.get_title() == "side: 66.7 % right"
    found = np.asarray(axes.images[0].get_array())
    assert not found[:, 0].any()
    assert found[:, -1].all()
    assert [len(line.get_xdata()) for line in axes.lines] == [2, 1]


def test_regions_of_several_gates_each_with_its_own_colours():
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    gates = {"OR": lambda X: (X.sum(axis=1) > 0.5) * 1, "NOR": lambda X: (X.sum(axis=1) < 0.5) * 1}
    figure = plots.regions(gates, corners, None, "Gates")
    assert [axes.get_title() for axes in figure.axes] == ["OR", "NOR"]
    counts = [[len(line.get_xdata()) for line in axes.lines] for axes in figure.axes]
    assert counts == [[1, 3], [3, 1]]
    both = [np.asarray(axes.images[0].get_array()) for axes in figure.axes]
    np.testing.assert_array_equal(both[0], 1 - both[1])


def test_fields_are_as_they_lie_on_the_plane():
    X, y = np.array([[0.0, 2.0], [4.0, 2.0], [2.0, 3.0]]), np.array([0, 1, 1])
    across = plots.on_plane(lambda X: X[:, 0], X)
    up = plots.on_plane(lambda X: X[:, 1], X)
    assert (across[0, 0], across[0, -1]) == pytest.approx((-0.2, 4.2))
    assert (up[0, 0], up[-1, 0]) == pytest.approx((0.3, 4.7))  # a square, the points in its middle
    figure = plots.fields({"across": across / 4, "flat": np.full_like(up, 0.25)}, X, y, "Fields")
    panels = figure.axes[:2]
    assert [axes.get_title() for axes in panels] == ["across", "flat"]
    for axes, shown in zip(panels, (across / 4, np.full_like(up, 0.25)), strict=True):
        np.testing.assert_array_equal(axes.images[0].get_array(), shown)
        assert axes.images[0].get_extent() == pytest.approx([-0.2, 4.2, 0.3, 4.7])
        assert axes.images[0].origin == "lower"
        assert [len(line.get_xdata()) for line in axes.lines] == [1, 2]
    edges = [[c for c in axes.collections if len(c.get_paths()[0].vertices)] for axes in panels]
    assert [len(found) for found in edges] == [1, 0]  # 1/2 is passed in the first panel alone
    np.testing.assert_allclose(edges[0][0].get_paths()[0].vertices[:, 0], 2, atol=0.03)


def test_times():
    (axes,) = plots.times({"slow": 0.2, "fast": 0.001}, "Times").axes
    assert [bar.get_width() for bar in axes.patches] == [0.2, 0.001]
    assert [text.get_text().strip() for text in axes.texts] == [
        "200 ms",
        "1 ms: 200 times as fast",
    ]


def test_tuning_of_another_second_setting():
    (axes,) = plots.tuning({(0.1, 5): 0.5, (0.1, 20): 0.9}, "Tuning", "hidden units").axes
    assert axes.get_xlabel() == "hidden units"


def test_rings():
    X, y = rings(90, seed=1)
    assert X.shape == (90, 2)
    assert list(np.bincount(y)) == [30, 30, 30]
    radius = np.linalg.norm(X, axis=1)
    means = [radius[y == label].mean() for label in range(3)]
    np.testing.assert_allclose(means, [0.15, 1, 2], atol=0.15)
    np.testing.assert_array_equal(rings(90, seed=1).X, X)


def test_noisy_xor():
    X, y = noisy_xor(400, seed=1, spread=0.1)
    corner = X.round()
    assert X.shape == (400, 2)
    np.testing.assert_array_equal(y, corner[:, 0] != corner[:, 1])
    assert list(np.unique(corner, axis=0, return_counts=True)[1]) == [100] * 4
    assert np.std(X - corner) == pytest.approx(0.1, rel=0.1)
    assert 120 < np.sum(np.diff(y) != 0) < 280  # in random order: in turn there would be 200
    assert not np.array_equal(y[:4], y[4:8]) or not np.array_equal(y[4:8], y[8:12])
    np.testing.assert_array_equal(noisy_xor(400, seed=1, spread=0.1).X, X)
    assert not np.array_equal(noisy_xor(400, seed=2, spread=0.1).X, X)


def test_best_line_divides_what_a_line_can_divide_and_gets_three_corners_of_xor():
    X, y = noisy_xor(400)

    def right(labels):
        w = best_line(X, labels)
        return np.mean((X @ w[:2] + w[2] > 0) == labels)

    assert right(X[:, 0] - 3 * X[:, 1] > 0.7) > 0.99
    assert 0.74 <= right(y) <= 0.77


def test_seconds_of_takes_the_shortest():
    calls = []
    assert 0 <= seconds_of(calls.append, 1, repeats=4) < 1
    assert calls == [1] * 4


# --- results that are wrong -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: plots.distance_matrix(np.ones((4, 9)), IMAGES, LABELS, LABELS[:4], NAMES, ""),
            r"distances has the shape \(4, 9\), expected \(9, 4\)",
        ),
        (lambda: plots.loss_curve(None, ""), "losses is None: does the function .* return it"),
        (lambda: plots.loss_curve(np.ones((3, 1)), ""), r"shape \(3, 1\), expected \(S,\)"),
        (lambda: plots.loss_curve([[1], [2, 3]], ""), "losses is no array: its rows differ"),
        (lambda: plots.loss_curve(["a"], ""), "losses holds no numbers: its type is <U1"),
        (lambda: plots.templates(np.ones((16, 3)), NAMES, ""), r"W has 16 rows, .* and 1 more"),
        (lambda: plots.templates(np.ones((17, 4)), NAMES, ""), r"expected \(D \+ 1, 3\)"),
        (lambda: plots.hidden_units(np.ones((8, 2)), np.ones(2), ""), "W1 has 8 rows, expected"),
        (lambda: plots.hidden_units(np.ones((9, 2)), np.ones(3), ""), "activity has the shape"),
        (lambda: plots.filters(np.ones((3, 3)), ""), r"W1 .* expected \(F, C, HH, WW\)"),
        (
            lambda: plots.confusion_matrix(LABELS, LABELS[:3], NAMES, ""),
            r"predictions has the shape \(3,\), expected \(9,\)",
        ),
        (
            lambda: plots.confusion_matrix(LABELS, LABELS + 1, NAMES, ""),
            "predictions goes from 1 to 3, expected labels from 0 to 2",
        ),
        (
            lambda: plots.mistakes(IMAGES, LABELS, LABELS / 2, NAMES, ""),
            "predictions holds float64, expected whole numbers",
        ),
        (lambda: plots.accuracy_against_k(None, ""), "fold_accuracies is of type NoneType"),
        (lambda: plots.accuracy_against_k({}, ""), "fold_accuracies is empty"),
        (lambda: plots.accuracy_against_k({1: 0.5}, ""), r"fold_accuracies\[1\] has the shape"),
        (lambda: plots.tuning({0.1: 0.5}, ""), r"keys such as 0\.1, expected pairs"),
        (
            lambda: plots.regions({"net": lambda X: X}, np.ones((2, 2)), np.array([0, 1]), ""),
            "the model's answer has the shape",
        ),
        (
            lambda: plots.fields({"net": np.ones((3, 3))}, np.ones((2, 2)), np.array([0, 1]), ""),
            r"net has the shape \(3, 3\), expected \(200, 200\)",
        ),
    ],
)
def test_a_wrong_result_is_told_in_a_sentence(draw, message):
    with pytest.raises(UserError, match=message):
        draw()


def test_lists_and_other_integers_are_taken():
    assert given.array("x", [[1, 2]], "N", 2).shape == (1, 2)
    assert given.labels("y", np.array([0, 2], np.uint8), NAMES, 2).tolist() == [0, 2]
