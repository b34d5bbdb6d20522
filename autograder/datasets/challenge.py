"""The images of the challenge, as students have them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, eq=False)
class ChallengeImages:
    """Images to train on, and to see how well a model does on others.

    Attributes
    ----------
    class_names : tuple of str
        The name of class c is ``class_names[c]``.
    X_train, X_val : ndarray of float64, shape (N, C, H, W)
        Images, from 0 to 1, as `predict` gets them; C is 1 (grey) or 3 (red, green, blue).
    y_train, y_val : ndarray of int64, shape (N,)
        Their classes.
    """

    class_names: tuple[str, ...]
    X_train: np.ndarray
    y_train: np.ndarray
    X_val: np.ndarray
    y_val: np.ndarray


def load_challenge(kit: Path | None = None) -> ChallengeImages:
    """Load the images that students have for the challenge.

    Parameters
    ----------
    kit : Path, optional
        The kit or the student's bundle; see `autograder.kit.find_kit`.

    Returns
    -------
    ChallengeImages
        Of ``data/challenge.npz`` there, if the instructor supplies images; otherwise the training
        and the validation images of the data set that stage.toml names.
    """
    # Here, since these rooms use this one.
    from autograder.challenge.contest import public_images
    from autograder.challenge.judging import as_floats
    from autograder.kit import find_kit
    from autograder.stage import open_task

    home = find_kit(kit, bundle=True)
    train, validation = public_images(home, open_task(home))
    return ChallengeImages(
        class_names=train.class_names,
        X_train=as_floats(train.X),
        y_train=train.y,
        X_val=as_floats(validation.X),
        y_val=validation.y,
    )
