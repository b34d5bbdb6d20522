"""Tables in colours: confusions, and a grid of settings."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from autograder.training.plots.style import GREY, INK, SEQUENTIAL, new_figure, percent, styled

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
def tuning(results: Mapping[tuple[float, float], float], title: str) -> Figure:
    """Draw the validation accuracy of each setting.

    Parameters
    ----------
    results : mapping of (float, float) to float
        For each (lr, reg) the accuracy.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
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
    axes.set(xlabel="reg, strength of regularisation", ylabel="lr, learning rate")
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure
