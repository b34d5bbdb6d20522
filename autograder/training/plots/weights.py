"""What a model looks for, and what it finds: weights, filters and maps."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from autograder.training.plots import given
from autograder.training.plots.curves import draw_regularisation
from autograder.training.plots.style import (
    DIVERGING,
    GREY,
    INK,
    RED,
    SEQUENTIAL,
    bare,
    frame,
    hide_rest,
    new_figure,
    show_gray,
    styled,
    tidy_bar,
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
    weights = given.square_images("W", W, len(class_names), extra=1)
    return _on_one_scale(weights, class_names, title, columns=5, share=0.995)


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
        images = given.square_images("weights", W, len(class_names), extra=1)
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
    weights = given.square_images("W1", W1, "H")
    activity = given.array("activity", activity, len(weights))
    columns = int(np.ceil(np.sqrt(len(weights))))
    rows = -(-len(weights) // columns)
    figure = new_figure(1.5 * columns, 1.7 * rows + 0.9, title)
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes, unit in zip(panels.flat, np.argsort(-activity, kind="stable"), strict=False):
        _show_weights(axes, weights[unit], _limit(weights[unit]))
        silent = activity[unit] == 0
        text = "silent" if silent else f"{100 * activity[unit]:.0f} %"
        axes.set_title(text, fontsize=9, color=RED if silent else INK, pad=3)
    hide_rest(panels, len(weights))
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
    weights = _filter_images(W1)
    names = [f"filter {number}" for number in range(1, len(weights) + 1)]
    return _on_one_scale(weights, names, title, columns=4)


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
    weights = _filter_images(W1)
    count = len(weights)
    maps = given.array("maps", maps, count, "H", "W")
    pooled = given.array("pooled", pooled, count, "H/2", "W/2")
    figure = new_figure(1.45 * (count + 1.6), 5.2, title)
    grid = figure.add_gridspec(3, count + 1, width_ratios=[1.6] + [1] * count)
    axes = figure.add_subplot(grid[:, 0])
    show_gray(axes, image)
    frame(axes, GREY, 0.6)
    axes.set_title("image")
    panels = np.array(
        [[figure.add_subplot(grid[row, column + 1]) for column in range(count)] for row in range(3)]
    )
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
    weights = _filter_images(W1)
    count, num_filters = len(images), len(weights)
    maps = given.array("maps", maps, count, num_filters, "H", "W")
    figure = new_figure(1.05 * (num_filters + 1), 1.05 * (count + 1) + 0.5, title)
    panels = figure.subplots(count + 1, num_filters + 1, squeeze=False)
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


def _filter_images(W1: np.ndarray) -> np.ndarray:
    """The filters, shape (F, C, HH, WW), as images, shape (F, HH, WW)."""
    return given.array("W1", W1, "F", "C", "HH", "WW").mean(axis=1)


def _on_one_scale(
    weights: np.ndarray, names: Sequence[str], title: str, columns: int, share: float = 1
) -> Figure:
    """Show weights as images, so many a row, on a scale that holds this share of them."""
    columns = min(columns, len(weights))
    rows = -(-len(weights) // columns)
    figure = new_figure(max(5.5, 2.1 * columns + 0.8), 2.3 * rows + 0.6, title)
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes, image, name in zip(panels.flat, weights, names, strict=False):
        mappable = _show_weights(axes, image, _limit(weights, share))
        axes.set_title(name)
    hide_rest(panels, len(weights))
    beyond = "both" if share < 1 else "neither"
    tidy_bar(figure.colorbar(mappable, ax=panels, shrink=0.85, aspect=30, extend=beyond), "weight")
    return figure


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
