"""What `benchmarks.steps` measures: a training step of ours and the same step of a peer, in pairs.

Both sides of a pair get the same data, weights of the same shapes and the same mini-batches, drawn
once; a step is to cut the mini-batch out, loss, gradient, update.
"""

import functools
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.linear_model import SGDClassifier
from sklearn.neighbors import KNeighborsClassifier
from torch import nn
from torch.nn import functional

from autograder import datasets
from autograder.training.examples import as_centred_rows, as_images
from benchmarks.lecture_models import LENET, TWO_CONVOLUTIONS, ConvNet, float32
from solutions import convnet, generative, linear_svm, two_layer_net
from solutions.fast.convnet import network_loss
from solutions.fast.generative import train_autoencoder_fast, train_gan_fast
from solutions.fast.nearest_neighbors import predict_nn_labels_fast
from solutions.fast.two_layer_net import train_nn_fast

LR, REG, MU = 0.01, 1e-5, 0.9
HIDDEN, CODE, NOISE = 128, 16, 64  # of the autoencoder and the GAN
Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Pair:
    """One row of the table.

    Attributes
    ----------
    name : str
        What is measured, and against whom.
    ours, peer : callable
        Both do `steps` steps.
    steps : int
        How many.
    goals : mapping
        The ratio to reach, by number of threads.
    note : callable
        What else there is to say, measured when it is called.
    """

    name: str
    ours: Callable[[], object]
    peer: Callable[[], object]
    steps: int
    goals: Mapping[int, float]
    note: Callable[[], str] = lambda: ""


def neighbors(stored: int, queries: int) -> Pair:
    """Pair k-NN, k = 5, with brute force of scikit-learn; images of Fashion-MNIST or like them."""
    rng = np.random.default_rng(0)
    X_train, y_train, X = _many_images(stored, queries, rng)
    peer = KNeighborsClassifier(5, algorithm="brute").fit(X_train, y_train)

    def ours() -> np.ndarray:
        return predict_nn_labels_fast(X, X_train, y_train, 5)

    def note() -> str:
        tracemalloc.start()
        labels = ours()
        extra = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        return f"{extra:.0f} MB extra, {np.sum(labels != peer.predict(X))} labels differ"

    return Pair(
        f"k-NN {stored:,} x {queries:,}, scikit-learn brute",
        ours,
        lambda: peer.predict(X),
        1,
        {1: 0.42},
        note,
    )


def svm_step() -> Pair:
    """Pair the plain linear SVM, batch 200, with PyTorch."""
    X, y, batches = _rows_and_batches(200)
    X = linear_svm.add_bias(X)
    W = np.zeros((X.shape[1], 10), dtype=np.float32)

    def ours() -> None:
        for rows in batches:
            _, dW = linear_svm.svm_loss(W, X[rows], y[rows], REG)
            W[...] -= LR * dW

    weights = torch.zeros(W.shape, requires_grad=True)

    def scores(x: torch.Tensor) -> torch.Tensor:
        return x @ weights

    peer = _torch_steps(scores, [weights], [weights], _hinge, X, y, batches)
    return Pair("linear SVM, batch 200, PyTorch", ours, peer, len(batches), {1: 0.55})


def svm_training() -> Pair:
    """Pair the plain training of the linear SVM with SGDClassifier, on the bundled digits."""
    train, _, test = as_centred_rows(datasets.load("mnist"))
    X, X_test = train.X.astype(np.float32), test.X.astype(np.float32)
    X1, X1_test = linear_svm.add_bias(X), linear_svm.add_bias(X_test)
    start = np.zeros((X1.shape[1], 10), dtype=np.float32)
    classifier = SGDClassifier(random_state=0)

    def ours() -> np.ndarray:
        return linear_svm.train_svm(start, X1, train.y, lr=0.03, reg=1e-4, num_iters=600)[1]

    def note() -> str:
        reached = np.mean(linear_svm.predict_svm(ours(), X1_test) == test.y)
        return f"test accuracy {reached:.1%}, the peer's {classifier.score(X_test, test.y):.1%}"

    return Pair(
        "linear SVM trained, scikit-learn SGDClassifier",
        ours,
        lambda: classifier.fit(X, train.y),
        1,
        {1: 0.12},
        note,
    )


