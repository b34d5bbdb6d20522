"""The table [challenge] of a stage.toml: how an open task is divided, limited and worth."""

from itertools import pairwise
from typing import Annotated

import numpy as np
from pydantic import Field, ValidationError, field_validator, model_validator

from autograder.errors import UserError
from autograder.toml_file import List, Table
from autograder.toml_words import expected

Share = Annotated[float, Field(gt=0, lt=1)]
Point = Annotated[List[float], Field(min_length=2, max_length=2)]  # accuracy, points


class Images(Table):
    """How images that an instructor supplies are read and divided.

    Attributes
    ----------
    size : int
        Height and width to which an image file is scaled.
    colour : bool
        Whether red, green and blue are kept; otherwise images are grey.
    validation, hidden : float
        Shares of each class that students get to try a model on, and that they don't get.
    seed : int
        Of the division: the same images with the same seed are divided alike.
    min_per_class : int
        With fewer images of a class the data are refused.
    """

    size: Annotated[int, Field(ge=8, le=256)] = 28
    colour: bool = False
    validation: Share = 0.1
    hidden: Share = 0.2
    seed: Annotated[int, Field(ge=0)] = 0
    min_per_class: Annotated[int, Field(ge=3)] = 20

    @model_validator(mode="after")
    def _leave_something_to_train_on(self) -> "Images":
        if self.validation + self.hidden > 0.8:
            raise ValueError("validation and hidden should leave at least 0.2 to train on")
        return self


class Challenge(Table):
    """An open task.

    Attributes
    ----------
    data : str
        A bundled data set; or a folder or file, from the folder of stage.toml on.
    curve : tuple of pairs
        Accuracy and the points that it earns, rising; between two pairs on a straight line, before
        the first as there, behind the last as there.
    pass_mark : float
        The accuracy from which the task counts as passed.
    max_parameters : int
        Numbers in all arrays of the file of parameters.
    max_file_kb, max_code_kb : int
        Size of that file, and of all Python files together.
    prediction_seconds : float
        For all images together; one call may take ``limits.call_seconds``.
    images : Images
        How other data than the bundled are read and divided.
    """

    data: Annotated[str, Field(min_length=1)] = "fashion_mnist"
    curve: Annotated[List[Point], Field(min_length=2)]
    pass_mark: Share
    max_parameters: Annotated[int, Field(ge=1, le=4_000_000)] = 1_000_000
    max_file_kb: Annotated[int, Field(ge=1, le=16 * 1024)] = 4096
    max_code_kb: Annotated[int, Field(ge=1, le=16 * 1024)] = 256
    prediction_seconds: Annotated[float, Field(gt=0, le=3600)] = 60
    images: Images = Images()

    @field_validator("curve")
    @classmethod
    def _rises(cls, curve: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
        for (before, less), (after, more) in pairwise(curve):
            if not before < after or less > more:
                raise ValueError("should rise from pair to pair, in accuracy and in points")
        if not 0 <= curve[0][0] < curve[-1][0] <= 1:
            raise ValueError("should have accuracies from 0 to 1")
        if curve[0][1] < 0 or curve[-1][1] <= 0:
            raise ValueError("should have points from 0 on")
        return curve

    @property
    def max_points(self) -> float:
        """The points at the end of the curve."""
        return self.curve[-1][1]

    def points(self, accuracy: float) -> float:
        """Return the points that an accuracy earns, in whole hundredths."""
        accuracies, points = zip(*self.curve, strict=True)
        return round(float(np.interp(accuracy, accuracies, points)), 2)


def changed_images(images: Images, **changes: float | None) -> Images:
    """Change some settings, or raise a UserError that names the option; None changes nothing."""
    wanted = {name: value for name, value in changes.items() if value is not None}
    try:
        return Images.model_validate(images.model_dump() | wanted)
    except ValidationError as error:
        mistake = error.errors(include_url=False)[0]
        option = "".join(f"--{part.replace('_', '-')} " for part in map(str, mistake["loc"]))
        raise UserError(f"{option}{expected(mistake)}.") from None
