"""The settings of each stage, found by trying, and how to change them."""

from dataclasses import dataclass, fields, replace
from typing import Any

from autograder.errors import UserError


@dataclass(frozen=True)
class PerceptronSettings:
    """Settings of stage 0.

    Attributes
    ----------
    points, test_points, spread
        Points drawn for training, as many for validation, those of the test; their spread.
    max_epochs
        Epochs of the perceptron.
    hidden_dims, compare_hidden
        Hidden units of the network, and of those to compare.
    lr, num_iters, seed
        Those of every training.
    """

    points: int = 200
    test_points: int = 1_000
    spread: float = 0.15
    max_epochs: int = 50
    hidden_dims: int = 4
    compare_hidden: tuple[int, ...] = (1, 2, 8)
    lr: float = 4.0
    num_iters: int = 2_000
    seed: int = 0


@dataclass(frozen=True)
class NeighborsSettings:
    """Settings of stage 1. Sizes are numbers of images, and no more than there are.

    Attributes
    ----------
    k_choices, num_folds, fold_images
        What cross-validation tries, on how many folds of how many training images in all.
    stored
        Training images kept in the memory.
    train_queries, validation_queries, test_queries
        Images of each split that are classified.
    batch
        Images classified at once: a table of distances has batch * stored numbers.
    """

    k_choices: tuple[int, ...] = (1, 3, 5, 7, 10, 15, 20, 30, 50, 100)
    num_folds: int = 5
    fold_images: int = 2_000
    stored: int = 7_000
    train_queries: int = 1_000
    validation_queries: int = 1_000
    test_queries: int = 2_000
    batch: int = 250


@dataclass(frozen=True)
class LinearSettings:
    """Settings of stage 2.

    Attributes
    ----------
    lrs, regs, tune_iters
        What tuning tries, with how many steps each. The best of them trains the model.
    batch, num_iters, seed
        Those of every training.
    compare_iters, lr_factor
        Steps of the two trainings with the chosen learning rate divided, and multiplied, by
        lr_factor: too small and too large.
    shown_regs, shown_lr
        Strengths of regularisation to compare, and the learning rate that suits all of them.
    """

    lrs: tuple[float, ...] = (1e-3, 1e-2, 1e-1, 1.0)
    regs: tuple[float, ...] = (1e-5, 1e-3, 1e-2, 1e-1)
    tune_iters: int = 200
    batch: int = 200
    num_iters: int = 1_500
    seed: int = 0
    compare_iters: int = 300
    lr_factor: float = 1_000.0
    shown_regs: tuple[float, ...] = (1e-5, 1e-2, 1e-1, 1.0, 10.0)
    shown_lr: float = 1e-2


@dataclass(frozen=True)
class NetSettings:
    """Settings of stage 3; the first six are the course's own.

    Attributes
    ----------
    hidden_dims, batch, num_iters, lr, reg, eps, seed
        Those of the model.
    long_iters, long_regs
        Steps of the longer trainings, and the strengths of regularisation they compare.
    scales, scale_iters
        Scales of the first weights to compare, with how many steps.
    """

    hidden_dims: int = 36
    batch: int = 20
    num_iters: int = 1_500
    lr: float = 1e-1
    reg: float = 1e-5
    eps: float = 1e-4
    seed: int = 0
    long_iters: int = 6_000
    long_regs: tuple[float, ...] = (1e-5, 3e-3)
    scales: tuple[float, ...] = (1e-6, 1e-4, 1e-2, 1e-1)
    scale_iters: int = 150


@dataclass(frozen=True)
class ConvnetSettings:
    """Settings of stage 4.

    Attributes
    ----------
    num_filters, kernel, hidden_dims, eps, seed
        The network and its first weights.
    lr, reg, batch, num_iters
        Those of training.
    slow_share, slow_factor
        The parts that begin in the last share of the steps have a learning rate multiplied by
        the factor: a large one gets near a minimum soon but jumps about in it.
    measured
        Training and validation images on which accuracy is measured on the way.
    """

    num_filters: int = 8
    kernel: int = 7
    hidden_dims: int = 64
    eps: float = 5e-2
    seed: int = 0
    lr: float = 1e-1
    reg: float = 0.0
    batch: int = 50
    num_iters: int = 1_200
    slow_share: float = 0.25
    slow_factor: float = 0.2
    measured: int = 1_000


@dataclass(frozen=True)
class DeepSettings:
    """Settings of stage 5.

    Attributes
    ----------
    images
        Training images: few, so that they can be learnt by heart.
    hidden_dims, seed
        The network.
    lr, batch, num_iters
        Those of every training, by Adam.
    l2, p
        Strength of the penalty, and the share that stays in dropout, where they are used.
    shift, degrees, factor, noise
        The most by which augmentation moves, turns and scales images, and what it adds to pixels.
    depth
        Layers of the networks whose signals and gradients are measured.
    quiz_lrs, quiz_widths, quiz_iters
        Learning rates and widths to compare, with how many steps.
    """

    images: int = 300
    hidden_dims: tuple[int, ...] = (64, 64, 64)
    seed: int = 0
    lr: float = 1e-3
    batch: int = 50
    num_iters: int = 1_500
    l2: float = 5e-4
    p: float = 0.6
    shift: int = 2
    degrees: float = 10.0
    factor: float = 1.1
    noise: float = 0.05
    depth: int = 20
    quiz_lrs: tuple[float, ...] = (1e-3, 1e-2, 1e-1, 0.3, 1.0, 3.0, 10.0)
    quiz_widths: tuple[int, ...] = (2, 8, 32, 128)
    quiz_iters: int = 100


@dataclass(frozen=True)
class GenerativeSettings:
    """Settings of stage 6.

    Attributes
    ----------
    hidden_dims, latent_dims, compare_latent
        Hidden units of the autoencoders; the size of the code that is looked at, and others.
    lr, momentum, batch, num_iters, seed
        Those of the autoencoders' training; batch and seed also those of the GAN.
    clusters
        Clusters that the codes are divided into.
    noise_dims, gan_hidden, lr_G, lr_D, gan_iters
        The GAN and its training.
    """

    hidden_dims: int = 128
    latent_dims: int = 16
    compare_latent: tuple[int, ...] = (8, 64)
    lr: float = 1e-2
    momentum: float = 0.9
    batch: int = 50
    num_iters: int = 2_000
    seed: int = 0
    clusters: int = 10
    noise_dims: int = 32
    gan_hidden: int = 128
    lr_G: float = 1e-1
    lr_D: float = 1e-1
    gan_iters: int = 3_000


Settings = (
    PerceptronSettings
    | NeighborsSettings
    | LinearSettings
    | NetSettings
    | ConvnetSettings
    | DeepSettings
    | GenerativeSettings
)

DEFAULT: dict[str, Settings] = {
    "perceptron": PerceptronSettings(),
    "nearest_neighbors": NeighborsSettings(),
    "linear_svm": LinearSettings(),
    "two_layer_net": NetSettings(),
    "convnet": ConvnetSettings(),
    "deep_training": DeepSettings(),
    "generative": GenerativeSettings(),
}
# For the full sets: 55,000 training images and 10,000 test images.
FULL: dict[str, Settings] = {
    "nearest_neighbors": NeighborsSettings(
        fold_images=5_000, stored=55_000, validation_queries=2_000, test_queries=10_000
    ),
    "linear_svm": LinearSettings(tune_iters=500, num_iters=5_000),
    "two_layer_net": NetSettings(num_iters=15_000, long_iters=30_000, long_regs=(1e-5, 1e-3)),
    "convnet": ConvnetSettings(num_filters=12, hidden_dims=100, num_iters=6_000),
    "deep_training": DeepSettings(images=3_000, num_iters=6_000),
    "generative": GenerativeSettings(num_iters=10_000, gan_iters=20_000),
}


def settings_of(stage: str, full: bool = False, **changes: Any) -> Settings:
    """Give the settings of a stage.

    Parameters
    ----------
    stage : str
        The stage.
    full : bool
        Those for the full sets, with more steps.
    **changes
        Settings that are to differ.

    Returns
    -------
    PerceptronSettings, NeighborsSettings, LinearSettings, NetSettings, ConvnetSettings,
    DeepSettings or GenerativeSettings

    Raises
    ------
    UserError
        If the stage trains nothing, has no full set, or no such setting.

    Examples
    --------
    >>> settings_of("two_layer_net").num_iters
    1500
    >>> settings_of("two_layer_net", reg=0.01).reg
    0.01
    """
    if stage not in DEFAULT:
        raise UserError(f"No training is known for {stage!r}: expected {', '.join(DEFAULT)}.")
    if full and stage not in FULL:
        raise UserError(f"{stage} has no full set: it draws the points that it learns from.")
    settings = (FULL if full else DEFAULT)[stage]
    known = [field.name for field in fields(settings)]
    unknown = [name for name in changes if name not in known]
    if unknown:
        raise UserError(
            f"{stage} has no setting {', '.join(unknown)}: expected one of {', '.join(known)}."
        )
    return replace(settings, **changes)
