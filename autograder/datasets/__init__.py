"""Data sets of the course: the bundled ones, and the full ones once they are fetched."""

from autograder.datasets.arrays import as_images, centre, flatten
from autograder.datasets.catalog import SOURCES
from autograder.datasets.challenge import ChallengeImages, load_challenge
from autograder.datasets.dataset import Dataset, load
from autograder.datasets.full import fetch
from autograder.datasets.inventory import Check, Row, status, verify

NAMES = tuple(SOURCES)

__all__ = [
    "NAMES",
    "ChallengeImages",
    "Check",
    "Dataset",
    "Row",
    "as_images",
    "centre",
    "fetch",
    "flatten",
    "load",
    "load_challenge",
    "status",
    "verify",
]
