"""Stage 6 in the training room: codes beside principal components, clusters, and a small GAN."""

import dataclasses

import numpy as np
import pytest
from matplotlib.figure import Figure

from autograder import datasets
from autograder.errors import UserError
from autograder.training import figures, plots, train_stage
from autograder.training.pca import principal_components
from solutions import generative
from tests.command import autograder
from tests.mistakes import KIT
from tests.test_training import images_of, with_other

PICTURES = ["reconstructions", "errors", "loss", "clusters", "samples", "adversaries"]
SETTINGS = {
    "hidden_dims": 32,
    "latent_dims": 8,
    "compare_latent": (2,),
    "num_iters": 300,
    "gan_hidden": 32,
    "gan_iters": 150,
}


@pytest.fixture(scope="module")
def small():
    digits = datasets.load("mnist")
    sizes = {"train": 500, "val": 60, "test": 100}
    cut = {f"{a}_{s}": getattr(digits, f"{a}_{s}")[:n] for s, n in sizes.items() for a in "Xy"}
    return dataclasses.replace(digits, **cut)


@pytest.fixture(scope="module")
def trained(small):
    """A result, and the calls of progress."""
    calls = []
    result = train_stage(
        "generative", generative, small, lambda *call: calls.append(call), **SETTINGS
    )
    return result, calls


def test_errors_are_those_of_new_images(trained, small):
    result, _ = trained
    assert [one.latent_dims for one in result.errors] == [2, 8]
    two, eight = result.errors
    assert eight.autoencoder[2] < two.autoencoder[2]
    X, X_test = (datasets.flatten(one).astype(np.float32) for one in (small.X_train, small.X_test))
    assert eight.autoencoder[2] == pytest.approx(
        np.mean(generative.reconstruction_errors(result.params, X_test)), rel=1e-5
    )
    decomposition = pytest.importorskip("sklearn.decomposition").PCA(8, svd_solver="full").fit(X)
    linear = decomposition.inverse_transform(decomposition.transform(X_test))
    assert eight.pca[2] == pytest.approx(np.mean(np.sum((linear - X_test) ** 2, axis=1)), rel=1e-4)


def test_more_components_rebuild_more():
    X = np.random.default_rng(0).random((50, 6))
    found = principal_components(X, 6)
    errors = [np.sum((found.rebuild(X, count) - X) ** 2) for count in range(7)]
    assert errors == sorted(errors, reverse=True)
    np.testing.assert_allclose(found.rebuild(X, 6), X)


def test_clusters_answer_with_their_main_class(trained, small):
    result, _ = trained
    assert [row.name for row in result.rows] == ["clusters of codes of 8", "clusters of codes of 2"]
    X, y = datasets.flatten(small.X_train).astype(np.float32), small.y_train.astype(int)
    _, labels, _ = generative.kmeans(generative.encode(result.params, X), 10)
    assert result.rows[0].train == pytest.approx(generative.cluster_purity(labels, y))
    assert result.rows[0].test == np.mean(result.predictions == result.test_labels)
    assert result.rows[0].test > 0.35  # guessing gets 0.1
    assert len(result.centers) == len(result.members) == len(result.cluster_names) == 10


def test_losses_fall_and_samples_come_near_digits(trained, small):
    result, _ = trained
    for losses in result.losses.values():
        assert losses.shape == (300,)
        assert np.mean(losses[-10:]) < 0.7 * losses[0]
    assert result.losses_G.shape == result.losses_D.shape == (150,)
    assert next(iter(result.grids)) == "after 0 rounds"
    assert list(result.grids)[-1] == "after 150 rounds"
    mean = datasets.flatten(small.X_train).mean(axis=0)
    first, *_, last = (np.sum((made.mean(axis=0) - mean) ** 2) for made in result.grids.values())
    assert last < 0.3 * first


def test_progress_goes_from_nothing_to_all(trained):
    done, totals = zip(*trained[1], strict=True)
    assert set(totals) == {2 * 300 + 150}
    assert (done[0], done[-1]) == (0, totals[0])
    assert list(done) == sorted(done)


