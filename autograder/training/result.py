"""What training gives: plain data, to print, to draw or to look into."""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Row:
    """One line of the accuracy table.

    Attributes
    ----------
    name : str
        The model, and how it differs from the others of the table.
    train, validation, test : float
        Shares of right answers, from 0 to 1, on the three splits.
    answer_seconds : float
        Time to classify 1,000 test images.
    """

    name: str
    train: float
    validation: float
    test: float
    answer_seconds: float


@dataclass(frozen=True, eq=False)
class Run:
    """The course of one training.

    Attributes
    ----------
    name : str
        What is special about it.
    losses : ndarray, shape (S,)
        The loss of each mini-batch, before the step that it led to.
    first_loss : float
        What the first loss has to be near, by theory, while the weights are tiny.
    steps : ndarray of int, shape (M,)
        After how many steps the accuracies were measured.
    train, validation : ndarray, shape (M,)
        The accuracies measured then.
    """

    name: str
    losses: np.ndarray
    first_loss: float
    steps: np.ndarray
    train: np.ndarray
    validation: np.ndarray


@dataclass(frozen=True, eq=False)
class TrainingResult:
    """What every stage gives; each adds what is special about it.

    Attributes
    ----------
    stage : str
        The stage.
    data : str
        The data set.
    class_names : tuple of str
        The name of class ``c`` is ``class_names[c]``.
    settings : dict
        The settings used, by name.
    rows : tuple of Row
        The accuracy table. The first row is the model that the rest of the result is about.
    runs : tuple of Run
        The first is that of the model, the others are for comparison. Empty where nothing is
        trained.
    params : dict of str to ndarray
        What the model learnt.
    seconds : float
        What all of it took.
    """

    stage: str
    data: str
    class_names: tuple[str, ...]
    settings: dict[str, Any]
    rows: tuple[Row, ...]
    runs: tuple[Run, ...]
    params: dict[str, np.ndarray]
    seconds: float


@dataclass(frozen=True, eq=False)
class PerceptronResult(TrainingResult):
    """What stage 0 adds. Its `params` are those of the network, and ``w`` of the perceptron.

    Attributes
    ----------
    X : ndarray, shape (N, 2)
        The points that all models learnt from.
    y : ndarray of int, shape (N,)
        Their classes.
    mistakes : dict of str to ndarray of int, shape (epochs run,)
        The perceptron's updates in each epoch: with classes that a line divides, and with XOR.
    answers : dict of str to ndarray, shape (S, S)
        What each model says, from 0 to 1, on the plane around the points.
    hidden : dict of str to ndarray, shape (S, S)
        What each hidden unit of the network says there.
    """

    X: np.ndarray
    y: np.ndarray
    mistakes: dict[str, np.ndarray]
    answers: dict[str, np.ndarray]
    hidden: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class ImagesResult(TrainingResult):
    """What the stages on images add.

    Attributes
    ----------
    test_images : ndarray of uint8, shape (N, H, W)
        The test images that were classified.
    test_labels, predictions : ndarray of int, shape (N,)
        Their classes, and the answers of the model.
    """

    test_images: np.ndarray
    test_labels: np.ndarray
    predictions: np.ndarray


@dataclass(frozen=True, eq=False)
class Neighbors:
    """Test images beside the stored images nearest to them.

    Attributes
    ----------
    queries : ndarray of int, shape (Q,)
        Indices of the test images; first some with a wrong answer, then some with a right one.
    images : ndarray of uint8, shape (Q, K, H, W)
        The K stored images nearest to each, the nearest first.
    labels : ndarray of int, shape (Q, K)
        Their classes.
    distances : ndarray, shape (Q, K)
        How far they are.
    """

    queries: np.ndarray
    images: np.ndarray
    labels: np.ndarray
    distances: np.ndarray


@dataclass(frozen=True, eq=False)
class Shifts:
    """One test image moved to the right, pixel by pixel.

    Attributes
    ----------
    images : ndarray of uint8, shape (S, H, W)
        The image moved by 0, 1, 2, ... pixels.
    distances : ndarray, shape (S,)
        The distance of each to the image as it was.
    same, other : float
        The distance of the image to the nearest stored one of its own class, and to the nearest
        of any other class.
    """

    images: np.ndarray
    distances: np.ndarray
    same: float
    other: float


@dataclass(frozen=True, eq=False)
class NeighborsResult(ImagesResult):
    """What stage 1 adds.

    Attributes
    ----------
    best_k : int
        The k with the best mean in cross-validation, the smallest of equals.
    fold_accuracies : dict of int to list of float
        For each k the accuracy on each fold.
    neighbors : Neighbors
        Test images beside their nearest neighbours.
    shifts : Shifts
        What moving an image does to its distances.
    """

    best_k: int
    fold_accuracies: dict[int, list[float]]
    neighbors: Neighbors
    shifts: Shifts


