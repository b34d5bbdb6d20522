"""A folder on disk and a folder in a zip, seen alike: names, and sources that can be unpacked."""

import stat
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from autograder.errors import UserError
from autograder.submission.model import Refused, Source, Unpacked
from autograder.submission.names import is_litter, readable_name, shown
from autograder.submission.unpack import (
    MAX_TOTAL_BYTES,
    LeftOut,
    read_file,
    unpack_file,
    unpack_folder,
    unpack_members,
)


class Place(Protocol):
    """Where entries lie side by side."""

    @property
    def title(self) -> str:
        """What to call it in a message."""

    def names(self) -> list[str]:
        """Return what lies in it, without litter, sorted."""

    def is_folder(self, name: str) -> bool:
        """Tell whether one of the names is a folder; a link to one is not."""

    def folder(self, name: str) -> "Place":
        """Return one of its folders as a place."""

    def source(self, name: str, called: str = "") -> Source:
        """Return one of its files or folders as a source, under another name if one is given."""

    def problem(self, name: str) -> str:
        """Return why a name can't be read, as in "is a FIFO", if that is plain already."""


# On disk


@dataclass(frozen=True)
class DiskSource:
    """A file or folder on disk."""

    path: Path
    name: str
    is_folder: bool

    def unpack(self) -> Unpacked:
        """Read it, within the limits."""
        return unpack_folder(self.path) if self.is_folder else unpack_file(self.path, self.name)


@dataclass(frozen=True)
class DiskFolder:
    """A folder on disk."""

    path: Path

    @property
    def title(self) -> str:
        """The folder as it was named in the call."""
        return readable_name(str(self.path))

    def names(self) -> list[str]:
        """Return what lies in it, or raise a UserError if it can't be listed."""
        try:
            return sorted(item.name for item in self.path.iterdir() if not is_litter(item.name))
        except OSError as error:
            raise UserError(
                f"{self.title} can't be listed ({error.strerror}): give read permission."
            ) from None

    def is_folder(self, name: str) -> bool:
        """Tell whether it is a folder, without following links."""
        try:
            return stat.S_ISDIR((self.path / name).lstat().st_mode)
        except OSError:
            return False

    def folder(self, name: str) -> "DiskFolder":
        """Return one of its folders."""
        return DiskFolder(self.path / name)

    def source(self, name: str, called: str = "") -> DiskSource:
        """Return one of its files or folders."""
        return DiskSource(self.path / name, called or name, self.is_folder(name))

    def problem(self, name: str) -> str:
        """Describe a link, a device and the like, and a folder that is empty or shut."""
        path = self.path / name
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                broken = "" if path.exists() else "broken "
                return f"is a {broken}symbolic link, which is not followed"
            if stat.S_ISDIR(mode):
                empty = all(is_litter(item.name) for item in path.iterdir())
                return "is an empty folder" if empty else ""
        except OSError as error:
            return f"can't be read ({error.strerror or error})"
        if stat.S_ISFIFO(mode):
            return "is a FIFO"
        return "" if stat.S_ISREG(mode) else "is a device or socket"


# In a zip


class OuterZip:
    """The zip of a whole class, opened once for all of its entries; it travels as its path."""

    def __init__(self, path: Path):
        self.path = path

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        """The open zip; a UserError if it is none."""
        try:
            return zipfile.ZipFile(self.path)
        except Exception as error:  # zipfile raises nearly anything on damaged bytes
            raise UserError(
                f"{readable_name(str(self.path))} is a damaged zip ({shown(str(error))}): "
                "download it again."
            ) from None

    @cached_property
    def _sorted(self) -> list[tuple[str, zipfile.ZipInfo]]:
        members = [(info.orig_filename, info) for info in self.archive.infolist()]
        return sorted(members, key=lambda member: member[0])

    def members(self, prefix: str) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """Yield the members below a prefix, named from there on."""
        at = bisect_left(self._sorted, prefix, key=lambda member: member[0])
        while at < len(self._sorted) and self._sorted[at][0].startswith(prefix):
            name, info = self._sorted[at]
            yield name.removeprefix(prefix), info
            at += 1

    def __getstate__(self) -> dict[str, Any]:
        """Leave the open file behind."""
        return {"path": self.path}


@dataclass(frozen=True)
class ZipSource:
    """A file or folder in the zip of a whole class."""

    outer: OuterZip
    inside: str
    name: str
    is_folder: bool

    def unpack(self) -> Unpacked:
        """Read its members, within the limits."""
        prefix = f"{self.inside}/" if self.is_folder else self.inside
        members = list(self.outer.members(prefix))
        if not self.is_folder:
            members = [(self.name, info) for rest, info in members if not rest]
        try:
            return unpack_members(self.outer.archive, members)
        except (Refused, UserError):
            raise
        except Exception as error:  # zipfile raises nearly anything on damaged bytes
            raise Refused(f"is damaged in {self.outer.path.name} ({shown(str(error))})") from None


@dataclass(frozen=True)
class ZipFolder:
    """The root of a zip, or a folder in it."""

    outer: OuterZip
    prefix: str = ""

    @property
    def title(self) -> str:
        """The zip as it was named in the call."""
        return readable_name(str(self.outer.path))

    @cached_property
    def _folders(self) -> dict[str, bool]:
        """Whether each first part of the members' names is a folder."""
        folders: dict[str, bool] = {}
        for rest, _ in self.outer.members(self.prefix):
            name, slash, _ = rest.partition("/")
            if rest:
                folders[name] = folders.get(name, False) or bool(slash)
        return folders

    def names(self) -> list[str]:
        """Return the first parts of its members' names, or raise a UserError if one escapes."""
        for name in self._folders:
            if name in ("", ".", ".."):
                raise UserError(
                    f"{self.title} holds a member whose name leads out of it, which no LMS writes: "
                    "look where this zip comes from."
                )
        return sorted(name for name in self._folders if not is_litter(name))

    def is_folder(self, name: str) -> bool:
        """Tell whether any member lies below the name."""
        return self._folders.get(name, False)

    def folder(self, name: str) -> "ZipFolder":
        """Return one of its folders."""
        return ZipFolder(self.outer, f"{self.prefix}{name}/")

    def source(self, name: str, called: str = "") -> ZipSource:
        """Return one of its files or folders."""
        return ZipSource(self.outer, self.prefix + name, called or name, self.is_folder(name))

    def problem(self, name: str) -> str:
        """Return nothing: what a zip holds shows when it is read."""
        return ""


def read_small(place: Place, name: str) -> bytes:
    """Read one file of an export itself, such as Gradescope's metadata, or raise a UserError."""
    try:
        if isinstance(place, DiskFolder):
            return read_file(place.path / name, MAX_TOTAL_BYTES)
        unpacked = place.source(name).unpack()
        if name in unpacked.files:
            return unpacked.files[name]
        raise LeftOut(unpacked.left_out.get(name, "is missing"))
    except (LeftOut, Refused) as why:
        raise UserError(f"{name} in {place.title} {why}.") from None
