"""What the other rooms see of a submission, and what is known of it before it is read."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol


class Refused(Exception):
    """Something can't be taken; the message goes on after its name, as in "is a damaged zip"."""


@dataclass(frozen=True)
class Submission:
    """One student's files for one stage, or why they can't be read.

    Attributes
    ----------
    student : str
        The name, kept as it was found.
    stage : str
        The stage that these files are for.
    files : dict of str to bytes
        Relative POSIX paths of what the student's code may import or read; ``<stage>.py`` is at
        the root. Empty if the submission is unreadable.
    reason : str
        Why it is unreadable, in one sentence; empty if it is readable.
    notes : tuple of str
        What the student should know of how it was read, such as what was left out.
    submitted : datetime or None
        When it was handed in, if the export says so; no part of what is graded.
    """

    student: str
    stage: str
    files: dict[str, bytes]
    reason: str = ""
    notes: tuple[str, ...] = ()
    submitted: datetime | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash of names and contents, or of the reason; the student's name is not in it."""
        digest = hashlib.sha256()
        parts = [b"unreadable", self.reason.encode("utf-8", "surrogatepass")]
        if not self.reason:
            parts = [
                part for name in sorted(self.files) for part in (name.encode(), self.files[name])
            ]
        for part in parts:
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest()


@dataclass
class Unpacked:
    """What a folder or archive holds.

    Attributes
    ----------
    files : dict of str to bytes
        Relative POSIX path to content.
    left_out : dict of str to str
        Relative path to why it was not read, as in "is a symbolic link".
    submitted : dict of str to datetime
        Top folder, or "" -> when nbgrader has taken it.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    submitted: dict[str, datetime] = field(default_factory=dict)


class Source(Protocol):
    """A file or folder that an entry consists of, on disk or in a zip."""

    @property
    def name(self) -> str:
        """The name that the student gave it."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder rather than a file."""

    def unpack(self) -> Unpacked:
        """Read it, within the limits; a file is unpacked to itself. May raise `Refused`."""


@dataclass(frozen=True)
class Entry:
    """What one student handed in, found but not read.

    Attributes
    ----------
    student : str
        The name, kept as it was found.
    title : str
        What to call the entry in a message, such as ``ada.zip``.
    sources : tuple of Source
        One, or all files of the student in an export that mixes everyone's.
    reason : str
        Why it can't be read, in one sentence, if that is plain without reading it.
    notes : tuple of str
        What the export says about it, for each of its submissions.
    by_assignment : bool
        Whether its folders are assignments, as in nbgrader's ``submitted/``.
    lms_id : str
        What Canvas or Moodle calls the student in the names of files, if it does: a user id, or a
        participant's number.
    submitted : datetime or None
        When it was handed in, if the export says so.
    """

    student: str
    title: str
    sources: tuple[Source, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    by_assignment: bool = False
    lms_id: str = ""
    submitted: datetime | None = None
