"""What a training must have reached: a loss that fell, and most of what it has not seen right."""

from typing import Any

import numpy as np

from autograder.checks.call import Call
from autograder.checks.compare import CheckFailed


def loss_falls(training: Call, losses: Any, by: float = 0.5, over: int = 15) -> None:
    """Raise CheckFailed unless a loss falls by a part of what it was.

    Parameters
    ----------
    training : Call
        What returned the losses.
    losses : array_like, shape (num_iters,)
        One a step.
    by : float
        The part.
    over : int
        So many steps at either end are averaged, for mini-batches differ.
    """
    first, last = float(np.mean(losses[:over])), float(np.mean(losses[-over:]))
    if not last < (1 - by) * first:
        raise CheckFailed(
            f"{training}: the loss should fall by {_percent(by)} or more, but goes from "
            f"{first:.3g} to {last:.3g}."
        )


def most_are_right(asked: Call, right: float, least: float, what: str = "digits") -> None:
    """Raise CheckFailed unless at least a share of what was not seen before is told right."""
    if not right >= least:
        raise CheckFailed(
            f"{asked}: of new {what}, {_percent(right)} are told right; expected {_percent(least)} "
            "or more."
        )


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
