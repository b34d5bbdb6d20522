"""Read the exports of Canvas, Moodle and Gradescope: which student has which files.

The names follow what the systems' own sources write: Canvas in lib/content_zipper.rb, Moodle in
mod/assign/classes/downloader.php.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import yaml

from autograder.errors import UserError
from autograder.submission.model import Entry, Source
from autograder.submission.names import ARCHIVES, CODE, shown, stem_of, suffix_of
from autograder.submission.places import Place, read_small

METADATA = "submission_metadata.yml"
LATE_NOTE = "Canvas marks this submission as late."

_CANVAS_FILE = re.compile(
    r"(?:(?P<who>[^/]*?)_)??(?P<late>LATE_)?(?P<user>anon_[A-Za-z0-9]+|\d+)_(?P<attachment>\d+)_"
    r"(?P<original>[^/]+)",
    re.DOTALL,
)
_CANVAS_TEXT = re.compile(
    r"(?:(?P<who>[^/]*?)_)??(?P<late>LATE_)?(?P<user>anon_[A-Za-z0-9]+|\d+)_"
    r"(?P<original>text\.html|link\.html)",
    re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<who>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<original>.*))?",
    re.DOTALL,
)
# What Canvas adds when a student has a file of that name already: a number, in the end a UUID.
_AGAIN = re.compile(r"-(\d{1,2}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$")


class _Piece(NamedTuple):
    """One file or folder of an export."""

    who: str
    id: str
    source: Source
    order: int = 0
    late: bool = False


def export_entries(place: Place) -> list[Entry] | None:
    """Return the entries of an export, or None if the place is no export.

    A file or folder among them that is not named as the system names them is left to the caller:
    see `strangers`.
    """
    names = place.names()
    if METADATA in names:
        return _gradescope(place)
    canvas = {name: found for name in names if (found := _canvas(place, name))}
    if 2 * len(canvas) > len(names):
        return _canvas_entries(canvas)
    moodle = {name: found for name in names if (found := _MOODLE.fullmatch(name))}
    if 2 * len(moodle) > len(names):
        return _moodle_entries(place, moodle)
    return None


def strangers(place: Place) -> list[str]:
    """Return the names in an export that the system did not give."""
    names = place.names()
    if METADATA in names:
        return []
    if 2 * sum(bool(_canvas(place, name)) for name in names) > len(names):
        return [name for name in names if not _canvas(place, name)]
    return [name for name in names if not _MOODLE.fullmatch(name)]
