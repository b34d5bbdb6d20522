"""Pictures of wrong answers."""

import io
import textwrap
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from autograder.files import write_whole

MAX_SIDE = 64


def save_mismatch(path: Path, message: str, got: np.ndarray, want: np.ndarray) -> None:
    """Write a picture of two arrays of one shape and of where they differ, as a PNG.

    Parameters
    ----------
    path : Path
        File to write.
    message : str
        What the check said.
    got, want : ndarray
        The student's array and the expected one; axes before the last are drawn as rows, and
        at most 64 rows and columns are drawn.
    """
    figure = Figure(figsize=(10, 3.6), layout="constrained")
    figure.suptitle("\n".join(textwrap.wrap(message, 110)), fontsize=9)
    ours, theirs = _flat(want), _flat(got)
    limit = np.abs(ours).max(initial=1e-12)
    panels = ("expected", ours), ("yours", theirs), ("yours - expected", theirs - ours)
    for axes, (title, values) in zip(figure.subplots(1, 3), panels, strict=True):
        reach = limit if values is not panels[2][1] else np.abs(values).max(initial=1e-12)
        image = axes.imshow(values, cmap="RdBu_r", vmin=-reach, vmax=reach, aspect="auto")
        axes.set_title(title, fontsize=10)
        figure.colorbar(image, ax=axes)
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=110)
    write_whole(path, content.getvalue())


def _flat(values: np.ndarray) -> np.ndarray:
    table = np.asarray(values, dtype=np.float64)
    table = table.reshape(-1, table.shape[-1]) if table.ndim else table.reshape(1, 1)
    return table[:MAX_SIDE, :MAX_SIDE]