def test_all_pictures_are_drawn(trained):
    drawn = figures(trained[0])
    assert list(drawn) == [*PICTURES, "confusion", "mistakes"]
    for figure in drawn.values():
        assert isinstance(figure, Figure)
        figure.draw_without_rendering()


def test_missing_function_is_named(small):
    with pytest.raises(UserError, match="train_gan"):
        train_stage("generative", with_other("generative", train_gan=None), small)


def test_the_command_prints_errors_beside_those_of_components(monkeypatch):
    from autograder.training import settings

    quick = dataclasses.replace(settings.DEFAULT["generative"], **SETTINGS)
    monkeypatch.setitem(settings.DEFAULT, "generative", quick)
    done = autograder("train", "generative", "--kit", KIT)
    assert done.code == 0
    lines = [line.split() for line in done.out.splitlines()]
    by_name = {" ".join(line[:-3]): line[-3:] for line in lines if len(line) > 3}
    for name in ("autoencoder, code of 2", "PCA, 2", "autoencoder, code of 8", "PCA, 8"):
        assert all(float(error) > 1 for error in by_name[name])


# --- pictures ---------------------------------------------------------------------------------

SQUARES = np.linspace(0, 1, 5 * 9).reshape(5, 9)


def test_reconstructions():
    figure = plots.reconstructions(SQUARES, {"half": SQUARES / 2, "same": SQUARES}, "Rebuilt")
    expected = np.concatenate([SQUARES, SQUARES / 2, SQUARES]).reshape(-1, 3, 3)
    np.testing.assert_allclose(images_of(figure), 255 * expected)
    words = [axes.get_ylabel() for axes in figure.axes if axes.get_ylabel()]
    error = np.mean(np.sum((SQUARES / 2) ** 2, axis=1))
    assert words == ["as it was", f"half\nerror {error:.1f}", "same\nerror 0.0"]
    with pytest.raises(UserError, match=r"rebuilt bad has the shape \(5, 8\)"):
        plots.reconstructions(SQUARES, {"bad": SQUARES[:, :8]}, "Rebuilt")


def test_errors_by_size():
    (axes,) = plots.errors_by_size({"one": {8: 3.0, 2: 5.0}, "other": {2: 4.0}}, "Errors").axes
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), [[2, 5], [8, 3]])
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2", "8"]


def test_clusters():
    members = [SQUARES[:2], SQUARES[:0], SQUARES[2:5]]
    figure = plots.clusters(SQUARES[:3], members, ["a", "b", "c"], "Clusters")
    rows = [0, 0, 1, 1, 2, 2, 3, 4]
    np.testing.assert_allclose(images_of(figure), 255 * SQUARES[rows].reshape(-1, 3, 3))


def test_sample_grids():
    made = {"begin": SQUARES, "end": 2 * SQUARES - 0.5}
    begin, end = images_of(plots.sample_grids(made, "Samples"))
    assert begin.shape == (7, 7)  # four of the five, with a line between them
    np.testing.assert_allclose(begin[:3, 4:], 255 * SQUARES[1].reshape(3, 3))
    np.testing.assert_allclose(begin[4:, :3], 255 * SQUARES[2].reshape(3, 3))
    assert end.min() == 0
    np.testing.assert_allclose(end[4:, 4:], 255 * np.clip(made["end"][3], 0, 1).reshape(3, 3))


def test_adversaries():
    (axes,) = plots.adversaries(np.full(50, 2.0), np.full(50, 1.0), "Match").axes
    heights = [line.get_ydata()[0] for line in axes.lines]
    assert heights == [2, 2, 1, 1, np.log(2), 2 * np.log(2)]
    with pytest.raises(UserError, match="losses_D has the shape"):
        plots.adversaries(np.ones(5), np.ones(4), "Match")


# --- what the course promises -----------------------------------------------------------------


@pytest.mark.slow
def test_codes_of_16_beat_as_many_principal_components_on_fashion():
    changes = {"compare_latent": (), "num_iters": 1500, "gan_iters": 1}
    result = train_stage("generative", generative, datasets.load("fashion_mnist"), **changes)
    (errors,) = result.errors
    assert errors.latent_dims == 16
    assert all(own < 0.95 * pca for own, pca in zip(errors.autoencoder, errors.pca, strict=True))
