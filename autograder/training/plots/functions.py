"""What functions do: their graphs, the regions they cut a plane into, and the time they take."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from autograder.training.plots import given
from autograder.training.plots.style import BLUE, CYCLE, INK, new_figure, percent, styled

STEPS = 200  # points along each side of a plane


@styled
def lines(
    x: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    title: str,
    x_label: str,
    y_label: str,
) -> Figure:
    """Draw numbers against other numbers.

    Parameters
    ----------
    x : sequence of float, length S
        Where.
    curves : mapping of str to sequence of float, length S
        The values of each, by the name that the legend gives it.
    title, x_label, y_label : str
        Title of the picture and of its axes.

    Returns
    -------
    Figure
    """
    places = given.array("x", x, "S")
    figure = new_figure(8, 4.2, title)
    axes = figure.subplots()
    for name, values in given.mapping("curves", curves).items():
        marker = "o" if len(places) < 20 else ""
        axes.plot(places, given.array(name, values, len(places)), marker=marker, label=name)
    axes.set(xlabel=x_label, ylabel=y_label)
    if len(curves) > 1:
        axes.legend()
    return figure


@styled
def regions(
    models: Mapping[str, Callable[[np.ndarray], np.ndarray]],
    X: np.ndarray,
    y: np.ndarray,
    title: str,
) -> Figure:
    """Colour a plane by what models answer there, with the points that they learnt from.

    Parameters
    ----------
    models : mapping of str to callable
        ``predict(X) -> labels`` of each, by the title of its panel.
    X : ndarray, shape (N, 2)
        Points of a plane.
    y : ndarray of int, shape (N,)
        Their classes.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    X = given.array("X", X, "N", 2)
    y = given.labels("y", y, CYCLE, len(X))
    colours = CYCLE[: y.max() + 1]
    edge = 1.1 * np.abs(X).max()
    side = np.linspace(-edge, edge, STEPS)
    plane = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    figure = new_figure(3.6 * len(models) + 0.4, 4.4, title)
    panels = figure.subplots(1, len(models), squeeze=False)[0]
    for axes, (name, predict) in zip(panels, models.items(), strict=True):
        answers = given.labels(f"predictions of {name}", predict(plane), colours, len(plane))
        axes.imshow(
            answers.reshape(STEPS, STEPS),
            cmap=ListedColormap(colours),
            vmin=-0.5,
            vmax=len(colours) - 0.5,
            alpha=0.3,
            origin="lower",
            extent=(-edge, edge, -edge, edge),
        )
        for label, colour in enumerate(colours):
            axes.plot(*X[y == label].T, "o", color=colour, markersize=3)
        right = float(np.mean(np.equal(predict(X), y)))
        axes.set_title(f"{name}: {percent(right)} right")
        axes.grid(False)
    return figure


@styled
def times(seconds: Mapping[str, float], title: str) -> Figure:
    """Draw how long each of several functions took, on a logarithmic axis.

    Parameters
    ----------
    seconds : mapping of str to float
        The time of each.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    figure = new_figure(8, 0.55 * len(seconds) + 1.4, title)
    axes = figure.subplots()
    places = range(len(seconds))
    found = given.array("seconds", list(seconds.values()), "functions")
    axes.barh(places, found, color=BLUE, height=0.6)
    for place, time in zip(places, found, strict=True):
        faster = f": {max(found) / time:,.0f} times as fast" if time < max(found) else ""
        text = f" {1000 * time:,.3g} ms{faster}"
        axes.text(time, place, text, va="center", color=INK)
    axes.set_yticks(places, list(seconds))
    axes.invert_yaxis()
    axes.set(xscale="log", xlabel="seconds", xlim=(min(found) / 3, max(found) * 30))
    axes.grid(False, axis="y")
    return figure
