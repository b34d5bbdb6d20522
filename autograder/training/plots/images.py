"""Images: what was shown to a model, beside what it said."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from autograder.training.examples import nearest_stored
from autograder.training.plots import given
from autograder.training.plots.style import (
    BLUE,
    FAINT,
    GREEN,
    GREY,
    RED,
    RIGHT,
    WRONG,
    bare,
    frame,
    hide_rest,
    new_figure,
    show_gray,
    styled,
)


@styled
def samples(
    images: np.ndarray, labels: np.ndarray, class_names: Sequence[str], title: str, shown: int = 10
) -> Figure:
    """Show the first images of each class, a class a row.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, H, W)
        Images.
    labels : ndarray of int, shape (N,)
        Their classes.
    class_names : sequence of str
        The C names.
    title : str
        Title of the picture.
    shown : int
        How many images of each class, at most.

    Returns
    -------
    Figure
    """
    labels = given.labels("labels", labels, class_names, len(images))
    count = len(class_names)
    figure = new_figure(0.75 * (shown + 1.5), 0.75 * count + 0.7, title)
    panels = figure.subplots(count, shown, squeeze=False)
    for axes in panels.flat:
        bare(axes)
    for label, name in enumerate(class_names):
        panels[label, 0].set_ylabel(name, rotation=0, ha="right", va="center")
        for axes, index in zip(panels[label], np.flatnonzero(labels == label), strict=False):
            show_gray(axes, images[index])
    return figure


@styled
def mistakes(
    images: np.ndarray,
    labels: np.ndarray,
    predictions: np.ndarray,
    class_names: Sequence[str],
    title: str,
    limit: int = 24,
) -> Figure:
    """Show the first misclassified images, each with its class and the answer.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, H, W)
        All images.
    labels, predictions : ndarray of int, shape (N,)
        Their classes and the answers.
    class_names : sequence of str
        Names of the classes.
    title : str
        Title of the picture.
    limit : int
        How many images at most.

    Returns
    -------
    Figure
    """
    labels = given.labels("labels", labels, class_names, len(images))
    predictions = given.labels("predictions", predictions, class_names, len(images))
    wrong = np.flatnonzero(labels != predictions)
    shown = wrong[:limit]
    columns = 8
    rows = max(1, -(-len(shown) // columns))
    long_names = max(len(name) for name in class_names) > 2
    figure = new_figure(1.4 * columns, (1.85 if long_names else 1.65) * rows + 0.8, title)
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes, index in zip(panels.flat, shown, strict=False):
        show_gray(axes, images[index])
        frame(axes, FAINT, 0.8)
        true, answer = class_names[labels[index]], class_names[predictions[index]]
        axes.set_title(_arrow(true, answer, long_names), fontsize=8.5 if long_names else 11)
    hide_rest(panels, len(shown))
    figure.supxlabel(
        f"true class → answer; {len(shown)} of the {len(wrong)} mistakes on {len(labels):,} images",
        fontsize=10,
    )
    return figure


@styled
def nearest_neighbors(
    images: np.ndarray,
    labels: np.ndarray,
    predictions: np.ndarray,
    neighbor_images: np.ndarray,
    neighbor_labels: np.ndarray,
    distances: np.ndarray,
    class_names: Sequence[str],
    title: str,
) -> Figure:
    """Show images beside the stored ones nearest to them, those of the same class in green.

    Parameters
    ----------
    images : ndarray of uint8, shape (Q, H, W)
        The images, one a row.
    labels, predictions : ndarray of int, shape (Q,)
        Their classes and the answers.
    neighbor_images : ndarray of uint8, shape (Q, K, H, W)
        The K nearest to each, the nearest first.
    neighbor_labels : ndarray of int, shape (Q, K)
        Their classes.
    distances : ndarray, shape (Q, K)
        How far they are.
    class_names : sequence of str
        Names of the classes.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    labels = given.labels("labels", labels, class_names, len(images))
    predictions = given.labels("predictions", predictions, class_names, len(images))
    count, shown = neighbor_labels.shape
    distances = given.array("distances", distances, count, shown)
    figure = new_figure(1.3 * (shown + 2), 1.5 * count + 0.9, title)
    panels = figure.subplots(
        count, shown + 1, squeeze=False, gridspec_kw={"width_ratios": [1.15] + [1] * shown}
    )
    for row in range(count):
        first = panels[row, 0]
        show_gray(first, images[row])
        right = labels[row] == predictions[row]
        true, answer = class_names[labels[row]], class_names[predictions[row]]
        first.set_ylabel(
            f"is {true}\nanswer {answer}",
            rotation=0,
            ha="right",
            va="center",
            color=RIGHT if right else WRONG,
        )
        for column in range(shown):
            axes = panels[row, column + 1]
            show_gray(axes, neighbor_images[row, column])
            same = neighbor_labels[row, column] == labels[row]
            frame(axes, RIGHT if same else WRONG)
            name = class_names[neighbor_labels[row, column]]
            axes.set_title(f"{name} · {distances[row, column]:.1f}", fontsize=9, pad=4)
    figure.supxlabel(
        "left: test image; right: nearest training images with class and distance, "
        "green where the class is the same",
        fontsize=10,
    )
    return figure