@dataclass(frozen=True, eq=False)
class Regularised:
    """The same training with one strength of regularisation.

    Attributes
    ----------
    reg : float
        The strength.
    W : ndarray, shape (D + 1, C)
        The weights it led to, biases in the last row.
    train, validation : float
        Accuracies.
    """

    reg: float
    W: np.ndarray
    train: float
    validation: float


@dataclass(frozen=True, eq=False)
class LinearResult(ImagesResult):
    """What stage 2 adds. Its `params` are ``W`` and ``W_softmax``, both (D + 1, C).

    Attributes
    ----------
    tuning : dict of (float, float) to float
        Validation accuracy of each (lr, reg) that was tried.
    learning_rates : tuple of Run
        The same training with a learning rate too small, chosen, and too large.
    regularised : tuple of Regularised
        The same training with several strengths of regularisation, in increasing order.
    """

    tuning: dict[tuple[float, float], float]
    learning_rates: tuple[Run, ...]
    regularised: tuple[Regularised, ...]


@dataclass(frozen=True, eq=False)
class NetResult(ImagesResult):
    """What stage 3 adds. Its `params` are ``W1``, ``b1``, ``W2``, ``b2``.

    Attributes
    ----------
    activity : ndarray, shape (H,)
        For each hidden unit the share of test images that it answers to with more than 0.
    scales : tuple of Run
        The same training, begun with weights of several scales.
    """

    activity: np.ndarray
    scales: tuple[Run, ...]


@dataclass(frozen=True, eq=False)
class ConvnetResult(ImagesResult):
    """What stage 4 adds. Its `params` are ``W1``, ``b1``, ``W2``, ``b2``, ``W3``, ``b3``.

    Attributes
    ----------
    examples : ndarray of int, shape (E,)
        Indices of some test images.
    maps : ndarray, shape (E, F, H, W)
        What each filter finds in each of them: the convolution after its ReLU.
    pooled : ndarray, shape (E, F, H / 2, W / 2)
        The same after the pooling.
    """

    examples: np.ndarray
    maps: np.ndarray
    pooled: np.ndarray


@dataclass(frozen=True, eq=False)
class DeepResult(ImagesResult):
    """What stage 5 adds. Its `params` are ``W1``, ``b1``, ... of the plain training.

    Attributes
    ----------
    signals : dict of str to ndarray, shape (L,)
        For each way to draw first weights, the variance of the activations after each layer.
    gradients : dict of str to ndarray, shape (L - 1,)
        For each kind of network, how large the gradient of each layer's weights is at first.
    lrs : tuple of float
        The learning rates that were compared.
    quiz : dict of str to ndarray, shape (len(lrs),)
        For each width the loss after a short training with each of them.
    """

    signals: dict[str, np.ndarray]
    gradients: dict[str, np.ndarray]
    lrs: tuple[float, ...]
    quiz: dict[str, np.ndarray]


@dataclass(frozen=True)
class CodeErrors:
    """Mean squared distances of images from what is rebuilt of a few numbers.

    Attributes
    ----------
    latent_dims : int
        How many numbers.
    autoencoder, pca : tuple of float
        The errors of the autoencoder and of as many principal components, on the training,
        validation and test images.
    """

    latent_dims: int
    autoencoder: tuple[float, ...]
    pca: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class GenerativeResult(ImagesResult):
    """What stage 6 adds. Its `params` are the autoencoder's, its `predictions` its clusters'.

    Images are rows of pixels from 0 to 1, of length D.

    Attributes
    ----------
    errors : tuple of CodeErrors
        Reconstruction errors, by the size of the code.
    losses : dict of str to ndarray
        The loss of each mini-batch, for each size of the code.
    originals : ndarray, shape (E, D)
        Test images, one of each class.
    rebuilt : dict of str to ndarray, shape (E, D)
        What the autoencoders, and principal components, make of them.
    centers : ndarray, shape (K, D)
        The decoded centers of the clusters.
    members : tuple of ndarray, shape (M, D)
        For each cluster the test images nearest to its center.
    cluster_names : tuple of str
        For each cluster the class that most of its training images have, and the share of its test
        images that are of this class.
    grids : dict of str to ndarray, shape (M, D)
        What the generator made of the same random numbers, after more and more rounds.
    losses_G, losses_D : ndarray, shape (R,)
        The losses of the generator and of the discriminator.
    """

    errors: tuple[CodeErrors, ...]
    losses: dict[str, np.ndarray]
    originals: np.ndarray
    rebuilt: dict[str, np.ndarray]
    centers: np.ndarray
    members: tuple[np.ndarray, ...]
    cluster_names: tuple[str, ...]
    grids: dict[str, np.ndarray]
    losses_G: np.ndarray
    losses_D: np.ndarray
