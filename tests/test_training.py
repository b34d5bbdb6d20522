"""The training room: real training on small data, and pictures that show what they say."""

import dataclasses
import importlib
from types import ModuleType

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from autograder import datasets
from autograder.errors import UserError
from autograder.training import (
    figures,
    gradients,
    plots,
    quiz,
    save_plots,
    settings_of,
    signals,
    train_stage,
)
from autograder.training.deep_training import augmented
from autograder.training.depth import DIVERGED
from autograder.training.loops import PARTS, Counter, parts_of, train_in_parts
from autograder.training.plots.style import DPI, RIGHT, WRONG

# Few steps and few images, for each stage.
SMALL = {
    "nearest_neighbors": {
        "k_choices": (1, 3, 9),
        "fold_images": 100,
        "train_queries": 40,
        "validation_queries": 30,
        "test_queries": 90,
        "batch": 25,
    },
    "linear_svm": {
        "lrs": (1e-3, 1e-2),
        "regs": (1e-4, 1e-2),
        "tune_iters": 5,
        "num_iters": 60,
        "compare_iters": 20,
        "shown_regs": (1e-2, 1.0),
    },
    "two_layer_net": {"num_iters": 200, "long_iters": 60, "scale_iters": 20},
    "convnet": {
        "num_filters": 3,
        "kernel": 3,
        "hidden_dims": 16,
        "num_iters": 60,
        "measured": 50,
        "eps": 0.1,
    },
    "deep_training": {
        "images": 150,
        "hidden_dims": (32, 32),
        "num_iters": 100,
        "lr": 3e-3,
        "depth": 5,
        "quiz_lrs": (0.1, 1.0),
        "quiz_widths": (2, 4),
        "quiz_iters": 10,
    },
}
PICTURES = {
    "nearest_neighbors": ["neighbors", "accuracy_against_k", "shifted"],
    "linear_svm": [
        "loss",
        "loss_softmax",
        "accuracy",
        "templates",
        "tuning",
        "learning_rates",
        "regularisation",
    ],
    "two_layer_net": ["loss", "accuracy", "hidden_units", "accuracy_longer", "first_weights"],
    "convnet": ["loss", "accuracy", "filters", "feature_maps", "maps_of_classes"],
    "deep_training": ["loss", "accuracy", "signals", "gradients", "learning_rates"],
}
DIGITS = tuple("0123456789")


def reference(stage):
    return importlib.import_module(f"solutions.{stage}")


def with_other(stage, **functions):
    """The reference with some functions replaced; None takes one away."""
    module = ModuleType(stage)
    vars(module).update(vars(reference(stage)))
    for name, function in functions.items():
        if function is None:
            delattr(module, name)
        else:
            setattr(module, name, function)
    return module


@pytest.fixture(scope="module")
def digits():
    return datasets.load("mnist")


@pytest.fixture(scope="module")
def small(digits):
    sizes = {"train": 300, "val": 60, "test": 100}
    cut = {f"{a}_{s}": getattr(digits, f"{a}_{s}")[:n] for s, n in sizes.items() for a in "Xy"}
    return dataclasses.replace(digits, **cut)


@pytest.fixture(scope="module")
def trained(small):
    """Results by stage, each trained once, with the calls of progress."""
    known = {}

    def train(stage):
        if stage not in known:
            calls = []
            result = train_stage(
                stage, reference(stage), small, lambda *call: calls.append(call), **SMALL[stage]
            )
            known[stage] = result, calls
        return known[stage]

    return train


def images_of(figure):
    """The arrays that the panels show, in the order of the panels; colour bars show none."""
    return [np.asarray(axes.images[0].get_array()) for axes in figure.axes if axes.images]


def shown(figure):
    return [axes for axes in figure.axes if axes.get_visible()]


def texts(axes):
    return [text.get_text() for text in axes.texts]


