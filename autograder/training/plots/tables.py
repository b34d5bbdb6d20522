"""Tables in colours: distances, confusions, a grid of settings, and small arrays as they are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from autograder.errors import UserError
from autograder.training.plots import given
from autograder.training.plots.style import (
    DIVERGING,
    GREY,
    INK,
    RED,
    SEQUENTIAL,
    bare,
    frame,
    new_figure,
    percent,
    show_gray,
    styled,
    tidy_bar,
)

TUNING_RANGE = 0.12  # accuracies as far as this below the best have different colours


def count_confusions(labels: np.ndarray, predictions: np.ndarray, num_classes: int) -> np.ndarray:
    """Count how often each class got each answer.

    Parameters
    ----------
    labels, predictions : ndarray of int, shape (N,)
        Classes and answers.
    num_classes : int
        C.

    Returns
    -------
    ndarray of int, shape (C, C)
        Row: the class; column: the answer. The sum of all is N.
    """
    counts = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(counts, (labels, predictions), 1)
    return counts


@styled
def confusion_matrix(
    labels: np.ndarray, predictions: np.ndarray, class_names: Sequence[str], title: str
) -> Figure:
    """Draw how often each class got each answer; the colour is the share of the class.

    Parameters
    ----------
    labels, predictions : ndarray of int, shape (N,)
        Classes and answers.
    class_names : sequence of str
        Names of the classes.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    labels = given.labels("labels", labels, class_names, "N")
    predictions = given.labels("predictions", predictions, class_names, len(labels))
    counts = count_confusions(labels, predictions, len(class_names))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = new_figure(7.6, 7.4, title)
    axes = figure.subplots()
    # The square root of the share: a share of 5 % should be seen, too.
    axes.imshow(np.sqrt(shares), cmap=SEQUENTIAL, vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            dark = shares[row, column] > 0.35
            axes.text(
                column,
                row,
                str(count),
                ha="center",
                va="center",
                color="white" if dark else INK,
                fontweight="bold" if row == column else "normal",
            )
    places = range(len(class_names))
    slanted = max(len(name) for name in class_names) > 2
    axes.set_xticks(
        places,
        class_names,
        rotation=45 if slanted else 0,
        ha="right" if slanted else "center",
        rotation_mode="anchor" if slanted else "default",
    )
    axes.set_yticks(places, class_names)
    for row, share in enumerate(np.diag(shares)):
        text = f"{100 * share:.0f} %" if counts[row].any() else ""
        axes.text(len(counts) - 0.35, row, text, va="center", color=GREY, fontweight="bold")
    axes.set_title("number of images, and at the right the share answered right")
    axes.set(xlabel="answer", ylabel="true class")
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


@styled
def tuning(
    results: Mapping[tuple[float, float], float],
    title: str,
    second: str = "reg, strength of regularisation",
) -> Figure:
    """Draw the validation accuracy of each setting.

    Parameters
    ----------
    results : mapping of (float, float) to float
        For each (lr, reg) the accuracy, or for each lr and another number.
    title : str
        Title of the picture.
    second : str
        What the second number of a setting is.

    Returns
    -------
    Figure
    """
    keys = list(given.mapping("results", results))
    if not all(isinstance(key, tuple) and len(key) == 2 for key in keys):
        raise UserError(f"results has keys such as {keys[0]}, expected pairs such as (0.1, 0.001).")
    lrs, regs = (sorted({setting[place] for setting in results}) for place in (0, 1))
    table = np.array([[results.get((lr, reg), np.nan) for reg in regs] for lr in lrs])
    figure = new_figure(1.3 * len(regs) + 2, 0.8 * len(lrs) + 2, title)
    axes = figure.subplots()
    # The best settings differ by little: the scale ends where they do, and begins not far below.
    high = np.nanmax(table)
    low = high - TUNING_RANGE
    axes.pcolormesh(
        table, cmap=SEQUENTIAL, vmin=low, vmax=high + 0.5 * TUNING_RANGE, edgecolors="white"
    )
    best = max(results, key=lambda setting: results[setting])  # the first of equals
    for (row, column), accuracy in np.ndenumerate(table):
        chosen = (lrs[row], regs[column]) == best
        axes.text(
            column + 0.5,
            row + 0.5,
            percent(accuracy) + ("\nchosen" if chosen else ""),
            ha="center",
            va="center",
            color="white" if accuracy > high - 0.15 * TUNING_RANGE else INK,
            fontweight="bold" if chosen else "normal",
        )
    axes.set_xticks(np.arange(len(regs)) + 0.5, [f"{reg:g}" for reg in regs])
    axes.set_yticks(np.arange(len(lrs)) + 0.5, [f"{lr:g}" for lr in lrs])
    axes.set(xlabel=second, ylabel="lr, learning rate")
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


@styled
def distance_matrix(
    distances: np.ndarray,
    images: np.ndarray,
    labels: np.ndarray,
    stored_labels: np.ndarray,
    class_names: Sequence[str],
    title: str,
) -> Figure:
    """Draw a table of distances, sorted by class, and the images of its extreme rows.

    Parameters
    ----------
    distances : ndarray, shape (N, M)
        Distance of each of N images to each of M stored ones: the farther, the brighter.
    images : ndarray of uint8, shape (N, H, W)
        The images.
    labels : ndarray of int, shape (N,)
        Their classes.
    stored_labels : ndarray of int, shape (M,)
        The classes of the stored images.
    class_names : sequence of str
        Names of the classes.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    distances = given.array("distances", distances, len(images), len(stored_labels))
    labels = given.labels("labels", labels, class_names, len(images))
    stored_labels = given.labels("stored_labels", stored_labels, class_names, "M")
    rows, columns = (np.argsort(classes, kind="stable") for classes in (labels, stored_labels))
    figure = new_figure(11, 5.6, title)
    axes, *beside = figure.subplot_mosaic("AB;AC", width_ratios=(4, 1)).values()
    mappable = axes.imshow(distances[rows][:, columns], cmap="magma", aspect="auto")
    tidy_bar(figure.colorbar(mappable, ax=axes, pad=0.01), "distance")
    axes.grid(False)
    _mark_classes(axes.set_yticks, axes.axhline, labels[rows], class_names)
    _mark_classes(axes.set_xticks, axes.axvline, stored_labels[columns], class_names)
    axes.set(xlabel="stored images, by class", ylabel="images, by class")
    means = distances[rows].mean(axis=1)
    for panel, row, text in (
        (beside[0], int(np.argmax(means)), "brightest row"),
        (beside[1], int(np.argmin(means)), "darkest row"),
    ):
        show_gray(panel, images[rows[row]])
        frame(panel, GREY, 0.8)
        panel.set_title(f"{text}\nmean distance {means[row]:.1f}")
        axes.annotate("◀", (1, row), xycoords=("axes fraction", "data"), va="center", color=RED)
    return figure


@styled
def grids(arrays: Mapping[str, np.ndarray], title: str) -> Figure:
    """Draw small arrays side by side as coloured cells with their numbers in them.

    All share one scale, red above 0 and blue below.

    Parameters
    ----------
    arrays : mapping of str to ndarray, shape (H, W)
        The arrays by the titles of their panels; they may differ in shape.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    tables = {name: given.array(name, array, "H", "W") for name, array in arrays.items()}
    widths = [max(table.shape[1], 2) for table in tables.values()]
    cell = 0.55
    heights = [table.shape[0] for table in tables.values()]
    figure = new_figure(cell * (sum(widths) + len(widths)), cell * max(heights) + 1.1, title)
    panels = figure.subplots(1, len(tables), width_ratios=widths, squeeze=False)[0]
    limit = max((np.abs(table).max(initial=0) for table in tables.values()), default=0) or 1
    for axes, (name, table) in zip(panels, tables.items(), strict=True):
        axes.imshow(table, cmap=DIVERGING, vmin=-limit, vmax=limit)
        bare(axes)
        frame(axes, GREY, 0.8)
        axes.set_title(name)
        for (row, column), number in np.ndenumerate(table):
            axes.text(
                column,
                row,
                f"{number:.2g}" if number % 1 else f"{number:.0f}",
                ha="center",
                va="center",
                fontsize=8.5,
                color="white" if abs(number) > 0.7 * limit else INK,
            )
    return figure


def _mark_classes(
    set_ticks: Callable[..., Any],
    draw_line: Callable[..., Any],
    sorted_labels: np.ndarray,
    class_names: Sequence[str],
) -> None:
    """Name each class in the middle of its rows, or columns, and draw a line after the last."""
    found, firsts = np.unique(sorted_labels, return_index=True)
    ends = np.append(firsts[1:], len(sorted_labels))
    set_ticks((firsts + ends - 1) / 2, [class_names[label] for label in found])
    for end in ends[:-1]:
        draw_line(end - 0.5, color="white", linewidth=0.5, alpha=0.6)
