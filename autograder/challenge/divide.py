"""Divide labelled images into what students get and what is hidden from them."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from autograder.challenge.labelled import Labelled
from autograder.challenge.table import Images
from autograder.errors import UserError
from autograder.submission.names import listed


@dataclass(frozen=True, eq=False)
class Parts:
    """Images that are divided.

    Attributes
    ----------
    train, validation : Labelled
        What students get.
    hidden : Labelled
        What they don't get.
    remarks : tuple of str
        What the instructor should know, as of images that are there twice.
    """

    train: Labelled
    validation: Labelled
    hidden: Labelled
    remarks: tuple[str, ...] = ()

    @property
    def in_order(self) -> tuple[Labelled, Labelled, Labelled]:
        """All three."""
        return self.train, self.validation, self.hidden


def divide(images: Labelled, settings: Images, title: str) -> Parts:
    """Divide images, class by class, so that each part has the same share of every class.

    The division depends on the images, their order and the seed alone. Equal images stay together,
    in the training part: none of those that are hidden is also known. The order in which images
    are hidden is drawn from their own content and labels, which no student has: it tells nothing.

    Raises
    ------
    UserError
        If a class has too few images.
    """
    alike = _alike(images)
    known = {row for group in alike for row in group}
    rows: dict[str, list[int]] = defaultdict(list)
    for label, class_name in enumerate(images.class_names):
        own = np.flatnonzero(images.y == label)
        free = np.array([row for row in own if row not in known], dtype=int)
        if len(free) < settings.min_per_class:
            raise UserError(
                f"{title}: class “{class_name}” has {len(free)} images"
                f"{' that are there only once' if len(free) < len(own) else ''}; expected at least "
                f"{settings.min_per_class}, so add some, or lower min_per_class."
            )
        shuffled = np.random.default_rng([settings.seed, label]).permutation(free)
        hidden = max(1, round(settings.hidden * len(free)))
        validation = max(1, round(settings.validation * len(free)))
        rows["hidden"] += shuffled[:hidden].tolist()
        rows["validation"] += shuffled[hidden : hidden + validation].tolist()
        rows["train"] += shuffled[hidden + validation :].tolist()
    rows["train"] += sorted(known)
    train, validation_part = (
        images.part(np.random.default_rng(settings.seed).permutation(rows[name]))
        for name in ("train", "validation")
    )
    hidden_part = mixed(images.part(np.array(sorted(rows["hidden"]))))
    return Parts(train, validation_part, hidden_part, tuple(_told(images, alike)))


def mixed(images: Labelled) -> Labelled:
    """Put images into an order that nobody knows who has not all of them and their labels."""
    digest = digest_of(images.X, images.y)
    return images.part(np.random.default_rng(list(digest)).permutation(len(images.y)))


def digest_of(*arrays: np.ndarray) -> bytes:
    """Hash arrays: their dtypes, shapes and contents."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype.str} {array.shape}\n".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.digest()


def shared_with(images: Labelled, *others: Labelled) -> list[str]:
    """Name the images that are, pixel for pixel, also among others."""
    known = {key for part in others for key in _keys(part)}
    return [name for name, key in zip(images.names, _keys(images), strict=True) if key in known]


def _keys(images: Labelled) -> list[bytes]:
    return [hashlib.sha256(image.tobytes()).digest() for image in images.X]


def _alike(images: Labelled) -> list[list[int]]:
    """Find groups of equal images."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for row, key in enumerate(_keys(images)):
        groups[key].append(row)
    return [group for group in groups.values() if len(group) > 1]


def _told(images: Labelled, alike: list[list[int]]) -> list[str]:
    said = []
    if alike:
        first = listed(images.names[row] for row in alike[0])
        count = sum(map(len, alike))
        said.append(
            f"{count} images are not the only ones of their kind, pixel for pixel ({first}"
            f"{', …' if len(alike) > 1 else ''}): all of them are in the students' training part."
        )
    torn = [group for group in alike if len(set(images.y[group])) > 1]
    if torn:
        first = listed(images.names[row] for row in torn[0])
        many = "1 image has" if len(torn) == 1 else f"{len(torn)} images have"
        said.append(f"{many} several labels ({first}): one of them is wrong.")
    return said