# --- training ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", SMALL)
class TestEveryStage:
    def test_result_fits_together(self, stage, small, trained):
        result, _ = trained(stage)
        assert (result.stage, result.data, result.class_names) == (stage, "mnist", DIGITS)
        count = len(result.predictions)
        assert result.test_images.shape == (count, 28, 28)
        np.testing.assert_array_equal(result.test_labels, small.y_test[:count])
        assert result.rows[0].test == np.mean(result.predictions == result.test_labels)
        for row in result.rows:
            assert all(0 <= share <= 1 for share in (row.train, row.validation, row.test))
            assert row.answer_seconds > 0
        assert len({row.name for row in result.rows}) == len(result.rows)
        assert result.seconds > 0
        for name, value in SMALL[stage].items():
            assert result.settings[name] == value

    def test_learns(self, stage, trained):
        result, _ = trained(stage)
        assert result.rows[0].test > 0.4  # ten classes: guessing gets 0.1

    def test_losses_fall(self, stage, trained):
        for run in trained(stage)[0].runs:
            assert run.losses[0] == pytest.approx(run.first_loss, rel=0.1)
            assert np.mean(run.losses[-10:]) < 0.8 * run.losses[0]

    def test_accuracy_on_the_way(self, stage, trained):
        for run in trained(stage)[0].runs:
            assert run.steps[0] == 0
            assert run.steps[-1] == len(run.losses)
            assert np.all(np.diff(run.steps) > 0)
            assert len(run.steps) == len(run.train) == len(run.validation)
            assert run.train[-1] > run.train[0]

    def test_progress_goes_from_nothing_to_all(self, stage, trained):
        _, calls = trained(stage)
        done, totals = zip(*calls, strict=True)
        assert len(set(totals)) == 1
        assert done[0] == 0
        assert done[-1] == totals[0]
        assert list(done) == sorted(done)
        assert len(done) > 10

    def test_all_pictures_are_drawn(self, stage, trained):
        drawn = figures(trained(stage)[0])
        assert list(drawn) == [*PICTURES[stage], "confusion", "mistakes"]
        assert all(isinstance(figure, Figure) for figure in drawn.values())

    def test_missing_function_is_named(self, stage, small):
        lost = {
            "nearest_neighbors": "cross_validate_k",
            "linear_svm": "tune_svm",
            "two_layer_net": "train_nn",
            "convnet": "predict_convnet",
            "deep_training": "shift_images",
        }[stage]
        with pytest.raises(UserError, match=lost):
            train_stage(stage, with_other(stage, **{lost: None}), small)


def test_nearest_neighbors(small, trained):
    result, _ = trained("nearest_neighbors")
    X = datasets.flatten(small.X_train)
    means = {k: np.mean(accuracies) for k, accuracies in result.fold_accuracies.items()}
    assert {k: len(found) for k, found in result.fold_accuracies.items()} == {1: 5, 3: 5, 9: 5}
    assert means[result.best_k] == max(means.values())
    assert f"k = {result.best_k}" in result.rows[0].name
    one = next(row for row in result.rows if "k = 1" in row.name)
    assert one.train == 1  # each image is its own nearest neighbour

    near = result.neighbors
    for query, images, distances in zip(near.queries, near.images, near.distances, strict=True):
        x = datasets.flatten(small.X_test)[query]
        by_hand = np.sqrt(((X - x) ** 2).sum(axis=1))
        np.testing.assert_allclose(distances, np.sort(by_hand)[:6])
        np.testing.assert_array_equal(images[0], small.X_train[by_hand.argmin()])
    right = result.predictions[near.queries] == result.test_labels[near.queries]
    assert list(right) == sorted(right)  # the wrong ones first
    assert 0 < right.sum() < len(right)

    shifts = result.shifts
    np.testing.assert_array_equal(shifts.images[3, :, 3:], shifts.images[0, :, :-3])
    assert not shifts.images[3, :, :3].any()
    by_hand = np.sqrt(((shifts.images / 255 - shifts.images[0] / 255) ** 2).sum(axis=(1, 2)))
    np.testing.assert_allclose(shifts.distances, by_hand, atol=1e-7)


