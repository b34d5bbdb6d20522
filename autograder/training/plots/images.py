"""Images: what was shown to a model, and what it looks for."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colorbar import Colorbar
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from autograder.training.plots.curves import draw_regularisation
from autograder.training.plots.style import (
    BLUE,
    DIVERGING,
    FAINT,
    GREEN,
    GREY,
    INK,
    RED,
    RIGHT,
    SEQUENTIAL,
    WRONG,
    bare,
    frame,
    new_figure,
    show_gray,
    styled,
)


@styled
def templates(W: np.ndarray, class_names: Sequence[str], title: str) -> Figure:
    """Show the weights of each class as an image, with one scale for all of them.

    The few largest weights are beyond the scale: the rest is seen better.

    Parameters
    ----------
    W : ndarray, shape (D + 1, C)
        Weights of square images, biases in the last row.
    class_names : sequence of str
        The C names.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    weights = _as_images(W[:-1])
    columns = min(5, len(weights))
    rows = -(-len(weights) // columns)
    figure = new_figure(max(5.5, 2.1 * columns + 0.8), 2.3 * rows + 0.6, title)
    panels = figure.subplots(rows, columns, squeeze=False)
    limit = _limit(weights, 0.995)
    for axes, image, name in zip(panels.flat, weights, class_names, strict=False):
        mappable = _show_weights(axes, image, limit)
        axes.set_title(name)
    _hide_rest(panels, len(weights))
    bar = figure.colorbar(mappable, ax=panels, shrink=0.85, aspect=30, extend="both")
    _tidy_bar(bar, "weight")
    return figure


@styled
def regularisation(
    regs: Sequence[float],
    weights: Sequence[np.ndarray],
    train: Sequence[float],
    validation: Sequence[float],
    class_names: Sequence[str],
    title: str,
    shown: Sequence[int] = (0, 3, 8),
) -> Figure:
    """Show accuracies, and below them the templates, for several strengths of regularisation.

    Each template has a scale of its own, for strong regularisation makes all weights small.

    Parameters
    ----------
    regs, train, validation : sequence of float
        Strengths and accuracies, in the same order.
    weights : sequence of ndarray, shape (D + 1, C)
        The weights for each strength, biases in the last row.
    class_names : sequence of str
        The C names.
    title : str
        Title of the picture.
    shown : sequence of int
        Classes whose templates are shown, one a row.

    Returns
    -------
    Figure
    """
    shown = [label for label in shown if label < len(class_names)]
    figure = new_figure(1.9 * len(regs) + 0.9, 3.4 + 1.9 * len(shown), title)
    grid = figure.add_gridspec(1 + len(shown), len(regs), height_ratios=[1.4] + [1] * len(shown))
    draw_regularisation(figure.add_subplot(grid[0, :]), regs, train, validation)
    for column, W in enumerate(weights):
        images = _as_images(W[:-1])
        for row, label in enumerate(shown, start=1):
            axes = figure.add_subplot(grid[row, column])
            _show_weights(axes, images[label], _limit(images[label]))
            if column == 0:
                axes.set_ylabel(class_names[label])
    return figure


@styled
def hidden_units(W1: np.ndarray, activity: np.ndarray, title: str) -> Figure:
    """Show what each hidden unit looks for, the most active first.

    Each unit has a scale of its own.

    Parameters
    ----------
    W1 : ndarray, shape (D, H)
        First weights, for square images.
    activity : ndarray, shape (H,)
        Share of images that each unit answers to.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    weights = _as_images(W1)
    columns = int(np.ceil(np.sqrt(len(weights))))
    rows = -(-len(weights) // columns)
    figure = new_figure(1.5 * columns, 1.7 * rows + 0.9, title)
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes, unit in zip(panels.flat, np.argsort(-activity, kind="stable"), strict=False):
        _show_weights(axes, weights[unit], _limit(weights[unit]))
        silent = activity[unit] == 0
        text = "silent" if silent else f"{100 * activity[unit]:.0f} %"
        axes.set_title(text, fontsize=9, color=RED if silent else INK, pad=3)
    _hide_rest(panels, len(weights))
    figure.supxlabel(
        "share of test images that wake the unit; weights red above 0, blue below", fontsize=10
    )
    return figure


@styled
def filters(W1: np.ndarray, title: str) -> Figure:
    """Show the filters of a convolution, with one scale for all of them.

    Parameters
    ----------
    W1 : ndarray, shape (F, C, HH, WW)
        The filters; of several channels the mean is shown.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    weights = W1.mean(axis=1)
    columns = min(4, len(weights))
    rows = -(-len(weights) // columns)
    figure = new_figure(max(5.5, 2 * columns + 0.8), 2.2 * rows + 0.6, title)
    panels = figure.subplots(rows, columns, squeeze=False)
    limit = _limit(weights)
    for number, (axes, image) in enumerate(zip(panels.flat, weights, strict=False), start=1):
        mappable = _show_weights(axes, image, limit)
        axes.set_title(f"filter {number}")
    _hide_rest(panels, len(weights))
    bar = figure.colorbar(mappable, ax=panels, shrink=0.85, aspect=30)
    _tidy_bar(bar, "weight")
    return figure


@styled
def feature_maps(
    image: np.ndarray, W1: np.ndarray, maps: np.ndarray, pooled: np.ndarray, title: str
) -> Figure:
    """Show one image, and under each filter its map before and after the pooling.

    The maps of each filter have a scale of their own.

    Parameters
    ----------
    image : ndarray of uint8, shape (H, W)
        The image.
    W1 : ndarray, shape (F, C, HH, WW)
        The filters; of several channels the mean is shown.
    maps : ndarray, shape (F, H, W)
        What each found, after the ReLU.
    pooled : ndarray, shape (F, H / 2, W / 2)
        The same after the pooling.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    count = len(maps)
    figure = new_figure(1.45 * (count + 1.6), 5.2, title)
    grid = figure.add_gridspec(3, count + 1, width_ratios=[1.6] + [1] * count)
    axes = figure.add_subplot(grid[:, 0])
    show_gray(axes, image)
    frame(axes, GREY, 0.6)
    axes.set_title("image")
    panels = np.array(
        [[figure.add_subplot(grid[row, column + 1]) for column in range(count)] for row in range(3)]
    )
    weights = W1.mean(axis=1)
    weight_limit = _limit(weights)
    for number in range(count):
        _show_weights(panels[0, number], weights[number], weight_limit)
        panels[0, number].set_title(f"filter {number + 1}")
        for axes, found in zip(panels[1:, number], (maps[number], pooled[number]), strict=True):
            _show_map(axes, found, maps[number].max())
    height, width = maps.shape[1:]
    for axes, label in zip(
        panels[:, 0],
        (
            "filter",
            f"map, {height} × {width}",
            f"pooled, {pooled.shape[1]} × {pooled.shape[2]}",
        ),
        strict=True,
    ):
        axes.set_ylabel(label)
    return figure


@styled
def maps_of_classes(images: np.ndarray, W1: np.ndarray, maps: np.ndarray, title: str) -> Figure:
    """Show the maps of several images, an image a row and a filter a column.

    The maps of each filter have a scale of their own.

    Parameters
    ----------
    images : ndarray of uint8, shape (E, H, W)
        The images.
    W1 : ndarray, shape (F, C, HH, WW)
        The filters; of several channels the mean is shown.
    maps : ndarray, shape (E, F, H, W)
        What each filter found in each image.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    count, num_filters = maps.shape[:2]
    figure = new_figure(1.05 * (num_filters + 1), 1.05 * (count + 1) + 0.5, title)
    panels = figure.subplots(count + 1, num_filters + 1, squeeze=False)
    weights = W1.mean(axis=1)
    bare(panels[0, 0])
    for number in range(num_filters):
        _show_weights(panels[0, number + 1], weights[number], _limit(weights))
        panels[0, number + 1].set_title(f"filter {number + 1}", fontsize=9)
    for row in range(count):
        show_gray(panels[row + 1, 0], images[row])
        frame(panels[row + 1, 0], GREY, 0.6)
        for number in range(num_filters):
            axes = panels[row + 1, number + 1]
            _show_map(axes, maps[row, number], maps[:, number].max())
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
    _hide_rest(panels, len(shown))
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
    count, shown = neighbor_labels.shape
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


def _as_images(W: np.ndarray) -> np.ndarray:
    """Columns of weights, shape (D, M), as square images, shape (M, H, W)."""
    side = round(np.sqrt(len(W)))
    return W.T.reshape(-1, side, side)


def _limit(weights: np.ndarray, share: float = 1) -> float:
    """The end of a scale that is symmetric about 0 and holds this share of the weights."""
    return float(np.quantile(np.abs(weights), share)) or 1.0


def _show_weights(axes: Axes, image: np.ndarray, limit: float) -> AxesImage:
    mappable = axes.imshow(image, cmap=DIVERGING, vmin=-limit, vmax=limit)
    bare(axes)
    return mappable


def _show_map(axes: Axes, found: np.ndarray, largest: float) -> None:
    axes.imshow(found, cmap=SEQUENTIAL, vmin=0, vmax=largest or 1.0)
    bare(axes)
    frame(axes, GREY, 0.6)


def _hide_rest(panels: np.ndarray, used: int) -> None:
    for axes in panels.flat[used:]:
        axes.set_visible(False)


def _tidy_bar(bar: Colorbar, label: str) -> None:
    bar.set_label(label)
    bar.outline.set_visible(False)
    bar.ax.grid(False)


def _arrow(true: str, answer: str, two_lines: bool) -> str:
    return f"{true}\n→ {answer}" if two_lines else f"{true} → {answer}"
