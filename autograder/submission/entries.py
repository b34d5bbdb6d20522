"""Find the entries of a class: who handed in what, without reading any of it."""

import zipfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from autograder.errors import UserError
from autograder.submission.exports import export_entries
from autograder.submission.model import Entry
from autograder.submission.names import (
    ARCHIVES,
    CODE,
    normal,
    readable_name,
    shown,
    stem_of,
    suffix_of,
)
from autograder.submission.places import DiskFolder, OuterZip, Place, ZipFolder

# What lies beside submitted/ in the folder of an nbgrader course.
_COURSE = {"source", "release", "autograded", "feedback", "nbgrader_config.py", "gradebook.db"}
_KINDS = "a folder, .zip, .tar.gz, .py or .ipynb"


def find_entries(path: Path) -> list[Entry]:
    """Find the entries of a class.

    Parameters
    ----------
    path : Path
        A folder with one entry for each student (a folder, an archive, or a single file named
        after the student); a Canvas, Moodle or Gradescope export, as a zip or unpacked; nbgrader's
        ``submitted/`` or the course folder that holds it.

    Returns
    -------
    list of Entry
        One for each student, sorted by name. What can't be an entry is one with a reason.

    Raises
    ------
    UserError
        If the path is none of these, or holds no entry.
    """
    place = _place(Path(path))
    entries = [_with_name(entry) for entry in _entries(place)]
    if not entries:
        raise UserError(
            f"{place.title} holds no submission: expected one entry for each student, {_KINDS}."
        )
    return sorted(_merged(entries), key=lambda entry: entry.student)


def _place(path: Path) -> Place:
    title = readable_name(str(path))
    try:
        if path.is_dir():
            return DiskFolder(path)
        path.stat()
        if path.is_file():
            with path.open("rb") as file:
                if zipfile.is_zipfile(file):
                    return ZipFolder(OuterZip(path))
    except FileNotFoundError:
        raise UserError(f"{title} is not there: name the folder or zip of submissions.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{title} can't be read ({getattr(error, 'strerror', error)}).") from None
    raise UserError(
        f"{title} is neither a folder nor a zip: expected a folder with one entry for each "
        "student, or the zip that the LMS made of all submissions."
    )


def _entries(place: Place) -> list[Entry]:
    names = place.names()
    # The folder that an archive program made around an export.
    wrapped = len(names) == 1 and place.is_folder(names[0]) and not place.problem(names[0])
    for root in [place, place.folder(names[0])] if wrapped else [place]:
        if export := export_entries(root):
            entries, strangers = export
            return entries + [_plain(root, name) for name in strangers]
    if not isinstance(place, DiskFolder):
        raise UserError(
            f"{place.title} is no export of Canvas, Moodle or Gradescope by its names: "
            "unpack it, and give the folder that holds one entry for each student."
        )
    if place.path.resolve().name == "submitted":
        return [_plain(place, name, by_assignment=True) for name in names]
    if place.is_folder("submitted") and _COURSE.intersection(names):
        return _entries(place.folder("submitted"))
    return [_plain(place, name) for name in names]


def _plain(place: Place, name: str, by_assignment: bool = False) -> Entry:
    """Make an entry of a folder, an archive or a file that is named after its student."""
    if place.is_folder(name):
        student, title = name, f"{shown(readable_name(name))}/"
    else:
        student, title = stem_of(name), shown(readable_name(name))
    problem = place.problem(name)
    if not problem and not place.is_folder(name) and suffix_of(name) not in ARCHIVES + CODE:
        problem = f"is none of the kinds that can be read; expected {_KINDS}"
    if problem:
        return Entry(student, title, reason=f"{title} {problem}: ask for it again.")
    return Entry(student, title, (place.source(name),), by_assignment=by_assignment)


def _with_name(entry: Entry) -> Entry:
    """Make sure that the student's name is text, whatever bytes the file system has."""
    return replace(entry, student=readable_name(entry.student))


def _merged(entries: list[Entry]) -> list[Entry]:
    """Make one unreadable entry of those that name the same student."""
    by_student: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_student[normal(entry.student)].append(entry)
    merged = []
    for group in by_student.values():
        titles = " and ".join(entry.title for entry in group)
        reason = f"{titles} name the same student: keep one of them."
        student = group[0].student
        merged.append(group[0] if len(group) == 1 else Entry(student, titles, reason=reason))
    return merged