def two_layers(hidden: int, batch: int, goal: float) -> Pair:
    """Pair the two-layer net, hinge loss on both sides, with PyTorch."""
    X, y, batches = _rows_and_batches(batch)
    start = two_layer_net.init_params(X.shape[1], hidden, 10, eps=0.01)
    params = float32(start)

    def ours() -> None:
        train_nn_fast(params, X, y, 10, LR, REG, batch, len(batches), print_freq=0)

    net = nn.Sequential(nn.Linear(X.shape[1], hidden), nn.ReLU(), nn.Linear(hidden, 10))
    peer = _torch_steps(
        net, list(net.parameters()), [net[0].weight, net[2].weight], _hinge, X, y, batches
    )
    name = f"{X.shape[1]}-{hidden}-10, hinge, batch {batch}, PyTorch"
    return Pair(name, ours, peer, len(batches), {1: goal})


def lenet() -> Pair:
    """Pair LeNet-5, batch 64, with PyTorch."""
    net = nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
        *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )
    return _images(LENET, net, "lenet-5, batch 64, PyTorch", {1: 0.60, 2: 0.70})


def two_convolutions() -> Pair:
    """Pair a network of 3x3 filters, batch 64, with PyTorch."""
    net = nn.Sequential(
        *(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1600, 10)),
    )
    return _images(TWO_CONVOLUTIONS, net, "3x3 of 32 and 64, batch 64, PyTorch", {1: 0.80})


def autoencoder(batch: int) -> Pair:
    """Pair the autoencoder 784-128-16-128-784, with momentum, with PyTorch."""
    X, batches = _pixels_and_batches(batch)
    start = generative.init_autoencoder(X.shape[1], HIDDEN, CODE)
    params = float32(start)

    def ours() -> None:
        train_autoencoder_fast(params, X, LR, MU, batch, len(batches))

    images, drawn = torch.from_numpy(X), [torch.from_numpy(rows) for rows in batches]
    net = nn.Sequential(
        *(nn.Linear(X.shape[1], HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CODE)),
        *(nn.Linear(CODE, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, X.shape[1]), nn.Sigmoid()),
    )
    optimizer = torch.optim.SGD(net.parameters(), lr=LR, momentum=MU)

    def peer() -> None:
        for rows in drawn:
            x = images[rows]
            optimizer.zero_grad()
            (functional.mse_loss(net(x), x, reduction="sum") / batch).backward()
            optimizer.step()

    name = f"autoencoder {X.shape[1]}-{HIDDEN}-{CODE}, batch {batch}, PyTorch"
    return Pair(name, ours, peer, len(batches), {1: 0.80})


def adversaries(batch: int) -> Pair:
    """Pair a round of the GAN, a step of either network, with PyTorch."""
    X, batches = _pixels_and_batches(batch)
    params_G, params_D = map(float32, generative.init_gan(X.shape[1], NOISE, HIDDEN))

    def ours() -> None:
        train_gan_fast(params_G, params_D, X, batch=batch, num_iters=len(batches))

    images, drawn = torch.from_numpy(X), [torch.from_numpy(rows) for rows in batches]
    generator = nn.Sequential(
        *(nn.Linear(NOISE, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, X.shape[1]), nn.Sigmoid())
    )
    judge = nn.Sequential(nn.Linear(X.shape[1], HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1))
    of_generator, of_judge = (
        torch.optim.SGD(net.parameters(), lr=0.1) for net in (generator, judge)
    )
    real, made = torch.ones(batch, 1), torch.zeros(batch, 1)
    loss = functional.binary_cross_entropy_with_logits

    def peer() -> None:
        for rows in drawn:
            with torch.no_grad():
                fake = generator(torch.randn(batch, NOISE))
            of_judge.zero_grad()
            (loss(judge(images[rows]), real) + loss(judge(fake), made)).backward()
            of_judge.step()
            of_generator.zero_grad()
            loss(judge(generator(torch.randn(batch, NOISE))), real).backward()
            of_generator.step()

    name = f"GAN {NOISE}-{HIDDEN}-{X.shape[1]}, both steps, batch {batch}, PyTorch"
    return Pair(name, ours, peer, len(batches), {1: 0.80})


