"""Drawings of two arrays, as PNG files that suit pages light and dark."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import matplotlib as mpl
import numpy as np
from matplotlib import patheffects, style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from autograder.tables import Table, noticeable, shown_part
from autograder.training.pictures import as_png
from autograder.training.plots.style import DIVERGING, INK, ORANGE, RED, STYLE, new_figure

P = ParamSpec("P")
MIDDLE, SKY = "#7d828b", "#56b4e9"  # seen on white paper and on black
LOOK: Any = {
    **STYLE,
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.titlecolor"), MIDDLE),
    **dict.fromkeys(("axes.edgecolor", "xtick.color", "ytick.color"), MIDDLE),
    "axes.facecolor": "none",
    "axes.labelsize": 9,
    "axes.titlesize": 10,
    "figure.facecolor": "none",
    "font.size": 9,
    "grid.color": "#7d828b40",
}
NUMBERS, NUMBERS_ACROSS = 40, 10  # cells, up to which each one has its number in it
MARKS, MARKS_ACROSS = 60, 24  # cells, up to which those that differ are framed
PANEL = 2.5  # inches
WIDE = 4  # columns for each row, from which panels stand one above the other


def drawn(draw: Callable[Concatenate[Figure, P], None]) -> Callable[P, bytes]:
    """Let a function draw on a new figure, whatever style the notebook has, and return its PNG."""

    @wraps(draw)
    def as_file(*args: P.args, **kwargs: P.kwargs) -> bytes:
        with style.context("default"), mpl.rc_context(LOOK):
            figure = new_figure(1, 1)
            draw(figure, *args, **kwargs)
            return as_png(figure)

    return as_file


@drawn
def heat_maps(figure: Figure, got: np.ndarray, want: np.ndarray, *, scatter: bool) -> None:
    """Draw two arrays beside each other, and their difference if they have one shape.

    Parameters
    ----------
    figure : Figure
        To draw on.
    got, want : ndarray
        The student's array and the expected one: at least one axis, none of them empty.
    scatter : bool
        Whether to draw one against the other as well.
    """
    wrong = noticeable(got, want) if got.shape == want.shape else None
    panels = [("expected", shown_part(want, wrong)), ("yours", shown_part(got, wrong))]
    reach = _largest(panels[0][1].values) or _largest(panels[1][1].values)
    reaches = [reach, reach]
    if wrong is not None:
        (_, ours), (_, theirs) = panels
        difference = ours._replace(values=theirs.values - ours.values)
        panels.append(("yours − expected", difference))
        reaches.append(_largest(difference.values))
    tables = [table for _, table in panels]
    wide = all(table.values.shape[1] > WIDE * table.values.shape[0] for table in tables)
    axes, beside = _arranged(figure, tables, wide, scatter)
    for ax, (title, table), largest in zip(axes, panels, reaches, strict=True):
        if wrong is None:
            title += f", shape {(got if title == 'yours' else want).shape}"
        _heat_map(ax, table, largest or 1.0, title)
    if wrong is not None:
        _mark(axes[1], tables[1], shown_part(wrong, wrong).values > 0)
    if beside is not None:
        _against(beside, got, want)


@drawn
def curves(figure: Figure, got: np.ndarray, want: np.ndarray) -> None:
    """Draw the losses of a training against those expected, and mark where they part.

    Parameters
    ----------
    figure : Figure
        To draw on.
    got, want : ndarray, shape (S,)
        Lengths may differ; the expected losses are of moderate size.
    """
    figure.set_size_inches(6.5, 2.8)
    axes = figure.subplots()
    finite = want[np.isfinite(want)].astype(np.float64)
    low, high = finite.min(), finite.max()
    span = high - low or abs(high) or 1.0
    near = np.clip(got.astype(np.float64), low - 2 * span, high + 2 * span)
    dots = "o" if max(len(got), len(want)) <= NUMBERS else None
    axes.plot(want, color=SKY, linewidth=4, marker=dots, label="expected")
    axes.plot(near, color=RED, linewidth=1.5, marker=dots, markersize=4, label="yours")
    apart = np.flatnonzero(noticeable(got, want)) if got.shape == want.shape else np.empty(0, int)
    if apart.size:
        label = f"they part at step {apart[0]}"
        axes.axvline(apart[0], color=MIDDLE, linestyle=":", linewidth=1.2, label=label)
    beyond = " (cut off)" if np.any(near != got) and np.isfinite(got).all() else ""
    unusual = "" if np.isfinite(got).all() else "; yours has NaN or infinite losses"
    axes.set(xlabel="step", ylabel="loss", title=f"losses{beyond}{unusual}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend()


def _largest(values: np.ndarray) -> float:
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))


def _arranged(
    figure: Figure, tables: list[Table], wide: bool, scatter: bool
) -> tuple[list[Axes], Axes | None]:
    """Make axes for the heat maps, and one for a scatter plot at the right of them if asked."""
    count = len(tables)
    if wide:
        figure.set_size_inches(6.5 + scatter * PANEL, 0.95 * count + 0.2)
        grid = figure.add_gridspec(count, 1 + scatter, width_ratios=[6.5, PANEL][: 1 + scatter])
        axes = [figure.add_subplot(grid[place, 0]) for place in range(count)]
        return axes, figure.add_subplot(grid[:, 1]) if scatter else None
    rows = max(table.values.shape[0] for table in tables)
    height = min(max(0.28 * rows + 0.9, scatter * 0.8 * PANEL), PANEL + 0.4)
    figure.set_size_inches(PANEL * (count + scatter), height)
    grid = figure.add_gridspec(1, count + scatter)
    axes = [figure.add_subplot(grid[0, place]) for place in range(count)]
    return axes, figure.add_subplot(grid[0, count]) if scatter else None


def _heat_map(axes: Axes, table: Table, reach: float, title: str) -> None:
    """Draw numbers between -reach and reach in colours, and as numbers where there is room."""
    shares = np.ma.masked_invalid(table.values / reach)
    colours = mpl.colormaps[DIVERGING].with_extremes(bad=ORANGE)
    axes.imshow(shares, cmap=colours, vmin=-1, vmax=1, extent=table.edges, aspect="auto")
    axes.set_title(title)
    if _has_room(table.values):
        _write_numbers(axes, table, shares)
    else:
        odd = "" if np.isfinite(table.values).all() else "; orange: NaN or infinite"
        axes.set_xlabel(f"blue −{reach:.3g}, white 0, red {reach:.3g}{odd}", fontsize=7)
    _draw_blocks(axes, table)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    for axis, count in zip((axes.yaxis, axes.xaxis), table.values.shape, strict=True):
        axis.set_major_locator(MaxNLocator(nbins=min(5, count), integer=True))
    if len(table.values) == 1:
        axes.set_yticks([])
    axes.tick_params(length=2, labelsize=7)


def _has_room(values: np.ndarray) -> bool:
    """Tell whether each cell is large enough for its number."""
    short = bool(np.all(values == np.round(values)) and _largest(values) < 100)
    across = values.shape[1] <= NUMBERS_ACROSS or (short and len(values) == 1)
    return across and values.size <= NUMBERS


def _write_numbers(axes: Axes, table: Table, shares: np.ma.MaskedArray) -> None:
    left, _, _, top = table.edges
    dark = np.ma.filled(np.abs(shares) > 0.6, False)
    for (i, j), value in np.ndenumerate(table.values):
        axes.text(
            left + j + 0.5,
            top + i + 0.5,
            f"{value:.3g}",
            ha="center",
            va="center",
            color="white" if dark[i, j] else INK,
            fontsize=8 if table.values.shape[1] <= 4 else 6.5,
        )


def _draw_blocks(axes: Axes, table: Table) -> None:
    """Part the blocks of an array with more than two axes."""
    _, right, bottom, _ = table.edges
    height, width = table.block
    for place in range(table.row, int(bottom)):
        if place % height == 0 and place > table.row:
            axes.axhline(place - 0.5, color=MIDDLE, linewidth=0.8)
    for place in range(table.column, int(right)):
        if place % width == 0 and place > table.column:
            axes.axvline(place - 0.5, color=MIDDLE, linewidth=0.8)


def _mark(axes: Axes, table: Table, wrong: np.ndarray) -> None:
    """Frame the cells that differ, if they are few enough to stand out."""
    places = np.argwhere(wrong)
    if len(places) > min(MARKS, wrong.size // 2) or max(wrong.shape) > MARKS_ACROSS:
        return
    left, _, _, top = table.edges
    for i, j in places:
        cell = Rectangle((left + j, top + i), 1, 1, fill=False, edgecolor=INK, linewidth=1.4)
        cell.set_path_effects([patheffects.withStroke(linewidth=3.5, foreground="white")])
        axes.add_patch(cell)


def _against(axes: Axes, got: np.ndarray, want: np.ndarray) -> None:
    """Draw each entry of a gradient over the slope that was expected there."""
    x, y = want.ravel().astype(np.float64), got.ravel().astype(np.float64)
    seen = np.isfinite(x) & np.isfinite(y)
    x, y = x[seen], y[seen]
    reach = max(_largest(x), _largest(y)) or 1.0
    axes.axline((0, 0), slope=1, color=MIDDLE, linewidth=1, linestyle="--")
    axes.plot(x, y, "o", color=RED, markersize=3.5, alpha=0.7)
    axes.set(xlim=(-1.1 * reach, 1.1 * reach), ylim=(-1.1 * reach, 1.1 * reach))
    axes.set_title("right ones lie on the line")
    axes.set_xlabel("slope of the loss, by numbers", fontsize=7)
    axes.set_ylabel("your gradient", fontsize=7)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=4))
    axes.tick_params(length=2, labelsize=7)
