"""Pictures of wrong answers: which one a failure has, and what it says in words."""

import base64
import re
from typing import NamedTuple

import numpy as np

from autograder.checks.compare import CheckFailed
from autograder.reports.drawing import curves, heat_maps
from autograder.reports.tables import noticeable

GRADIENT = re.compile(r"grad|d(?:[A-Za-z]|scores)\b")
LARGEST = 1e150  # beyond it, differences and squares are no numbers any more


class Picture(NamedTuple):
    """A picture of what is wrong.

    Attributes
    ----------
    png : bytes
        A PNG file without a background, for pages light and dark.
    alt : str
        What it shows, in words.
    """

    png: bytes
    alt: str

    @property
    def address(self) -> str:
        """The picture itself as an address, for a page that stands alone."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode()}"


def picture(failure: CheckFailed) -> Picture | None:
    """Draw what a check found.

    Parameters
    ----------
    failure : CheckFailed
        With the arrays that differ, if that is what is wrong.

    Returns
    -------
    Picture or None
        Losses of a training as two curves; any other arrays as heat maps, expected beside got,
        and, where the shapes agree, their difference; gradients also one against the other.
        None where a picture says no more than the message: no arrays, or one number alone.
    """
    got, want = failure.got, failure.want
    if not (_can_be_drawn(got) and _can_be_drawn(want)):
        return None
    assert got is not None and want is not None
    name = failure.name or "the result"
    with np.errstate(all="ignore"):
        if name == "losses" and got.ndim == want.ndim == 1 and _moderate(want):
            return Picture(curves(got, want), _words_of_curves(got, want))
        scatter = GRADIENT.match(name) is not None and got.shape == want.shape
        drawn = heat_maps(got, want, scatter=scatter and _moderate(got) and _moderate(want))
        return Picture(drawn, _words_of_maps(name, got, want))


def _can_be_drawn(array: np.ndarray | None) -> bool:
    plain = isinstance(array, np.ndarray) and array.dtype.kind in "biuf"
    return plain and array is not None and array.ndim > 0 and array.size > 0


def _moderate(array: np.ndarray) -> bool:
    """Tell whether there are finite numbers, and all of them can be squared and added."""
    finite = array[np.isfinite(array)].astype(np.float64)
    return finite.size > 0 and float(np.abs(finite).max()) < LARGEST


def _words_of_curves(got: np.ndarray, want: np.ndarray) -> str:
    if len(got) != len(want):
        return f"Two curves of losses: expected, {len(want)} steps, and yours, {len(got)} steps."
    apart = np.flatnonzero(noticeable(got, want))
    since = f", which part at step {apart[0]}" if apart.size else ""
    return f"Two curves of losses over {len(want)} steps, expected and yours{since}."


def _words_of_maps(name: str, got: np.ndarray, want: np.ndarray) -> str:
    if got.shape != want.shape:
        return f"Heat maps of {name}: expected, shape {want.shape}, and yours, shape {got.shape}."
    wrong = int(noticeable(got, want).sum())
    return (
        f"Heat maps of {name}, shape {want.shape}: expected, yours and the difference; "
        f"{wrong} of {want.size} entries differ."
    )