def test_linear_svm(small, trained):
    result, _ = trained("linear_svm")
    settings = result.settings
    assert list(result.tuning) == [(1e-3, 1e-4), (1e-3, 1e-2), (1e-2, 1e-4), (1e-2, 1e-2)]
    assert result.tuning[settings["lr"], settings["reg"]] == max(result.tuning.values())
    assert result.params["W"].shape == result.params["W_softmax"].shape == (785, 10)
    slow, chosen, fast = result.learning_rates
    assert slow.losses[-1] > 0.9 * slow.losses[0]
    assert fast.losses.max() > 1.5 * fast.losses[0]
    np.testing.assert_array_equal(chosen.losses, result.runs[0].losses[:20])
    weak, strong = result.regularised
    assert np.sum(strong.W**2) < np.sum(weak.W**2)


def test_two_layer_net(small, trained):
    result, _ = trained("two_layer_net")
    assert [run.name for run in result.runs[1:]] == [row.name for row in result.rows[1:]]
    train, _, test = datasets.centre(
        *(datasets.flatten(small.split(split)[0]) for split in ("train", "val", "test"))
    )
    net = reference("two_layer_net")
    np.testing.assert_array_equal(net.predict_nn(result.params, test), result.predictions)
    hidden = net.nn_forward(result.params, test)[1]
    np.testing.assert_array_equal(result.activity, np.mean(hidden > 0, axis=0))
    assert result.rows[0].train == np.mean(net.predict_nn(result.params, train) == small.y_train)


def test_convnet(small, trained):
    result, _ = trained("convnet")
    convnet = reference("convnet")
    X = datasets.as_images(small.X_test).astype(np.float32)
    assert {value.dtype for value in result.params.values()} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(convnet.predict_convnet(result.params, X), result.predictions)
    shown = result.test_labels[result.examples]
    assert list(shown) == sorted(set(shown))
    assert np.all(result.predictions[result.examples] == shown)
    W1, b1 = result.params["W1"], result.params["b1"]
    maps = np.maximum(0, convnet.conv_forward(X[result.examples], W1, b1, pad=1))
    np.testing.assert_allclose(result.maps, maps, atol=1e-6)
    np.testing.assert_array_equal(result.pooled, convnet.max_pool_forward(result.maps))


def test_convnet_slows_down_in_the_end(small):
    seen = []

    def train_convnet(params, X, y, lr, reg, batch, num_iters, seed):
        seen.extend([lr] * num_iters)
        return np.ones(num_iters), params

    functions = with_other("convnet", train_convnet=train_convnet)
    changes = SMALL["convnet"] | {"num_iters": 100, "slow_share": 0.2, "slow_factor": 0.5}
    train_stage("convnet", functions, small, lr=0.2, **changes)
    assert seen == [0.2] * 80 + [0.1] * 20


def test_deep_training(small, trained):
    result, _ = trained("deep_training")
    deep = reference("deep_training")
    names = [row.name for row in result.rows]
    assert names == ["plain", "L2 0.0005", "dropout, 0.6 stay", "augmentation"]
    assert [run.name for run in result.runs] == names
    X = datasets.flatten(small.X_test)
    np.testing.assert_array_equal(deep.predict_net(result.params, {}, X), result.predictions)
    plain, *helped = result.rows
    assert plain.train - plain.test > min(row.train - row.test for row in helped)
    assert {len(found) for found in result.signals.values()} == {5}
    assert {len(found) for found in result.gradients.values()} == {4}
    assert {name: len(losses) for name, losses in result.quiz.items()} == {
        "2 units": 2,
        "4 units": 2,
    }


def test_signals_fade_and_gradients_vanish_as_the_theory_says():
    deep = reference("deep_training")
    draws = {"normal": deep.init_normal, "Xavier": deep.init_xavier, "He": deep.init_he}
    found = signals(deep, draws, depth=10)
    assert found["normal"][-1] < 1e-8 * found["Xavier"][-1] < 1e-9 * found["He"][-1]
    nets = {
        "sigmoid": {"init": "xavier", "activation": "sigmoid"},
        "relu": {},
        "twice": {"scale": 2.0},
        "batchnorm": {"init": "xavier", "activation": "sigmoid", "batchnorm": True},
    }
    sizes = gradients(deep, nets, depth=8)
    assert sizes["sigmoid"][0] < 1e-3 * sizes["sigmoid"][-1]
    assert sizes["relu"][0] > 0.1 * sizes["relu"][-1]
    assert sizes["twice"].min() > 20 * sizes["relu"].max()
    assert sizes["batchnorm"][0] > 100 * sizes["sigmoid"][0]