def plain_convolution(channels: int, side: int, filters: int, kernel: int, pad: int) -> Pair:
    """Pair the plain convolution of the solutions, forward and backward, with PyTorch's."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((64, channels, side, side), dtype=np.float32)
    w = rng.standard_normal((filters, channels, kernel, kernel), dtype=np.float32)
    b = rng.standard_normal(filters, dtype=np.float32)
    dout = np.ones_like(convnet.conv_forward(x, w, b, pad=pad))
    tensors = [torch.tensor(array, requires_grad=True) for array in (x, w, b)]

    def ours() -> None:
        convnet.conv_forward(x, w, b, pad=pad)
        convnet.conv_backward(dout, x, w, b, pad=pad)

    def peer() -> None:
        out = functional.conv2d(*tensors, padding=pad)
        torch.autograd.grad(out, tensors, torch.from_numpy(dout))

    name = f"plain conv {channels}x{side}x{side}, {filters}@{kernel}x{kernel}, PyTorch"
    return Pair(name, ours, peer, 1, {1: 1.6})


PAIRS: tuple[Callable[[], Pair], ...] = (
    functools.partial(neighbors, 5_000, 1_000),
    functools.partial(neighbors, 48_000, 10_000),
    svm_step,
    svm_training,
    functools.partial(two_layers, 36, 20, 0.28),
    functools.partial(two_layers, 128, 64, 0.65),
    lenet,
    two_convolutions,
    functools.partial(autoencoder, 50),
    functools.partial(adversaries, 50),
    functools.partial(plain_convolution, 1, 28, 6, 5, 2),
    functools.partial(plain_convolution, 6, 14, 16, 5, 0),
    functools.partial(plain_convolution, 16, 14, 32, 3, 1),
)


def _images(ours_net: ConvNet, net: nn.Module, name: str, goals: Mapping[int, float]) -> Pair:
    """Pair a network that learns from images with PyTorch."""
    X, y, batches = _images_and_batches(64)
    params = float32(ours_net.start(0))

    def ours() -> None:
        for rows in batches:
            _, grads = network_loss(params, X[rows], y[rows], 0.0, ours_net.pads)
            for key in params:
                params[key] -= LR * grads[key]

    peer = _torch_steps(net, list(net.parameters()), [], functional.cross_entropy, X, y, batches)
    return Pair(name, ours, peer, len(batches), goals)


def _torch_steps(
    scores: Callable[[torch.Tensor], torch.Tensor],
    parameters: list[torch.Tensor],
    regularised: list[torch.Tensor],
    loss: Loss,
    X: np.ndarray,
    y: np.ndarray,
    batches: list[np.ndarray],
) -> Callable[[], None]:
    """Make PyTorch's training, eager, with its own SGD."""
    images, labels = torch.from_numpy(X), torch.from_numpy(y)
    drawn = [torch.from_numpy(rows) for rows in batches]
    optimizer = torch.optim.SGD(parameters, lr=LR)

    def run() -> None:
        for rows in drawn:
            optimizer.zero_grad()
            value = loss(scores(images[rows]), labels[rows])
            for weights in regularised:
                value = value + REG * torch.sum(weights**2)
            value.backward()
            optimizer.step()

    return run


def _hinge(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    # PyTorch takes the mean over the classes where the course takes the sum.
    return scores.shape[1] * functional.multi_margin_loss(scores, labels)


def _rows_and_batches(batch: int) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    train = as_centred_rows(datasets.load("mnist")).train
    return train.X.astype(np.float32), train.y, _batches(len(train.y), batch, 100)


def _pixels_and_batches(batch: int) -> tuple[np.ndarray, list[np.ndarray]]:
    X = datasets.flatten(datasets.load("mnist").X_train).astype(np.float32)
    return X, _batches(len(X), batch, 100)


def _images_and_batches(batch: int) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    train = as_images(datasets.load("mnist")).train
    return train.X, train.y, _batches(len(train.y), batch, 10)


def _batches(N: int, batch: int, steps: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.choice(N, size=batch, replace=False) for _ in range(steps)]


def _many_images(
    stored: int, queries: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cut from the bundled clothes, with noise where there are too few of them."""
    data = datasets.load("fashion_mnist")
    rows = as_centred_rows(data)
    X = np.concatenate([part.X for part in rows]).astype(np.float32)
    y = np.concatenate([part.y for part in rows])
    drawn = rng.choice(len(X), size=stored + queries, replace=stored + queries > len(X))
    images = X[drawn]
    if stored + queries > len(X):
        images += 0.1 * rng.standard_normal(images.shape, dtype=np.float32)
    return images[:stored], y[drawn[:stored]], images[stored:]
