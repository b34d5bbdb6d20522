"""What functions do: their graphs, the regions they cut a plane into, and the time they take."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.training.plots import given
from autograder.training.plots.style import (
    BLUE,
    CYCLE,
    DIVERGING,
    INK,
    RED,
    new_figure,
    percent,
    styled,
    tidy_bar,
)

FEW = 4  # curves whose legend finds room between them
STEPS = 200  # points along each side of a plane


@styled
def lines(
    x: Sequence[float],
    curves: Mapping[str, Sequence[float] | np.ndarray],
    title: str,
    x_label: str,
    y_label: str,
    log: str = "",
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
    log : str
        The axes that are logarithmic: ``"x"``, ``"y"``, ``"xy"`` or none.

    Returns
    -------
    Figure
    """
    places = given.array("x", x, "S")
    figure = new_figure(8, 4.2, title)
    axes = figure.subplots()
    for number, (name, values) in enumerate(given.mapping("curves", curves).items()):
        axes.plot(
            places,
            given.array(name, values, len(places)),
            marker="o" if len(places) < 20 else "",
            linestyle="-" if number < len(CYCLE) else "--",  # colours come again
            label=name,
        )
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.set(**{f"{axis}scale": "log" for axis in log})
    if len(curves) > FEW:
        axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), borderaxespad=0)
    elif len(curves) > 1:
        axes.legend()
    return figure


def by_depth(
    curves: Mapping[str, Sequence[float] | np.ndarray], title: str, y_label: str
) -> Figure:
    """Draw a number of each layer of deep networks, on a logarithmic axis.

    Parameters
    ----------
    curves : mapping of str to sequence of float, length L
        For each network the numbers, the first layer's first.
    title, y_label : str
        Title of the picture, and what the numbers are.

    Returns
    -------
    Figure
    """
    layers = range(1, 1 + max(map(len, curves.values())))
    figure = lines(layers, curves, title, "layer", y_label, log="y")
    figure.axes[0].xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def regions(
    models: Mapping[str, Callable[[np.ndarray], np.ndarray]],
    X: np.ndarray,
    y: np.ndarray | None,
    title: str,
) -> Figure:
    """Colour a plane by what models answer there, with the points that they learnt from.

    Parameters
    ----------
    models : mapping of str to callable
        ``predict(X) -> labels`` of each, by the title of its panel.
    X : ndarray, shape (N, 2)
        Points of a plane.
    y : ndarray of int, shape (N,), or None
        Their classes. None: each panel gives the points the classes that its model gives them, of
        two.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    X = given.array("X", X, "N", 2)
    colours = CYCLE[:2] if y is None else CYCLE[: given.labels("y", y, CYCLE, len(X)).max() + 1]
    figure, panels = _panels(len(models), title)
    for axes, (name, predict) in zip(panels, models.items(), strict=True):
        said = f"predictions of {name}"
        answers = given.labels(said, on_plane(predict, X), colours, STEPS, STEPS)
        axes.imshow(
            answers,
            cmap=ListedColormap(colours),
            vmin=-0.5,
            vmax=len(colours) - 0.5,
            alpha=0.3,
            origin="lower",
            extent=_extent(X),
        )
        found = given.labels(said, predict(X), colours, len(X))
        _draw_points(axes, X, found if y is None else y, colours)
        axes.set_title(name if y is None else f"{name}: {percent(np.mean(found == y))} right")
    return figure


def on_plane(model: Callable[[np.ndarray], np.ndarray], X: np.ndarray) -> np.ndarray:
    """Ask a model on a grid of points of the plane around some.

    Parameters
    ----------
    model : callable
        ``model(X) -> numbers``, shape (N,).
    X : ndarray, shape (N, 2)
        The points that the grid surrounds.

    Returns
    -------
    ndarray, shape (S, S)
        Its answers, a row for each height, the lowest first.
    """
    left, right, low, high = _extent(given.array("X", X, "N", 2))
    across, up = np.linspace(left, right, STEPS), np.linspace(low, high, STEPS)
    plane = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    return given.array("the model's answer", model(plane), len(plane)).reshape(STEPS, STEPS)


@styled
def fields(values: Mapping[str, np.ndarray], X: np.ndarray, y: np.ndarray, title: str) -> Figure:
    """Shade a plane by numbers from 0 to 1, with a line where they pass 1/2.

    Parameters
    ----------
    values : mapping of str to ndarray, shape (S, S)
        The numbers, as `on_plane` gives them, by the titles of their panels.
    X : ndarray, shape (N, 2)
        Points of a plane, those that were given to `on_plane`.
    y : ndarray of int, shape (N,)
        Their classes, 0 or 1.
    title : str
        Title of the picture.

    Returns
    -------
    Figure
    """
    X = given.array("X", X, "N", 2)
    y = given.labels("y", y, "01", len(X))
    figure, panels = _panels(len(given.mapping("values", values)), title, beside=1.4)
    for axes, (name, numbers) in zip(panels, values.items(), strict=True):
        numbers = given.array(name, numbers, STEPS, STEPS)
        mappable = axes.imshow(
            numbers, cmap=DIVERGING, vmin=0, vmax=1, alpha=0.5, origin="lower", extent=_extent(X)
        )
        if numbers.min() < 0.5 < numbers.max():
            axes.contour(numbers, [0.5], colors=INK, linewidths=1.2, extent=_extent(X))
        _draw_points(axes, X, y, (BLUE, RED))
        axes.set_title(name)
    tidy_bar(figure.colorbar(mappable, ax=panels, shrink=0.8, aspect=30), "answer")
    return figure


def _panels(count: int, title: str, beside: float = 0.4) -> tuple[Figure, np.ndarray]:
    """Make a figure of square panels in a row."""
    figure = new_figure(3.6 * count + beside, 4.4, title)
    return figure, figure.subplots(1, count, squeeze=False)[0]


def _extent(X: np.ndarray) -> tuple[float, float, float, float]:
    """Left, right, lower and upper edge of a square around points."""
    low, high = X.min(axis=0), X.max(axis=0)
    half = 0.55 * (high - low).max()
    (x, y) = (low + high) / 2
    return x - half, x + half, y - half, y + half


def _draw_points(axes: Axes, X: np.ndarray, y: np.ndarray, colours: Sequence[str]) -> None:
    size = 9 if len(X) < 20 else 4
    for label, colour in enumerate(colours):
        points = X[y == label].T
        axes.plot(
            *points,
            "o",
            color=colour,
            markersize=size,
            markeredgecolor="white",
            markeredgewidth=0.5,
        )
    axes.grid(False)


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