def test_the_quiz_has_a_height_for_what_diverges():
    found = quiz(reference("deep_training"), [0.1, 1e6], [8], num_iters=5)
    assert found["8 units"][0] < 1
    assert 1 < found["8 units"][1] <= DIVERGED


def test_augmented_images_keep_their_number_and_are_moved(digits):
    settings = settings_of("deep_training")
    X = datasets.flatten(digits.X_train[:40])
    moved = augmented(reference("deep_training"), X, (28, 28), settings, seed=1)
    assert moved.shape == X.shape
    assert np.all(np.any(np.abs(moved - X) > 0.2, axis=1))
    # What is seen is much the same: each is nearer to its own than to most others.
    own = np.sum((moved - X) ** 2, axis=1)
    others = np.sum((moved[:, None] - X[None]) ** 2, axis=2)
    assert np.mean(own < np.median(others, axis=1)) > 0.9


def test_same_call_gives_the_same_result(small, trained):
    first, _ = trained("two_layer_net")
    net = reference("two_layer_net")
    second = train_stage("two_layer_net", net, small, **SMALL["two_layer_net"])
    third = train_stage("two_layer_net", net, small, **SMALL["two_layer_net"], seed=1)
    np.testing.assert_array_equal(first.runs[0].losses, second.runs[0].losses)
    np.testing.assert_array_equal(first.params["W1"], second.params["W1"])
    assert not np.array_equal(first.params["W1"], third.params["W1"])


def test_lines_of_train_nn_are_not_shown(small, capsys):
    train_stage("two_layer_net", reference("two_layer_net"), small, **SMALL["two_layer_net"])
    assert capsys.readouterr() == ("", "")


def test_images_fewer_than_a_batch(small):
    tiny = dataclasses.replace(small, X_train=small.X_train[:12], y_train=small.y_train[:12])
    changes = SMALL["two_layer_net"] | {"num_iters": 10}
    result = train_stage("two_layer_net", reference("two_layer_net"), tiny, **changes)
    assert len(result.runs[0].losses) == 10


# --- settings and parts -----------------------------------------------------------------------


def test_course_setting_is_the_default():
    settings = settings_of("two_layer_net")
    assert (settings.hidden_dims, settings.batch, settings.num_iters) == (36, 20, 1500)
    assert (settings.lr, settings.reg, settings.eps) == (1e-1, 1e-5, 1e-4)


@pytest.mark.parametrize("stage", ["linear_svm", "two_layer_net", "convnet", "deep_training"])
def test_full_sets_get_more_steps(stage):
    assert settings_of(stage, full=True).num_iters > settings_of(stage).num_iters


def test_unknown_stage_and_setting(small):
    with pytest.raises(UserError, match=r"svm.*perceptron.*linear_svm"):
        train_stage("svm", reference("linear_svm"), small)
    with pytest.raises(UserError, match=r"no setting speed.*num_iters"):
        train_stage("linear_svm", reference("linear_svm"), small, speed=2)


@pytest.mark.parametrize("num_iters", [1, 7, PARTS, 1500, 1507])
def test_parts_cover_all_steps(num_iters):
    parts = parts_of(num_iters, seed=3)
    assert len(parts) == min(num_iters, PARTS)
    assert [part.done for part in parts] == list(np.cumsum([0, *(p.num_iters for p in parts)])[:-1])
    assert sum(part.num_iters for part in parts) == num_iters
    assert max(p.num_iters for p in parts) - min(p.num_iters for p in parts) <= 1


def test_no_two_parts_share_a_seed():
    seeds = [part.seed for seed in (0, 1, 2) for part in parts_of(1500, seed)]
    assert len(set(seeds)) == len(seeds)


