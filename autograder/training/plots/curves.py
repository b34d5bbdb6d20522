"""Numbers against steps, k and settings."""

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from autograder.training.plots import given
from autograder.training.plots.style import (
    BLUE,
    CYCLE,
    GREY,
    INK,
    ORDERED,
    TRAIN,
    VALIDATION,
    new_figure,
    percent,
    percent_axis,
    styled,
)


def smooth(losses: np.ndarray, window: int) -> np.ndarray:
    """Average each number with its neighbours, with fewer of them where the curve is steep.

    Parameters
    ----------
    losses : ndarray, shape (S,)
        Noisy numbers.
    window : int
        How many numbers are averaged, where there are as many on both sides. A curve of losses
        is steep at first, so in the beginning the window grows with the steps done.

    Returns
    -------
    ndarray, shape (S,)
    """
    count = len(losses)
    places = np.arange(count)
    half = np.minimum(places // 4, window // 2)
    first = places - half
    end = np.minimum(places + half + 1, count)
    with np.errstate(invalid="ignore"):  # a training that has diverged: no curve from there on
        sums = np.concatenate([[0.0], np.cumsum(losses)])
        return (sums[end] - sums[first]) / (end - first)


@styled
def loss_curve(losses: np.ndarray, title: str, first_loss: float | None = None) -> Figure:
    """Draw the loss of each mini-batch, raw and smoothed: how it begins, and how it goes on.

    The left panel has the first tenth of the steps. The right one has all of them, but not the
    large losses of the beginning, which would press the rest to the ground.

    Parameters
    ----------
    losses : ndarray, shape (S,)
        The losses.
    title : str
        Title of the picture.
    first_loss : float, optional
        What the first one has to be near; marked by a dashed line.

    Returns
    -------
    Figure
    """
    losses = given.array("losses", losses, "S")
    figure = new_figure(10, 4.5, title)
    panels = figure.subplots(1, 2, width_ratios=(2, 3))
    window = max(3, len(losses) // 30) // 2 * 2 + 1
    begin = min(len(losses), max(20, len(losses) // 10))
    for axes in panels:
        axes.plot(losses, color=BLUE, alpha=0.35, linewidth=0.8, label="each mini-batch")
        axes.plot(smooth(losses, window), color=BLUE, label=f"mean of up to {window} steps")
        axes.set_xlabel("step")
    left, right = panels
    if first_loss is not None:
        left.axhline(first_loss, color=GREY, linestyle="--", linewidth=1.4)
        left.annotate(
            f"all scores 0: {first_loss:.3g}",
            (begin - 1, first_loss),
            xytext=(0, 4),
            textcoords="offset points",
            ha="right",
            va="bottom",
            color=GREY,
        )
    highest = max(_highest(losses[:begin]), first_loss or 0)
    left.set(ylabel="loss", title="how it begins", xlim=(0, begin - 1), ylim=(0, 1.1 * highest))
    right.set(title="all steps (large losses are cut off)", xlim=(0, len(losses)))
    right.set_ylim(0, 1.05 * _highest(losses[len(losses) // 10 :]))
    right.legend(loc="upper right")
    return figure


@styled
def compare_losses(
    losses: Mapping[str, np.ndarray],
    title: str,
    legend: str,
    log: bool = False,
    ordered: bool = False,
) -> Figure:
    """Draw the smoothed losses of several trainings in one picture.

    Parameters
    ----------
    losses : mapping of str to ndarray, shape (S,)
        The losses of each.
    title, legend : str
        Title of the picture and of the legend.
    log : bool
        Whether the loss has a logarithmic axis.
    ordered : bool
        Whether their order has a meaning, and so the colours should have one.

    Returns
    -------
    Figure
    """
    figure = new_figure(8, 4.5, title)
    axes = figure.subplots()
    colours = [*CYCLE] * (1 + len(losses) // len(CYCLE))
    if ordered:
        colours = [*mpl.colormaps[ORDERED](np.linspace(0, 0.85, len(losses)))]
    for (name, found), colour in zip(losses.items(), colours, strict=False):
        values = given.array(f"losses of {name}", found, "S")
        axes.plot(values, color=colour, linewidth=0.8, alpha=0.3)
        axes.plot(smooth(values, max(3, len(values) // 30)), color=colour, label=name)
    axes.set(xlabel="step", ylabel="loss")
    axes.margins(x=0)
    if log:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(ScalarFormatter())
    else:
        axes.set_ylim(bottom=0)
    axes.legend(title=legend)
    return figure


@styled
def accuracy_curves(
    curves: Mapping[str, tuple[np.ndarray, np.ndarray, np.ndarray]], title: str
) -> Figure:
    """Draw training and validation accuracy against steps, a panel for each training.

    Parameters
    ----------
    curves : mapping of str to tuple of ndarray
        For each training (steps, training accuracy, validation accuracy), each of shape (M,).
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    figure = new_figure(max(8, 5.2 * len(curves)), 4.5, title)
    panels = figure.subplots(1, len(curves), sharey=True, squeeze=False)[0]
    for axes, (name, (steps, train, validation)) in zip(panels, curves.items(), strict=True):
        for shares, colour, label in (
            (train, TRAIN, "training"),
            (validation, VALIDATION, "validation"),
        ):
            label = f"{label}, {percent(shares[-1])} in the end"
            axes.plot(steps, shares, color=colour, marker="o", markersize=3, label=label)
        axes.fill_between(steps, validation, train, color=TRAIN, alpha=0.1, linewidth=0)
        axes.set_xlabel("step")
        axes.legend(loc="lower right")
        if len(curves) > 1:
            axes.set_title(name)
    finals = [values[len(values) // 5 :].min() for _, *both in curves.values() for values in both]
    lowest = max(0.0, np.floor(10 * min(finals) - 0.5) / 10)
    panels[0].set(ylabel="accuracy", ylim=(lowest, 1.01))
    percent_axis(panels[0].yaxis)
    return figure


@styled
def accuracy_against_k(fold_accuracies: Mapping[int, Sequence[float]], title: str) -> Figure:
    """Draw the accuracy of each fold as a dot, and a line through the means, against k.

    Parameters
    ----------
    fold_accuracies : mapping of int to sequence of float
        For each k the accuracy on each fold.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    figure = new_figure(8, 4.5, title)
    axes = figure.subplots()
    ks = sorted(given.mapping("fold_accuracies", fold_accuracies))
    for k in ks:
        given.array(f"fold_accuracies[{k}]", fold_accuracies[k], "folds")
    means = np.array([np.mean(fold_accuracies[k]) for k in ks])
    spreads = np.array([np.std(fold_accuracies[k]) for k in ks])
    for number, k in enumerate(ks):
        dots = fold_accuracies[k]
        label = None if number else "one fold"
        axes.plot([k] * len(dots), dots, "o", color=GREY, markersize=4.5, alpha=0.7, label=label)
    axes.plot(ks, means, color=BLUE, marker="o", label="mean")
    axes.fill_between(
        ks,
        means - spreads,
        means + spreads,
        color=BLUE,
        alpha=0.12,
        linewidth=0,
        label="± one standard deviation",
    )
    best = int(np.argmax(means))
    axes.plot(
        ks[best],
        means[best],
        "o",
        markersize=13,
        markerfacecolor="none",
        color=INK,
        label=f"best mean, {percent(means[best])} with k = {ks[best]}",
    )
    axes.set(xlabel="k, neighbours that vote", ylabel="accuracy", xscale="log")
    axes.set_xticks(ks, [str(k) for k in ks])
    axes.minorticks_off()
    percent_axis(axes.yaxis)
    axes.margins(y=0.12)
    axes.legend(loc="lower left")
    return figure


def draw_regularisation(
    axes: Axes, regs: Sequence[float], train: Sequence[float], validation: Sequence[float]
) -> None:
    """Draw training and validation accuracy for each strength of regularisation.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    regs, train, validation : sequence of float
        The strengths and the accuracies, in the same order.
    """
    axes.plot(train, color=TRAIN, marker="o", label="training")
    axes.plot(validation, color=VALIDATION, marker="o", label="validation")
    axes.set(xlim=(-0.5, len(regs) - 0.5), ylabel="accuracy")
    axes.set_xticks(range(len(regs)), [f"reg {reg:g}" for reg in regs])
    percent_axis(axes.yaxis)
    axes.legend(loc="lower left")


def _highest(losses: np.ndarray) -> float:
    """The largest finite loss; 1 if all are 0 or none is finite."""
    return float(np.max(losses, where=np.isfinite(losses), initial=0)) or 1.0
