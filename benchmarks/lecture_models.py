"""The models of `benchmarks.lecture_tables`: each learns from images and a seed, and is tested."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from autograder.expected import functions_to_train
from autograder.kit import find_kit
from benchmarks import simplenet
from solutions import convnet, deep_training, linear_svm, two_layer_net
from solutions.fast.convnet import LENET_PADS, network_loss, network_scores
from solutions.fast.momentum import train_with_momentum
from solutions.fast.two_layer_net import train_nn_fast
from solutions.nearest_neighbors import accuracy

K_CHOICES = (1, 3, 5, 7, 9, 11)
FOLD_IMAGES = 8_000  # k is chosen on so many: all digits, and enough of the clothes
LINEAR_EPOCHS, LINEAR_BATCH = 20, 200
SHIFT = 2
TESTED = 500  # images at a time

Params = dict[str, np.ndarray]


class Images(NamedTuple):
    """Images (N, 1, H, W) of pixels from 0 to 1 and labels (N,), to learn from and to test."""

    X: np.ndarray
    y: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray

    def centred_rows(self) -> tuple[np.ndarray, np.ndarray]:
        """Give rows of pixels, less the mean image to learn from."""
        X, X_test = (images.reshape(len(images), -1) for images in (self.X, self.X_test))
        mean = X.mean(axis=0)
        return X - mean, X_test - mean


def neighbors(images: Images, seed: int) -> float:
    """Choose k by five folds, in an order that the seed draws."""
    X, X_test = images.centred_rows()
    order = np.random.default_rng(seed).permutation(len(X))[:FOLD_IMAGES]
    with functions_to_train(find_kit(None), "nearest_neighbors", None) as stage:
        right = stage.cross_validate_k(X[order], images.y[order], K_CHOICES, 5)
        best = max(right, key=lambda k: sum(right[k]))
        return accuracy(stage.predict_nn_labels(X_test, X, images.y, best), images.y_test)


def linear(loss: Callable[..., tuple[float, np.ndarray]]) -> Callable[[Images, int], float]:
    """Make the training of a linear classifier with a loss of stage 2."""

    def train(images: Images, seed: int) -> float:
        X, X_test = (linear_svm.add_bias(rows) for rows in images.centred_rows())
        start = 1e-4 * np.random.default_rng(seed).standard_normal((X.shape[1], 10))

        def step(params: Params, X: np.ndarray, y: np.ndarray) -> tuple[float, Params]:
            value, dW = loss(params["W"], X, y, 1e-4)
            return value, {"W": dW}

        _, params = train_with_momentum(
            step,
            {"W": start.astype(np.float32)},
            X,
            images.y,
            0.01,
            batch=LINEAR_BATCH,
            epochs=LINEAR_EPOCHS,
            seed=seed,
        )
        return accuracy(linear_svm.predict_svm(params["W"], X_test), images.y_test)

    return train


def two_layers(images: Images, seed: int) -> float:
    """Train the course's own net in the course's own setting."""
    X, X_test = images.centred_rows()
    start = two_layer_net.init_params(X.shape[1], 36, 10, eps=1e-4, seed=seed)
    _, params = train_nn_fast(
        float32(start), X, images.y, 10, 0.1, 1e-5, 20, 1_500, print_freq=0, seed=seed
    )
    return accuracy(two_layer_net.predict_nn(params, X_test), images.y_test)


def mlp(hidden: tuple[int, ...], epochs: int) -> Callable[[Images, int], float]:
    """Make the training of a fully connected network, by the plain functions of stage 5."""

    def train(images: Images, seed: int) -> float:
        X, X_test = images.centred_rows()
        start, _ = deep_training.init_net((X.shape[1], *hidden, 10), seed=seed)

        def step(params: Params, X: np.ndarray, y: np.ndarray) -> tuple[float, Params]:
            return deep_training.net_loss(params, {}, X, y)[:2]

        _, params = train_with_momentum(
            step, float32(start), X, images.y, 0.05, epochs=epochs, seed=seed
        )
        return accuracy(deep_training.predict_net(params, {}, X_test), images.y_test)

    return train


class ConvNet(NamedTuple):
    """A network of convolutions with 2x2 pools and affine layers: how it begins, and its zeros."""

    start: Callable[[int], Params]
    pads: tuple[int, ...]

    def trained(
        self, epochs: int, shifted: bool = False, keep: float = 1.0
    ) -> Callable[[Images, int], float]:
        """Make its training, on shifted images or not, with dropout or not."""

        def train(images: Images, seed: int) -> float:
            masks = np.random.default_rng((seed, 1))

            def step(params: Params, X: np.ndarray, y: np.ndarray) -> tuple[float, Params]:
                return network_loss(params, X, y, 0.0, self.pads, keep, masks)

            _, params = train_with_momentum(
                step,
                float32(self.start(seed)),
                images.X,
                images.y,
                0.05,
                epochs=epochs,
                seed=seed,
                change=_shifted if shifted else None,
            )
            scores = network_scores(params, images.X_test, self.pads)
            return accuracy(scores.argmax(axis=1), images.y_test)

        return train


def thin_simplenet(epochs: int) -> Callable[[Images, int], float]:
    """Make the training of SimpleNet's 13 layers with an eighth of their filters."""

    def train(images: Images, seed: int) -> float:
        start, running = map(float32, simplenet.start(seed))

        def step(params: Params, X: np.ndarray, y: np.ndarray) -> tuple[float, Params]:
            value, grads, averages = simplenet.loss(params, running, X, y)
            running.update(averages)
            return value, grads

        _, params = train_with_momentum(
            step, start, images.X, images.y, 0.05, epochs=epochs, seed=seed
        )
        found = [
            simplenet.scores(params, running, images.X_test[first : first + TESTED]).argmax(axis=1)
            for first in range(0, len(images.X_test), TESTED)
        ]
        return accuracy(np.concatenate(found), images.y_test)

    return train


def _two_convolutions(seed: int) -> Params:
    """Draw 34,826 parameters: 32 and 64 filters of 3x3, each with a pool, then the classes."""
    rng = np.random.default_rng(seed)
    shapes = ((32, 1, 3, 3), (64, 32, 3, 3), (64 * 5 * 5, 10))
    inputs = (9, 9 * 32, 64 * 5 * 5)
    params: Params = {}
    for layer, (shape, n) in enumerate(zip(shapes, inputs, strict=True), start=1):
        params[f"W{layer}"] = np.sqrt(2 / n) * rng.standard_normal(shape)  # He et al. 2015
        params[f"b{layer}"] = np.zeros(shape[0] if len(shape) == 4 else shape[1])
    return params


LENET = ConvNet(convnet.init_lenet, LENET_PADS)
TWO_CONVOLUTIONS = ConvNet(_two_convolutions, (0, 0))


def _shifted(X: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shift each image by up to `SHIFT` pixels along each axis; zeros come in."""
    N, _, H, W = X.shape
    padded = np.pad(X, ((0, 0), (0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT)))
    top, left = rng.integers(0, 2 * SHIFT + 1, (2, N, 1, 1))
    rows, columns = top + np.arange(H)[:, np.newaxis], left + np.arange(W)
    return padded[np.arange(N)[:, np.newaxis, np.newaxis], 0, rows, columns][:, np.newaxis]


def float32(params: dict[str, Any]) -> Params:
    """Make parameters half as wide, as PyTorch's are."""
    return {name: value.astype(np.float32) for name, value in params.items()}
