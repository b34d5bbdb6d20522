"""Pictures that a model made: rebuilt, in the middle of a cluster, or drawn from random numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from autograder.training.plots import given
from autograder.training.plots.curves import smooth
from autograder.training.plots.style import (
    BLUE,
    FAINT,
    GREY,
    RED,
    bare,
    frame,
    new_figure,
    show_gray,
    styled,
)

WHITE = 255
GAP = 1  # pixels between the pictures of a grid


@styled
def reconstructions(X: np.ndarray, rebuilt: Mapping[str, np.ndarray], title: str) -> Figure:
    """Show pictures, a column each, and below each what several models rebuild of it.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Rows of pixels from 0 to 1, of square pictures.
    rebuilt : mapping of str to ndarray, shape (N, D)
        What each model makes of them; the names stand at the left, with the mean error.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    X = given.array("X", X, "N", "D")
    rows = {"as it was": X}
    for name, found in given.mapping("rebuilt", rebuilt).items():
        found = given.array(f"rebuilt {name}", found, *X.shape)
        rows[f"{name}\nerror {np.mean(np.sum((found - X) ** 2, axis=1)):.1f}"] = found
    figure = new_figure(0.95 * len(X) + 1.8, 0.95 * len(rows) + 0.8, title)
    panels = figure.subplots(len(rows), len(X), squeeze=False)
    for (name, row), axes in zip(rows.items(), panels, strict=True):
        for panel, image in zip(axes, _squares(name, row), strict=True):
            show_gray(panel, WHITE * image)
        axes[0].set_ylabel(name, rotation=0, ha="right", va="center")
    return figure


@styled
def errors_by_size(errors: Mapping[str, Mapping[int, float]], title: str) -> Figure:
    """Draw the reconstruction error of several methods against the size of the code.

    Parameters
    ----------
    errors : mapping of str to mapping of int to float
        For each method, the error for each size.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    figure = new_figure(8, 4.5, title)
    axes = figure.subplots()
    sizes = sorted({size for found in errors.values() for size in found})
    for (name, found), colour in zip(errors.items(), (BLUE, RED, GREY), strict=False):
        own = sorted(found)
        axes.plot(own, [found[size] for size in own], color=colour, marker="o", label=name)
    axes.set(xlabel="numbers in a code", ylabel="error of a new picture", xscale="log")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    axes.legend()
    return figure


@styled
def clusters(
    centers: np.ndarray, members: Sequence[np.ndarray], names: Sequence[str], title: str
) -> Figure:
    """Show each cluster, a row each: the picture of its center, then pictures that belong to it.

    Parameters
    ----------
    centers : ndarray, shape (K, D)
        What the decoder makes of the centers.
    members : sequence of ndarray, shape (M, D)
        For each cluster some of its pictures; M may differ, and be 0.
    names : sequence of str
        What to write beside each.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    centers = given.array("centers", centers, len(names), "D")
    shown = max([len(found) for found in members], default=0)
    figure = new_figure(0.8 * (shown + 1) + 2.2, 0.8 * len(names) + 0.9, title)
    panels = figure.subplots(len(names), shown + 1, squeeze=False)
    for axes in panels.flat:
        bare(axes)
    for row, (name, found) in enumerate(zip(names, members, strict=True)):
        images = _squares("centers", centers[row : row + 1])
        if len(found):
            found = given.array(f"members of {name}", found, "M", centers.shape[1])
            images = np.concatenate([images, _squares(name, found)])
        for axes, image in zip(panels[row], images, strict=False):
            show_gray(axes, WHITE * image)
        frame(panels[row, 0], RED, 1.5)
        panels[row, 0].set_ylabel(name, rotation=0, ha="right", va="center")
    figure.supxlabel("in the frame: the center, decoded; then the codes nearest to it", fontsize=10)
    return figure


@styled
def sample_grids(grids: Mapping[str, np.ndarray], title: str) -> Figure:
    """Show several sets of made pictures side by side, each as a square grid.

    Parameters
    ----------
    grids : mapping of str to ndarray, shape (N, D)
        The sets by name; the largest square number of pictures is shown.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    columns = min(3, len(given.mapping("grids", grids)))
    rows = -(-len(grids) // columns)
    figure = new_figure(3.1 * columns, 3.3 * rows + 0.5, title)
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes in panels.flat:
        bare(axes)
    for axes, (name, samples) in zip(panels.flat, grids.items(), strict=False):
        show_gray(axes, WHITE * _grid(_squares(name, given.array(name, samples, "N", "D"))))
        frame(axes, FAINT, 0.8)
        axes.set_title(name)
    return figure


@styled
def adversaries(losses_G: np.ndarray, losses_D: np.ndarray, title: str) -> Figure:
    """Draw the losses of a generator and of its discriminator, and what an even match would have.

    Parameters
    ----------
    losses_G, losses_D : ndarray, shape (S,)
        Their losses, round by round.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    losses_G = given.array("losses_G", losses_G, "S")
    losses_D = given.array("losses_D", losses_D, len(losses_G))
    figure = new_figure(10, 4.5, title)
    axes = figure.subplots()
    _course(axes, losses_G, BLUE, "generator")
    _course(axes, losses_D, RED, "discriminator")
    for height, colour in ((np.log(2), BLUE), (2 * np.log(2), RED)):
        axes.axhline(height, color=colour, linestyle="--", linewidth=1.2)
    axes.set(xlabel="round", ylabel="loss", xlim=(0, max(1, len(losses_G) - 1)))
    axes.set_ylim(bottom=0)
    axes.legend(loc="upper right", title="dashed: if D were 1/2 for all")
    return figure


def _course(axes: Axes, losses: np.ndarray, colour: str, name: str) -> None:
    axes.plot(losses, color=colour, alpha=0.25, linewidth=0.8)
    axes.plot(smooth(losses, max(3, len(losses) // 30)), color=colour, label=name)


def _squares(name: str, rows: np.ndarray) -> np.ndarray:
    """Take rows of pixels as square images, shape (N, H, W), from 0 to 1."""
    return np.clip(given.square_images(name, rows.T, len(rows)), 0, 1)


def _grid(images: np.ndarray) -> np.ndarray:
    """Put a square number of images beside and below each other."""
    side = int(np.sqrt(len(images)))
    padded = np.pad(images[: side * side], ((0, 0), (0, GAP), (0, GAP)))
    height, width = padded.shape[1:]
    table = padded.reshape(side, side, height, width).swapaxes(1, 2)
    return table.reshape(side * height, side * width)[:-GAP, :-GAP]
