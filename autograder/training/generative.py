"""Stage 6 on real images: codes of several sizes beside PCA, their clusters, and a small GAN."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import NamedTuple

import numpy as np

from autograder.datasets import Dataset
from autograder.training.examples import Examples, Splits, as_rows, one_of_each_class
from autograder.training.loops import (
    Counter,
    Part,
    Predict,
    Progress,
    parts_of,
    require,
    table_row,
    train_in_parts,
)
from autograder.training.pca import Components, principal_components
from autograder.training.result import CodeErrors, GenerativeResult
from autograder.training.settings import GenerativeSettings

CALLED = (
    "init_autoencoder",
    "train_autoencoder",
    "encode",
    "decode",
    "kmeans",
    "kmeans_assign",
    "init_gan",
    "train_gan",
    "generate",
)
SHOWN = 10  # images side by side
GRID = 36  # made images
NOTED = (0, 1, 3, 8, 20)  # before these parts, and in the end, the generator's images are kept

Params = dict[str, np.ndarray]
Pair = tuple[Params, ...]  # of the generator and of the discriminator
Rebuild = Callable[[np.ndarray], np.ndarray]


class _Clusters(NamedTuple):
    """Clusters of an autoencoder's codes: their centers, and the class that each answers with."""

    params: Params
    centers: np.ndarray
    answers: np.ndarray


class _Gan(NamedTuple):
    """The course of a GAN: images made of the same random numbers by and by, and its losses."""

    grids: dict[str, np.ndarray]
    losses_G: np.ndarray
    losses_D: np.ndarray


def train(
    functions: ModuleType, data: Dataset, settings: GenerativeSettings, progress: Progress
) -> GenerativeResult:
    """Train autoencoders with codes of several sizes, and a GAN; divide the codes into clusters.

    Each cluster answers with the class that most of its training images have, so that clusters,
    which were found without labels, can be measured like a classifier. Images and first weights
    are float32, for speed.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    data : Dataset
        Images and labels.
    settings : GenerativeSettings
        The networks and their training.
    progress : callable
        ``progress(done, total)``, in steps.

    Returns
    -------
    GenerativeResult
    """
    started = time.perf_counter()
    require(functions, CALLED)
    splits = Splits(*(Examples(X.astype(np.float32), y) for X, y in as_rows(data)))
    sizes = sorted({settings.latent_dims, *settings.compare_latent})
    counter = Counter(len(sizes) * settings.num_iters + settings.gan_iters, progress)
    bench = _Bench(functions, splits, settings, counter)
    trained = {size: bench.autoencoder(size) for size in sizes}
    rebuilders = {size: bench.rebuilder(params) for size, (_, params) in trained.items()}
    pca = principal_components(splits.train.X, max(sizes))

    found = {size: bench.clusters(params) for size, (_, params) in trained.items()}
    measured = {
        size: table_row(f"clusters of codes of {size}", bench.classifier(clusters), splits)
        for size, clusters in found.items()
    }
    row, predictions = measured.pop(settings.latent_dims)
    shown = splits.test.X[one_of_each_class(splits.test.y, splits.test.y >= 0)[:SHOWN]]
    named = {f"code of {size}": rebuild for size, rebuild in rebuilders.items()}
    named |= {f"PCA, {settings.latent_dims}": _linear(pca, settings.latent_dims)}
    members, cluster_names = bench.members(found[settings.latent_dims], data.class_names)
    gan = bench.gan()
    return GenerativeResult(
        stage="generative",
        data=data.name,
        class_names=data.class_names,
        settings=vars(settings).copy(),
        rows=(row, *(other for other, _ in measured.values())),
        runs=(),
        params=trained[settings.latent_dims][1],
        test_images=data.X_test,
        test_labels=splits.test.y,
        predictions=predictions,
        errors=tuple(
            CodeErrors(size, _errors(splits, rebuild), _errors(splits, _linear(pca, size)))
            for size, rebuild in rebuilders.items()
        ),
        losses={str(size): losses for size, (losses, _) in trained.items()},
        originals=shown,
        rebuilt={name: rebuild(shown) for name, rebuild in named.items()},
        centers=bench.decoded(found[settings.latent_dims]),
        members=members,
        cluster_names=cluster_names,
        grids=gan.grids,
        losses_G=gan.losses_G,
        losses_D=gan.losses_D,
        seconds=time.perf_counter() - started,
    )


@dataclass(frozen=True)
class _Bench:
    """The functions with the data and settings that all trainings share."""

    functions: ModuleType
    splits: Splits
    settings: GenerativeSettings
    counter: Counter

    def autoencoder(self, latent_dims: int) -> tuple[np.ndarray, Params]:
        """Train one; each part begins with velocities of zero."""
        X, settings = self.splits.train.X, self.settings

        def part(params: Params, part: Part) -> tuple[np.ndarray, Params]:
            return self.functions.train_autoencoder(
                params,
                X,
                settings.lr,
                settings.momentum,
                min(settings.batch, len(X)),
                part.num_iters,
                part.seed,
            )

        start = self.functions.init_autoencoder(
            X.shape[1], settings.hidden_dims, latent_dims, settings.seed
        )
        run, params = train_in_parts(
            str(latent_dims),
            part,
            _single(start),
            settings.num_iters,
            settings.seed,
            self.counter,
            np.nan,  # no theory knows it
        )
        return run.losses, params

    def rebuilder(self, params: Params) -> Rebuild:
        """Give the function that takes rows of pixels through their codes."""
        return lambda X: np.asarray(self.functions.decode(params, self.functions.encode(params, X)))

    def clusters(self, params: Params) -> _Clusters:
        """Divide the codes of the training images; each cluster answers with its main class."""
        X, y = self.splits.train
        centers, labels, _ = self.functions.kmeans(
            self.functions.encode(params, X), self.settings.clusters, seed=self.settings.seed
        )
        counts = np.zeros((len(centers), y.max() + 1), dtype=int)
        np.add.at(counts, (labels, y), 1)
        return _Clusters(params, np.asarray(centers), np.argmax(counts, axis=1))

    def classifier(self, clusters: _Clusters) -> Predict:
        """Give the function that answers with the class of the nearest center's cluster."""
        return lambda X: clusters.answers[self._assign(clusters, X)]

    def decoded(self, clusters: _Clusters) -> np.ndarray:
        """Give the images of the centers."""
        return np.asarray(self.functions.decode(clusters.params, clusters.centers))

    def members(
        self, clusters: _Clusters, class_names: tuple[str, ...]
    ) -> tuple[tuple[np.ndarray, ...], tuple[str, ...]]:
        """Give, for each cluster, the test images nearest to its center, and a word on it."""
        X, y = self.splits.test
        codes = np.asarray(self.functions.encode(clusters.params, X))
        labels = self._assign(clusters, X)
        members, words = [], []
        for k, center in enumerate(clusters.centers):
            own = np.flatnonzero(labels == k)
            distances = np.sum((codes[own] - center) ** 2, axis=1)
            members.append(X[own[np.argsort(distances, kind="stable")[:SHOWN]]])
            share = np.mean(y[own] == clusters.answers[k]) if len(own) else 0.0
            words.append(f"{class_names[clusters.answers[k]]}, {share:.0%}")
        return tuple(members), tuple(words)

    def gan(self) -> _Gan:
        """Train a generator and its discriminator."""
        X, settings = self.splits.train.X, self.settings
        z = np.random.default_rng(settings.seed).standard_normal((GRID, settings.noise_dims))
        grids: dict[str, np.ndarray] = {}

        def part(pair: Pair, part: Part) -> tuple[np.ndarray, Pair]:
            if part.done in noted:
                grids[f"after {part.done:,} rounds"] = self._made(pair[0], z)
            losses_G, losses_D, *moved = self.functions.train_gan(
                *pair,
                X,
                settings.lr_G,
                settings.lr_D,
                min(settings.batch, len(X)),
                part.num_iters,
                part.seed,
            )
            return np.stack([losses_G, losses_D], axis=1), tuple(moved)

        start = self.functions.init_gan(
            X.shape[1], settings.noise_dims, settings.gan_hidden, settings.seed
        )
        parts = parts_of(settings.gan_iters, settings.seed)
        noted = [parts[number].done for number in NOTED if number < len(parts)]
        run, pair = train_in_parts(
            "GAN",
            part,
            tuple(map(_single, start)),
            settings.gan_iters,
            settings.seed,
            self.counter,
            np.nan,
        )
        grids[f"after {settings.gan_iters:,} rounds"] = self._made(pair[0], z)
        losses_G, losses_D = run.losses.T
        return _Gan(grids, losses_G, losses_D)

    def _made(self, params_G: Params, z: np.ndarray) -> np.ndarray:
        return np.asarray(self.functions.generate(params_G, z))

    def _assign(self, clusters: _Clusters, X: np.ndarray) -> np.ndarray:
        codes = self.functions.encode(clusters.params, X)
        return np.asarray(self.functions.kmeans_assign(codes, clusters.centers))


def _single(params: Params) -> Params:
    return {name: np.asarray(value, dtype=np.float32) for name, value in params.items()}


def _linear(pca: Components, count: int) -> Rebuild:
    return lambda X: pca.rebuild(X, count)


def _errors(splits: Splits, rebuild: Rebuild) -> tuple[float, ...]:
    """Measure the mean squared distance of each split's images from what is rebuilt of them."""
    return tuple(
        float(np.mean(np.sum((rebuild(X) - X) ** 2, axis=1, dtype=np.float64))) for X, _ in splits
    )