def test_parts_change_nothing_but_the_draws(small):
    """With all images in each batch nothing is drawn, and parts are the same as one call."""
    svm = reference("linear_svm")
    X, y = svm.add_bias(datasets.flatten(small.X_train[:40])), small.y_train[:40].astype(int)
    W = np.zeros((785, 10))
    run, learnt = train_in_parts(
        "",
        lambda W, part: svm.train_svm(W, X, y, 1e-2, 1e-3, 40, part.num_iters, part.seed),
        W,
        70,
        0,
        Counter(70, lambda done, total: None),
        9.0,
    )
    losses, expected = svm.train_svm(W, X, y, 1e-2, 1e-3, 40, 70, 0)
    np.testing.assert_allclose(run.losses, losses, rtol=1e-9)
    np.testing.assert_allclose(learnt, expected, atol=1e-12)


def test_wrong_number_of_losses_and_no_steps(small):
    functions = with_other(
        "two_layer_net", train_nn=lambda params, *args, **kwargs: (np.zeros(1), params)
    )
    with pytest.raises(UserError, match="1 losses for 4 steps"):
        train_stage("two_layer_net", functions, small, num_iters=200)
    with pytest.raises(UserError, match="0 steps"):
        train_stage("two_layer_net", functions, small, num_iters=0)


# --- pictures ---------------------------------------------------------------------------------


def test_smooth():
    rng = np.random.default_rng(0)
    noise = rng.standard_normal(500)
    smoothed = plots.smooth(noise, 21)
    assert smoothed.shape == noise.shape
    assert smoothed[0] == noise[0]
    assert smoothed[250] == pytest.approx(np.mean(noise[240:261]))
    np.testing.assert_allclose(plots.smooth(np.full(9, 2.5), 5), 2.5)


def test_loss_curve():
    losses = 9 / (1 + np.arange(400.0))
    figure = plots.loss_curve(losses, "Loss", 9.0)
    begin, whole = figure.axes
    for axes in figure.axes:
        raw, smoothed, *_ = axes.lines
        np.testing.assert_array_equal(raw.get_ydata(), losses)
        assert len(smoothed.get_ydata()) == 400
    assert list(begin.lines[2].get_ydata()) == [9, 9]
    assert begin.get_ylim()[1] > 9 > whole.get_ylim()[1]
    assert figure.get_suptitle() == "Loss"


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_loss_curve_of_a_training_that_diverged(bad):
    losses = np.concatenate([np.full(50, 9.0), np.full(50, bad)])
    plots.loss_curve(losses, "Loss", 9.0).draw_without_rendering()


def test_compare_losses():
    losses = {"slow": np.linspace(9, 8, 50), "fast": np.linspace(9, 1, 50)}
    figure = plots.compare_losses(losses, "Two", "rate", log=True, ordered=True)
    (axes,) = figure.axes
    legend = axes.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["slow", "fast"]
    assert axes.get_yscale() == "log"
    np.testing.assert_array_equal(axes.lines[2].get_ydata(), losses["fast"])


def test_accuracy_curves():
    steps, low, high = np.arange(5), np.linspace(0.1, 0.8, 5), np.linspace(0.1, 0.9, 5)
    figure = plots.accuracy_curves({"a": (steps, high, low), "b": (steps, low, low)}, "Two")
    assert [axes.get_title() for axes in figure.axes] == ["a", "b"]
    train, validation = figure.axes[0].lines
    np.testing.assert_array_equal(train.get_ydata(), high)
    np.testing.assert_array_equal(validation.get_ydata(), low)
    assert "90.0 %" in train.get_label()
    assert "80.0 %" in validation.get_label()


def test_accuracy_against_k():
    found = {5: [0.7, 0.9], 1: [0.5, 0.7], 20: [0.2, 0.4]}
    (axes,) = plots.accuracy_against_k(found, "k").axes
    dots = [(line.get_xdata()[0], *line.get_ydata()) for line in axes.lines[:3]]
    assert dots == [(1, 0.5, 0.7), (5, 0.7, 0.9), (20, 0.2, 0.4)]
    np.testing.assert_allclose(axes.lines[3].get_ydata(), [0.6, 0.8, 0.3])
    assert "k = 5" in axes.lines[4].get_label()
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "5", "20"]


def test_templates():
    W = np.random.default_rng(0).standard_normal((17, 7))
    figure = plots.templates(W, DIGITS[:7], "Templates")
    panels = images_of(figure)
    assert len(panels) == 7
    for label, image in enumerate(panels):
        np.testing.assert_array_equal(image, W[:-1, label].reshape(4, 4))
        low, high = figure.axes[label].images[0].get_clim()
        assert low == -high < 0
    assert [axes.get_title() for axes in figure.axes[:7]] == list(DIGITS[:7])


