"""Stage 0 in the training room: points in place of images, and lines beside networks."""

import numpy as np
import pytest

from autograder import datasets
from autograder.errors import UserError
from autograder.training import figures, save_plots, settings_of, train_stage
from solutions import perceptron
from tests.command import autograder
from tests.mistakes import KIT
from tests.test_training import with_other

PICTURES = ["mistakes_by_epoch", "loss", "accuracy", "answers", "hidden_units"]


@pytest.fixture(scope="module")
def trained():
    """The result of the settings as they are, and the calls of progress."""
    calls = []
    result = train_stage("perceptron", perceptron, progress=lambda *call: calls.append(call))
    return result, calls


def test_networks_learn_what_no_line_does(trained):
    rows = {row.name: row for row in trained[0].rows}
    assert list(rows) == [
        "4 hidden units",
        "1 hidden unit",
        "2 hidden units",
        "8 hidden units",
        "perceptron",
        "best straight line",
    ]
    for name, row in rows.items():
        lowest, highest = (0.95, 1) if name[0] in "248" else (0.3, 0.78)
        assert all(lowest <= share <= highest for share in (row.train, row.validation, row.test))


def test_the_perceptron_stops_where_a_line_divides_and_never_on_xor(trained):
    divided, never = trained[0].mistakes.values()
    assert divided[-1] == 0 < divided[0]
    assert len(divided) < len(never) == settings_of("perceptron").max_epochs
    assert never.min() > 20


def test_the_result_fits_together(trained):
    result, _ = trained
    assert (result.stage, result.data, result.class_names) == (
        "perceptron",
        "noisy_xor",
        ("0", "1"),
    )
    assert result.settings == vars(settings_of("perceptron"))
    output, hidden = perceptron.xor_forward(result.params, result.X)
    assert result.rows[0].train == np.mean((output[:, 0] > 0.5) == result.y)
    assert hidden.shape[1] == len(result.hidden) == 4
    assert list(result.answers) == ["perceptron", "best straight line", "4 hidden units"]
    X1 = np.hstack([result.X, np.ones((len(result.X), 1))])
    on_line = next(row for row in result.rows if row.name == "perceptron")
    assert on_line.train == np.mean((X1 @ result.params["w"] > 0) == result.y)
    for run in result.runs:
        assert len(run.losses) == settings_of("perceptron").num_iters
        assert run.losses[20] == pytest.approx(run.first_loss, rel=0.1)


def test_parts_are_the_same_training_as_one_call(trained):
    result, _ = trained
    start = perceptron.init_xor(4, 0)
    losses, params = perceptron.train_xor(start, result.X, result.y, 4.0, 2000)
    np.testing.assert_array_equal(result.runs[0].losses, losses)
    np.testing.assert_array_equal(result.params["W1"], params["W1"])


def test_progress_goes_from_nothing_to_all(trained):
    done, totals = zip(*trained[1], strict=True)
    assert set(totals) == {4 * 2000}
    assert (done[0], done[-1]) == (0, totals[0])
    assert list(done) == sorted(done)


def test_pictures(trained, tmp_path):
    result, _ = trained
    drawn = figures(result)
    assert list(drawn) == PICTURES
    divided, never = drawn["mistakes_by_epoch"].axes[0].lines
    assert list(never.get_ydata()) == list(result.mistakes["XOR"])
    assert list(divided.get_xdata()) == list(never.get_xdata()) == list(range(1, 51))
    assert not divided.get_ydata()[len(next(iter(result.mistakes.values()))) :].any()
    for name, values in (("answers", result.answers), ("hidden_units", result.hidden)):
        panels = [axes for axes in drawn[name].axes if axes.images and axes.get_title()]
        assert [axes.get_title() for axes in panels] == list(values)
        for axes, shown in zip(panels, values.values(), strict=True):
            np.testing.assert_array_equal(axes.images[0].get_array(), shown)
    names = [path.name for path in save_plots(result, tmp_path)]
    assert names == [f"perceptron_{name}.png" for name in PICTURES]


def test_outputs_of_other_shapes_and_lists_are_taken():
    """Students' arrays, as lenient as the checks: a list of counts, float32."""

    def train_perceptron(*arguments):
        w, mistakes = perceptron.train_perceptron(*arguments)
        return w, mistakes.tolist()

    functions = with_other("perceptron", train_perceptron=train_perceptron)
    result = train_stage("perceptron", functions, num_iters=60, compare_hidden=(), hidden_dims=3)
    assert list(figures(result)) == PICTURES


def test_images_where_there_are_points_and_points_where_there_are_images():
    with pytest.raises(UserError, match=r"perceptron draws the points .* give no data set"):
        train_stage("perceptron", perceptron, datasets.load("mnist"))
    with pytest.raises(UserError, match="linear_svm learns from images: give a data set"):
        train_stage("linear_svm", with_other("linear_svm"))
    with pytest.raises(UserError, match="perceptron has no full set"):
        train_stage("perceptron", perceptron, full=True)
    with pytest.raises(UserError, match="perceptron lacks train_xor"):
        train_stage("perceptron", with_other("perceptron", train_xor=None))


def test_the_command(tmp_path):
    done = autograder("train", "perceptron", "--kit", KIT, "--plots", tmp_path / "plots")
    assert done.code == 0
    assert done.out.startswith("perceptron on noisy_xor, with ")
    assert "best straight line" in done.out
    assert len(list((tmp_path / "plots").iterdir())) == len(PICTURES)
    for words, said in ((["--data", "mnist"], "give no data set"), (["--full"], "no full set")):
        refused = autograder("train", "perceptron", "--kit", KIT, *words)
        assert refused.code == 2
        assert said in " ".join(refused.err.split())
