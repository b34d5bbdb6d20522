"""What a training must have reached: the limits, and the sentences."""

import numpy as np
import pytest

from autograder.checks.call import call
from autograder.checks.compare import CheckFailed
from autograder.checks.learning import loss_falls, most_are_right

TRAINING = call("train", lr=0.1)


def test_a_loss_may_wobble_but_must_fall():
    loss_falls(TRAINING, [4.0, 2.0, 3.0, 1.0, 1.8], over=2)
    with pytest.raises(CheckFailed, match=r"fall by 50 % or more, but goes from 3 to 1\.5\.$"):
        loss_falls(TRAINING, [4.0, 2.0, 1.0, 2.0], over=2)
    with pytest.raises(CheckFailed, match=r"fall by 40 % or more, but goes from 2 to 1\.3\.$"):
        loss_falls(TRAINING, [2.0, 1.3], by=0.4, over=1)


def test_a_loss_that_is_not_finite_does_not_fall():
    with pytest.raises(CheckFailed, match="to nan"):
        loss_falls(TRAINING, [1.0, np.nan], over=1)


def test_just_too_few_are_not_rounded_to_enough():
    most_are_right(TRAINING, 0.75, 0.75)
    with pytest.raises(CheckFailed, match=r"of new points, 74\.8 % are told right; expected 75 %"):
        most_are_right(TRAINING, 0.748, 0.75, "points")