def test_regularisation():
    rng = np.random.default_rng(0)
    weights = [rng.standard_normal((10, 5)) for _ in range(3)]
    figure = plots.regularisation(
        [0.1, 1, 10], weights, [0.9, 0.8, 0.7], [0.6, 0.7, 0.5], DIGITS[:5], "Reg", shown=(0, 4, 8)
    )
    train, validation = figure.axes[0].lines
    assert list(train.get_ydata()) == [0.9, 0.8, 0.7]
    assert list(validation.get_ydata()) == [0.6, 0.7, 0.5]
    expected = [W[:-1, label].reshape(3, 3) for W in weights for label in (0, 4)]
    np.testing.assert_array_equal(images_of(figure), expected)


def test_hidden_units():
    W1 = np.random.default_rng(0).standard_normal((9, 5))
    figure = plots.hidden_units(W1, np.array([0.5, 0.0, 1.0, 0.25, 0.5]), "Units")
    order = [2, 0, 4, 3, 1]
    np.testing.assert_array_equal(images_of(figure), W1.T.reshape(5, 3, 3)[order])
    titles = [axes.get_title() for axes in shown(figure)]
    assert titles == ["100 %", "50 %", "50 %", "25 %", "silent"]


def test_filters_and_maps():
    rng = np.random.default_rng(0)
    W1 = rng.standard_normal((6, 2, 3, 3))
    maps, pooled = rng.random((4, 6, 8, 8)), rng.random((4, 6, 4, 4))
    images = rng.integers(0, 256, (4, 8, 8), dtype=np.uint8)

    np.testing.assert_array_equal(images_of(plots.filters(W1, "Filters")), W1.mean(axis=1))

    one = images_of(plots.feature_maps(images[0], W1, maps[0], pooled[0], "One"))
    np.testing.assert_array_equal(one[0], images[0])
    np.testing.assert_array_equal(one[1:7], W1.mean(axis=1))
    np.testing.assert_array_equal(one[7:13], maps[0])
    for panel, expected in zip(one[13:], pooled[0], strict=True):
        np.testing.assert_array_equal(panel, expected)

    every = images_of(plots.maps_of_classes(images, W1, maps, "All"))
    assert len(every) == 6 + 4 * 7
    np.testing.assert_array_equal(every[6::7], images)
    np.testing.assert_array_equal(every[7:13], maps[0])


def test_confusion_matrix():
    labels = np.array([0, 0, 0, 1, 2, 2])
    answers = np.array([0, 0, 1, 1, 0, 2])
    counts = plots.count_confusions(labels, answers, 4)
    np.testing.assert_array_equal(counts, [[2, 1, 0, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]])
    assert counts.sum() == len(labels)

    (axes,) = plots.confusion_matrix(labels, answers, DIGITS[:4], "Confusion").axes
    cells = {text.get_position()[::-1]: text.get_text() for text in axes.texts}
    numbers = {place: int(text) for place, text in cells.items() if text.isdigit()}
    assert numbers == {(0, 0): 2, (0, 1): 1, (1, 1): 1, (2, 0): 1, (2, 2): 1}
    assert [text for text in texts(axes) if "%" in text] == ["67 %", "100 %", "50 %"]
    shares = np.asarray(axes.images[0].get_array()) ** 2
    np.testing.assert_allclose(shares.sum(axis=1), [1, 1, 1, 0])
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("answer", "true class")


def test_tuning():
    results = {(0.1, 1.0): 0.5, (0.1, 2.0): 0.9, (0.2, 1.0): 0.9, (0.2, 2.0): 0.7}
    (axes,) = plots.tuning(results, "Tuning").axes
    assert texts(axes) == ["50.0 %", "90.0 %\nchosen", "90.0 %", "70.0 %"]


