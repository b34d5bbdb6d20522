"""One look for all pictures."""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colorbar import Colorbar
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

P = ParamSpec("P")
R = TypeVar("R")

# Colours of Okabe and Ito, which colour-blind people tell apart, too.
BLUE, ORANGE, GREEN, RED, PINK, GREY = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#d55e00",
    "#cc79a7",
    "#8a8f98",
)
INK, FAINT = "#22262e", "#d9dce1"
CYCLE = (BLUE, GREEN, RED, PINK, ORANGE, GREY)
RIGHT, WRONG = GREEN, RED
TRAIN, VALIDATION = BLUE, RED
DIVERGING = "RdBu_r"  # red above 0, white at 0, blue below
SEQUENTIAL = "Blues"
ORDERED = "viridis"
DPI = 120

STYLE: Any = {  # newer matplotlib lists all keys in its type, older ones take any
    "axes.axisbelow": True,
    "axes.edgecolor": INK,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.labelsize": 11,
    "axes.prop_cycle": cycler(color=CYCLE),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlesize": 11,
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "figure.titlesize": 14,
    "figure.titleweight": "bold",
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same on every machine
    "font.size": 10,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "image.interpolation": "nearest",
    "legend.frameon": False,
    "lines.linewidth": 2,
    "savefig.dpi": DPI,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Let a function draw in the style of the kit; other pictures keep theirs."""

    @functools.wraps(draw)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context(STYLE):
            return draw(*args, **kwargs)

    return wrapper


def new_figure(width: float, height: float, title: str = "") -> Figure:
    """Make a figure that no global state knows of, sizes in inches."""
    figure = Figure(figsize=(width, height))
    figure.set_layout_engine("constrained", w_pad=0.08, h_pad=0.08)
    if title:
        figure.suptitle(title)
    return figure


def bare(axes: Axes) -> None:
    """Take ticks and grid away, for a panel that shows an image."""
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(False)
    axes.spines[:].set_visible(False)


def frame(axes: Axes, colour: str, width: float = 2.5) -> None:
    """Put a coloured frame around a panel."""
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(colour)
    axes.spines[:].set_linewidth(width)


def show_gray(axes: Axes, image: np.ndarray) -> None:
    """Show an image of bytes, shape (H, W), dark on light as ink on paper."""
    axes.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    bare(axes)


def hide_rest(panels: np.ndarray, used: int) -> None:
    """Hide the panels of a grid that nothing was drawn in."""
    for axes in panels.flat[used:]:
        axes.set_visible(False)


def tidy_bar(bar: Colorbar, label: str) -> None:
    """Label a colour bar, and take its box and its grid away."""
    bar.set_label(label)
    bar.outline.set_visible(False)
    bar.ax.grid(False)


def percent_axis(axis: Axis) -> None:
    """Write the ticks of an axis of shares as percentages."""
    axis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{round(100 * share, 1):g} %"))


def percent(share: float) -> str:
    """Write a share as a percentage with one digit."""
    return f"{100 * share:.1f} %"
