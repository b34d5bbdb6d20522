"""Pictures of wrong answers: which one a failure has, and what it says in words."""

import base64
from typing import NamedTuple

import numpy as np

from autograder.checks.compare import CheckFailed
from autograder.extract import fitting
from autograder.reports.drawing import curves, heat_maps
from autograder.tables import noticeable


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
    kind = fitting(failure)
    if kind in ("", "number") or got is None or want is None:
        return None
    with np.errstate(all="ignore"):
        if kind == "curves":
            return Picture(curves(got, want), _words_of_curves(got, want))
        drawn = heat_maps(got, want, scatter=kind == "gradient")
        return Picture(drawn, _words_of_maps(failure.name or "the result", got, want))


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