def test_mistakes():
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (50, 6, 6), dtype=np.uint8)
    labels = rng.integers(0, 3, 50)
    answers = labels.copy()
    answers[10:40] = (labels[10:40] + 1) % 3
    figure = plots.mistakes(images, labels, answers, ("a", "b", "c"), "Wrong", limit=20)
    assert len(shown(figure)) == 20
    np.testing.assert_array_equal(images_of(figure), images[10:30])
    names = "abc"
    assert [axes.get_title() for axes in shown(figure)] == [
        f"{names[label]} → {names[answer]}"
        for label, answer in zip(labels[10:30], answers[10:30], strict=True)
    ]
    assert "20 of the 30 mistakes on 50 images" in figure.get_supxlabel()

    none = plots.mistakes(images, labels, labels, ("a", "b", "c"), "None wrong")
    assert not shown(none)
    none.draw_without_rendering()


def test_nearest_neighbors_picture():
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (2, 5, 5), dtype=np.uint8)
    near = rng.integers(0, 256, (2, 3, 5, 5), dtype=np.uint8)
    labels, near_labels = np.array([0, 1]), np.array([[0, 0, 1], [0, 1, 1]])
    distances = rng.random((2, 3))
    figure = plots.nearest_neighbors(
        images, labels, np.array([0, 0]), near, near_labels, distances, ("x", "y"), "Near"
    )
    panels = np.reshape(figure.axes, (2, 4))
    for row in range(2):
        np.testing.assert_array_equal(panels[row, 0].images[0].get_array(), images[row])
        for column in range(3):
            axes = panels[row, column + 1]
            np.testing.assert_array_equal(axes.images[0].get_array(), near[row, column])
            same = near_labels[row, column] == labels[row]
            assert to_hex(axes.spines["top"].get_edgecolor()) == (RIGHT if same else WRONG)
    assert panels[1, 0].get_ylabel() == "is y\nanswer x"


def test_shifted_picture():
    images = np.zeros((3, 4, 4), dtype=np.uint8)
    figure = plots.shifted(images, np.array([0.0, 2.0, 3.0]), 1.0, 2.5, "Shifted")
    assert len(images_of(figure)) == 3
    curve, same, other = figure.axes[-1].lines
    assert list(curve.get_ydata()) == [0, 2, 3]
    assert (same.get_ydata()[0], other.get_ydata()[0]) == (1, 2.5)


def test_pictures_leave_no_trace():
    before = dict(mpl.rcParams)
    plots.loss_curve(np.ones(30), "Loss")
    assert dict(mpl.rcParams) == before
    pyplot = importlib.import_module("matplotlib.pyplot")
    assert pyplot.get_fignums() == []


# --- files ------------------------------------------------------------------------------------


def test_save_plots(trained, tmp_path):
    result, _ = trained("convnet")
    folder = tmp_path / "new" / "plots"
    paths = save_plots(result, folder)
    names = [*PICTURES["convnet"], "confusion", "mistakes"]
    assert [path.name for path in paths] == [f"convnet_{name}.png" for name in names]
    assert sorted(folder.iterdir()) == sorted(paths)  # and no temporary file
    for path in paths:
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG")
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        assert 3 * DPI < width < 20 * DPI
        assert 2 * DPI < height < 20 * DPI
    assert save_plots(result, str(folder)) == paths  # again, over the old ones


def test_save_plots_where_no_folder_can_be(trained, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UserError, match="can't be written"):
        save_plots(trained("convnet")[0], tmp_path / "file")


# --- what the course promises -----------------------------------------------------------------


@pytest.mark.slow
def test_course_setting_on_digits(digits):
    result = train_stage(
        "two_layer_net", reference("two_layer_net"), digits, long_regs=(), scales=()
    )
    assert result.rows[0].test >= 0.91
    assert len(result.runs[0].losses) == 1500
    assert "accuracy_longer" not in figures(result)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "changes", "least"),
    [
        ("nearest_neighbors", {"k_choices": (1, 3), "test_queries": 500}, 0.92),
        ("linear_svm", {"num_iters": 500, "shown_regs": ()}, 0.87),
        ("convnet", {"num_iters": 400}, 0.91),
    ],
)
def test_models_on_digits(digits, stage, changes, least):
    result = train_stage(stage, reference(stage), digits, **changes)
    assert result.rows[0].test >= least
    assert figures(result)
