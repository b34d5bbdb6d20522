"""Read the exports of Canvas, Moodle and Gradescope: which student has which files.

The names follow what the systems' own sources write: Canvas in lib/content_zipper.rb, Moodle in
mod/assign/classes/downloader.php.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from autograder.errors import UserError
from autograder.submission.model import Entry, Source
from autograder.submission.names import ARCHIVES, CODE, MAX_PATH_BYTES, shown, suffix_of
from autograder.submission.places import Place, read_small
from autograder.submission.times import moment_of

METADATA = "submission_metadata.yml"
MAX_YAML_DEPTH = 50
LATE_NOTE = "Canvas marks this submission as late."

_CANVAS = re.compile(
    r"(?:(?P<who>[^/]*?)_)??(?P<late>LATE_)?(?P<user>anon_[A-Za-z0-9]+|\d+)_"
    r"(?:(?P<attachment>\d+)_(?P<original>[^/]+)|(?P<typed>text\.html|link\.html))",
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


def export_entries(place: Place) -> tuple[list[Entry], list[str]] | None:
    """Read a place as an export.

    Parameters
    ----------
    place : Place
        A folder or zip; an export's own root, not the folder around it.

    Returns
    -------
    tuple of (list of Entry, list of str), or None
        The entries, and the names in the place that the system did not give; None if the place is
        no export.
    """
    names = place.names()
    if METADATA in names:
        return _gradescope(place), []
    for pattern, entries in ((_canvas, _canvas_entries), (_moodle, _moodle_entries)):
        pieces = {name: piece for name in names if (piece := pattern(place, name))}
        if pieces and 2 * len(pieces) >= len(names):
            return entries(pieces.values()), [name for name in names if name not in pieces]
    return None


def _named(pieces: Iterable[_Piece]) -> dict[str, list[_Piece]]:
    """Group pieces by student; the id is added to a name that several have."""
    by_id: dict[tuple[str, str], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        by_id[piece.id, "" if piece.id else piece.who].append(piece)
    bearers = Counter(group[0].who for group in by_id.values())
    named: dict[str, list[_Piece]] = {}
    for group in by_id.values():
        who, id = group[0].who, group[0].id
        named[who if who and (bearers[who] == 1 or not id) else f"{who}_{id}".strip("_")] = group
    return named


# Canvas


def _canvas(place: Place, name: str) -> _Piece | None:
    found = _CANVAS.fullmatch(name) if len(name) <= MAX_PATH_BYTES else None
    if not found or place.is_folder(name):
        return None
    original = _without_again(found["original"] or found["typed"])
    return _Piece(
        found["who"] or "",
        found["user"],
        place.source(name, called=original),
        order=int(found["attachment"] or 0),
        late=bool(found["late"]),
    )


def _without_again(name: str) -> str:
    """Return the name that the student gave: Canvas makes ``a-1.py`` of a second ``a.py``."""
    suffix = suffix_of(name)
    if suffix not in CODE + ARCHIVES:
        return name
    return _AGAIN.sub("", name[: -len(suffix)]) + name[-len(suffix) :]


def _canvas_entries(pieces: Iterable[_Piece]) -> list[Entry]:
    entries = []
    for student, group in _named(pieces).items():
        latest: dict[str, _Piece] = {}
        notes = [LATE_NOTE] if any(piece.late for piece in group) else []
        for piece in sorted(group, key=lambda piece: piece.order):
            if piece.source.name in latest:
                notes.append(
                    f"{shown(piece.source.name)} was handed in again; the latest one counts."
                )
            latest[piece.source.name] = piece
        sources = tuple(latest[name].source for name in sorted(latest))
        what = shown(sources[0].name) if len(sources) == 1 else "the files"
        title = f"{what} of {shown(student)}"
        said = tuple(dict.fromkeys(notes))
        entries.append(Entry(student, title, sources, notes=said, lms_id=group[0].id))
    return entries


# Moodle


def _moodle(place: Place, name: str) -> _Piece | None:
    found = _MOODLE.fullmatch(name) if len(name) <= MAX_PATH_BYTES else None
    if not found:
        return None
    # A folder for each student, or with the other setting all files side by side.
    source = place.source(name, called=found["original"] or "")
    return _Piece(found["who"], found["id"] or "", source, order=int(found["plugin"] == "file"))


def _moodle_entries(pieces: Iterable[_Piece]) -> list[Entry]:
    entries = []
    for student, group in _named(pieces).items():
        id = group[0].id
        files = [piece for piece in group if piece.order] or group  # rather than typed-in text
        folders = [piece.source for piece in files if piece.source.is_folder]
        if len(folders) > 1:
            names = " and ".join(f"{shown(folder.name)}/" for folder in folders)
            reason = f"{names} name the same student: keep one of them."
            entries.append(Entry(student, names, reason=reason, lms_id=id))
        elif folders:
            title = f"{shown(folders[0].name)}/"
            entries.append(Entry(student, title, (folders[0],), lms_id=id))
        else:
            sources = tuple(sorted((piece.source for piece in files), key=lambda s: s.name))
            title = f"the files of {shown(student)}"
            entries.append(Entry(student, title, sources, lms_id=id))
    return entries


# Gradescope


class _Person(NamedTuple):
    """One submitter; two people may share a name, but not a key."""

    name: str
    key: str


def _gradescope(place: Place) -> list[Entry]:
    names = [name for name in place.names() if name != METADATA]
    submissions = _metadata(place)
    latest: dict[_Person, str] = {}
    notes: dict[_Person, tuple[str, ...]] = {}
    for name in sorted({*names, *submissions}, key=_number):
        for person in _submitters(submissions.get(name)) or [_Person(name, name)]:
            if person in latest:
                notes[person] = ("Gradescope holds several submissions; the latest one counts.",)
            latest[person] = name
    bearers = Counter(person.name for person in latest)
    entries = []
    for person, name in latest.items():
        student = person.name if bearers[person.name] == 1 else f"{person.name}_{person.key}"
        title = f"{shown(name)}/"
        submitted = _created_at(submissions.get(name))
        if name not in names:
            reason = (
                f"{METADATA} names {title}, but the export holds no such folder: export it again."
            )
            entries.append(Entry(student, title, reason=reason))
        elif problem := place.problem(name):
            entries.append(Entry(student, title, reason=f"{title} {problem}."))
        else:
            source, said = place.source(name), notes.get(person, ())
            entries.append(Entry(student, title, (source,), notes=said, submitted=submitted))
    return entries


def _number(name: str) -> tuple[int, str]:
    digits = re.search(r"(\d{1,18})$", name)
    return int(digits[1]) if digits else -1, name


def _metadata(place: Place) -> dict[str, Any]:
    import yaml  # here: of all exports, Gradescope's alone needs it

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # strings alone: a sid may begin with 0
    data = read_small(place, METADATA)
    try:
        _refuse_deep(data, loader)
        content = yaml.load(data, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UserError(f"{METADATA} in {place.title} is no YAML: {shown(str(error))}.") from None
    if not isinstance(content, dict):
        raise UserError(
            f"{METADATA} in {place.title} names no submissions: expected keys submission_<id>."
        )
    return content


def _refuse_deep(data: bytes, loader: Any) -> None:
    """Refuse what is nested so deeply that libyaml, which does not count, would crash."""
    import yaml

    depth = 0
    for event in yaml.parse(data, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_YAML_DEPTH:
            raise ValueError("it is nested too deeply")


def _submitters(submission: Any) -> list[_Person]:
    people = []
    for submitter in _get(submission, "submitters") or []:
        name, sid, email = (_get(submitter, key) for key in ("name", "sid", "email"))
        known = [text for text in (name, sid, email) if isinstance(text, str) and text]
        keys = [text for text in (sid, email, name) if isinstance(text, str) and text]
        if known:
            people.append(_Person(known[0], keys[0]))
    return people


def _created_at(submission: Any) -> datetime | None:
    text = _get(submission, "created_at")
    moment = moment_of(text) if isinstance(text, str) else None
    return moment if moment and moment.tzinfo else None


def _get(mapping: Any, key: str) -> Any:
    """Look a key up that may be a Ruby symbol, with a colon before it."""
    return mapping.get(f":{key}", mapping.get(key)) if isinstance(mapping, dict) else None