def neighbors_in_table(
    distances: np.ndarray,
    images: np.ndarray,
    labels: np.ndarray,
    predictions: np.ndarray,
    stored_images: np.ndarray,
    stored_labels: np.ndarray,
    class_names: Sequence[str],
    title: str,
    shown: int = 6,
) -> Figure:
    """Show images beside the stored ones that a table of distances says are nearest.

    Parameters
    ----------
    distances : ndarray, shape (Q, M)
        How far each image is from each stored one.
    images : ndarray of uint8, shape (Q, H, W)
        The images.
    labels, predictions : ndarray of int, shape (Q,)
        Their classes and the answers.
    stored_images : ndarray of uint8, shape (M, H, W)
        The stored images.
    stored_labels : ndarray of int, shape (M,)
        Their classes.
    class_names : sequence of str
        Names of the classes.
    title : str
        Title of the picture.
    shown : int
        How many neighbours of each.

    Returns
    -------
    Figure
    """
    distances = given.array("distances", distances, len(images), len(stored_images))
    nearest = nearest_stored(distances, shown)
    return nearest_neighbors(
        images,
        labels,
        predictions,
        stored_images[nearest],
        stored_labels[nearest],
        np.take_along_axis(distances, nearest, axis=1),
        class_names,
        title,
    )


@styled
def shifted(
    images: np.ndarray, distances: np.ndarray, same: float, other: float, title: str
) -> Figure:
    """Show one image moved pixel by pixel, and its distance to itself.

    Parameters
    ----------
    images : ndarray of uint8, shape (S, H, W)
        The image moved by 0, 1, 2, ... pixels.
    distances : ndarray, shape (S,)
        The distance of each to the first.
    same, other : float
        The distance to the nearest stored image of the same class and of another class.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    figure = new_figure(8, 5, title)
    grid = figure.add_gridspec(2, len(images), height_ratios=(1.1, 2))
    for pixels in range(len(images)):
        axes = figure.add_subplot(grid[0, pixels])
        show_gray(axes, images[pixels])
        frame(axes, GREY, 0.8)
        axes.set_title(f"{pixels} px" if pixels else "as it was")
    axes = figure.add_subplot(grid[1, :])
    axes.plot(distances, color=BLUE, marker="o")
    for height, colour, text in (
        (same, GREEN, "nearest stored image of its own class"),
        (other, RED, "nearest stored image of another class"),
    ):
        above_line = height == max(same, other)
        axes.axhline(height, color=colour, linestyle="--", linewidth=1.4)
        axes.annotate(
            text,
            (len(images) - 1, height),
            xytext=(0, 4 if above_line else -4),
            textcoords="offset points",
            ha="right",
            va="bottom" if above_line else "top",
            color=colour,
        )
    axes.set(
        xlabel="moved to the right by, in pixels",
        ylabel="distance to itself",
        xticks=range(len(images)),
    )
    axes.set_ylim(0, 1.12 * max(np.max(distances), same, other))
    return figure


def _arrow(true: str, answer: str, two_lines: bool) -> str:
    return f"{true}\n→ {answer}" if two_lines else f"{true} → {answer}"
