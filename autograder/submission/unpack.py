"""Read a folder, an archive or a file into memory, within limits; nothing is written anywhere."""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from autograder.submission.model import Refused, Unpacked
from autograder.submission.names import (
    ARCHIVES,
    MAX_DEPTH,
    is_litter,
    readable_name,
    refuse_collisions,
    safe_path,
    shown,
    suffix_of,
    without_venvs,
)

MB = 1024 * 1024
MAX_FILES = 2000
MAX_FILE_BYTES = 16 * MB
MAX_TOTAL_BYTES = 64 * MB
MAX_MEMBERS = 20_000  # litter and folders too, so that listing them stays cheap
_MAX_PAX_BYTES = 8 * 1024
_MAX_PAX_TOTAL = 2 * MB
_CHUNK = 64 * 1024


class LeftOut(Exception):
    """One file can't be read; the message goes on after its name, as in "is a FIFO"."""


class Changed(LeftOut):
    """Somebody writes, moves or removes it just now; another run may find it at rest."""

    def __init__(self, what: str = "changed"):
        super().__init__(f"{what} while it was read")

    def refusal(self, path: str = "") -> Refused:
        """Refuse the whole entry: half of it is old, perhaps, and half is new."""
        where = f" (“{shown(path)}”)" if path else ""
        return Refused(f"{self}{where}: run the same command again when nobody writes there")


def is_archive(name: str) -> bool:
    """Tell whether the name is that of an archive that can be unpacked."""
    return suffix_of(name) in ARCHIVES


def size_limit(name: str) -> int:
    """Return the number of bytes that a file of this name may have."""
    return MAX_TOTAL_BYTES if is_archive(name) else MAX_FILE_BYTES


def unpack_archive(name: str, data: bytes) -> Unpacked:
    """Unpack one archive's bytes.

    Raises
    ------
    Refused
        If it is damaged, encrypted or too big, or if a name in it would escape or collide.
    """
    read = unpack_zip if suffix_of(name) == ".zip" else unpack_tar
    try:
        return read(data)
    except Refused:
        raise
    except Exception as error:  # the bytes are anybody's, and the libraries raise nearly anything
        what = shown(str(error)) or type(error).__name__
        raise Refused(f"is a damaged archive ({what}): pack and hand it in again") from None


class _Budget:
    """Counts files and bytes as they are read."""

    def __init__(self) -> None:
        self.files = 0
        self.bytes = 0

    def take(self, data: bytes) -> bytes:
        """Count one file's content."""
        self.files += 1
        self.bytes += len(data)
        if self.files > MAX_FILES:
            raise Refused(f"holds more than {MAX_FILES} files: hand in the code alone")
        if self.bytes > MAX_TOTAL_BYTES:
            raise Refused(_too_big("more", MAX_TOTAL_BYTES))
        return data

    def limit(self, name: str) -> int:
        """Return the number of bytes that the next file may have."""
        return min(size_limit(name), MAX_TOTAL_BYTES - self.bytes)


def _too_big(what: str, limit: int) -> str:
    return f"unpacks to {what} than {limit // MB} MB: hand in the code without data"


# Zip


def unpack_zip(data: bytes) -> Unpacked:
    """Unpack the bytes of a zip."""
    # Each entry of the directory begins so: counted first, since zipfile reads them all.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Refused(f"holds more than {MAX_MEMBERS} entries: hand in the code alone")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return unpack_members(archive, [(info.orig_filename, info) for info in archive.infolist()])


def unpack_members(
    archive: zipfile.ZipFile, members: Iterable[tuple[str, zipfile.ZipInfo]]
) -> Unpacked:
    """Unpack some members of an open zip under the names given; errors are zipfile's own."""
    unpacked = Unpacked()
    infos: dict[str, zipfile.ZipInfo] = {}
    for name, info in members:
        path = safe_path(name)
        if info.flag_bits & 0x1:
            raise Refused("is encrypted: pack it again without a password")
        if name.endswith("/") or not path or _in_litter(path):
            continue
        if path in infos or path in unpacked.left_out:
            raise Refused(f"holds “{shown(path)}” twice: pack it again")
        kind = _kind(info.external_attr >> 16)
        if kind:
            unpacked.left_out[path] = kind
        elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("is packed in an unusual way: make an ordinary zip")
        else:
            infos[path] = info
    wanted = without_venvs(infos)
    refuse_collisions([*wanted, *unpacked.left_out])
    budget = _Budget()
    for path in sorted(wanted):
        limit = budget.limit(path)
        with archive.open(infos[path]) as member:
            data = member.read(limit + 1)
        if len(data) > limit:
            raise Refused(_too_big_at(path, limit))
        unpacked.files[path] = budget.take(data)
    return unpacked


def _too_big_at(path: str, limit: int) -> str:
    if limit == MAX_FILE_BYTES:
        return f"holds “{shown(path)}” of more than {limit // MB} MB: hand in the code without data"
    return _too_big("more", MAX_TOTAL_BYTES)


def _in_litter(path: str) -> bool:
    return any(is_litter(part) for part in path.split("/"))


def _kind(mode: int) -> str:
    """Describe what is neither a regular file nor a folder; a mode of 0 says nothing."""
    if stat.S_ISLNK(mode):
        return "is a symbolic link"
    if stat.S_ISFIFO(mode):
        return "is a FIFO"
    if stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return "is a device or socket"
    return ""


# Tar


def unpack_tar(data: bytes) -> Unpacked:
    """Unpack the bytes of a tar.gz."""
    unpacked = Unpacked()
    budget = _Budget()
    stream = _Capped(data)
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_header()) as archive:
        for number, member in enumerate(archive, start=1):
            if number > MAX_MEMBERS:
                raise Refused(f"holds more than {MAX_MEMBERS} entries: hand in the code alone")
            path = safe_path(member.name)
            if member.isdir() or not path or _in_litter(path):
                continue
            if path in unpacked.files or path in unpacked.left_out:
                raise Refused(f"holds “{shown(path)}” twice: pack it again")
            kind = _tar_kind(member)
            if kind:
                unpacked.left_out[path] = kind
            else:
                unpacked.files[path] = budget.take(
                    _read_member(archive, member, budget.limit(path))
                )
    stream.drain()  # the checksum stands at the end, and tarfile stops before it
    wanted = without_venvs(unpacked.files)
    unpacked.files = {path: content for path, content in unpacked.files.items() if path in wanted}
    refuse_collisions([*unpacked.files, *unpacked.left_out])
    return unpacked


def _read_member(archive: tarfile.TarFile, member: tarfile.TarInfo, limit: int) -> bytes:
    if member.size > limit:
        raise Refused(_too_big_at(member.name, limit))
    file = archive.extractfile(member)
    return file.read() if file else b""


def _tar_kind(member: tarfile.TarInfo) -> str:
    if member.issym():
        return "is a symbolic link"
    if member.islnk():
        return "is a hard link"
    if member.isfifo():
        return "is a FIFO"
    if member.issparse() or not member.isreg():
        return "is no regular file"
    return ""


class _Capped(io.RawIOBase):
    """The unpacked bytes of a gzip, up to a limit: headers, padding and litter count too."""

    def __init__(self, data: bytes):
        self._file = gzip.GzipFile(fileobj=io.BytesIO(data))
        self._left = MAX_TOTAL_BYTES + 2 * 1024 * MAX_FILES

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(_CHUNK if size < 0 else min(size, _CHUNK))
        self._left -= len(data)
        if self._left < 0:
            raise Refused(_too_big("more", MAX_TOTAL_BYTES))
        return data

    def drain(self) -> None:
        """Read to the end, where gzip compares the checksum."""
        while self.read(_CHUNK):
            pass


def _header() -> type[tarfile.TarInfo]:
    """Make a TarInfo that bounds extended headers: some Pythons parse them in quadratic time."""
    total = 0

    class Header(tarfile.TarInfo):
        def _proc_pax(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
            nonlocal total
            total += self.size
            if self.size > _MAX_PAX_BYTES or total > _MAX_PAX_TOTAL:
                raise Refused("has headers of an unusual size: make an ordinary tar.gz")
            return super()._proc_pax(archive)  # type: ignore[misc]

    return Header


# Files and folders


def unpack_file(path: Path, name: str) -> Unpacked:
    """Read one file that may be a link to elsewhere, in which case it is left out."""
    name = readable_name(name)
    if is_litter(name):
        return Unpacked()
    try:
        return Unpacked(files={name: read_file(path, size_limit(name), names_within=1)})
    except Changed as change:
        raise change.refusal() from None
    except LeftOut as why:
        return Unpacked(left_out={name: str(why)})


def read_file(
    path: Path,
    limit: int,
    names_within: int | None = None,
    found: os.stat_result | None = None,
) -> bytes:
    """Read one regular file that is not a link.

    Parameters
    ----------
    path : Path
        The file; only its last part is guarded against links.
    limit : int
        The number of bytes that it may have.
    names_within : int, optional
        How many names of the file lie within the entry: with more elsewhere it is a hard link.
        If None, links are followed.
    found : os.stat_result, optional
        What was found there before: if it is another file now, it may lie behind a link.

    Raises
    ------
    LeftOut
        If it is no such file, or can't be read; `Changed` if it may be another time.
    """
    follow = names_within is None
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOCTTY"):
        flags |= getattr(os, name, 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        # Before it is opened, since opening a device can do something.
        _refuse_kind(path.stat(follow_symlinks=follow), names_within)
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            _refuse_other(status, found)
            _refuse_kind(status, names_within)
            if status.st_size > limit:
                raise LeftOut(f"is larger than {limit // MB} MB")
            data = file.read(status.st_size + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise Changed("vanished") from None
    except OSError as error:
        raise LeftOut(f"can't be read ({error.strerror or error})") from None
    if len(data) != status.st_size or after.st_mtime_ns != status.st_mtime_ns:
        raise Changed
    return data


def _refuse_other(status: os.stat_result, found: os.stat_result | None) -> None:
    if found and found.st_ino and not os.path.samestat(status, found):  # 0 on Windows
        raise Changed


def _refuse_kind(status: os.stat_result, names_within: int | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise LeftOut("is a folder")
    kind = _kind(status.st_mode)
    if kind:
        raise LeftOut(kind)
    if names_within is not None and status.st_nlink > names_within:
        raise LeftOut("is a hard link, whose other name may lie elsewhere")


def unpack_folder(root: Path) -> Unpacked:
    """Read a folder with all that is in it; links are not followed.

    Raises
    ------
    Refused
        If the folder itself can't be listed, or holds too much.
    """
    unpacked = Unpacked()
    found: dict[str, os.stat_result] = {}
    for number, (path, status) in enumerate(_walk(root, unpacked), start=1):
        if number > MAX_MEMBERS:
            raise Refused(f"holds more than {MAX_MEMBERS} entries: hand in the code alone")
        if not stat.S_ISDIR(status.st_mode):
            found[path] = status
    if len(found) > MAX_FILES:
        raise Refused(f"holds more than {MAX_FILES} files: hand in the code alone")
    refuse_collisions([*found, *unpacked.left_out])
    names_within = Counter((status.st_dev, status.st_ino) for status in found.values())
    budget = _Budget()
    for path, status in found.items():
        try:
            data = read_file(
                root / path, size_limit(path), names_within[status.st_dev, status.st_ino], status
            )
        except Changed as change:
            raise change.refusal(path) from None
        except LeftOut as why:
            unpacked.left_out[path] = str(why)
        else:
            unpacked.files[path] = budget.take(data)
    return unpacked


def _walk(root: Path, unpacked: Unpacked) -> Iterator[tuple[str, os.stat_result]]:
    """Yield all but litter below a folder, in a fixed order; note what can't be listed."""
    folders: list[tuple[str, os.stat_result | None]] = [("", None)]
    while folders:
        folder, found = folders.pop()
        try:
            items = _list(root / folder, found)
        except Changed as change:
            raise change.refusal(folder) from None
        except OSError as error:
            problem = f"can't be listed ({error.strerror or error})"
            if not folder:
                raise Refused(f"{problem}: give read permission") from None
            unpacked.left_out[folder] = problem
            continue
        if folder and any(name == "pyvenv.cfg" for name, _ in items):
            continue  # a virtual environment
        for name, status in items:
            if is_litter(name):
                continue
            path = f"{folder}/{name}" if folder else name
            try:
                safe_path(path)
            except Refused:
                unpacked.left_out[readable_name(path)] = "has a name that not every system can hold"
                continue
            if isinstance(status, OSError):
                unpacked.left_out[path] = f"can't be read ({status.strerror or status})"
                continue
            if stat.S_ISDIR(status.st_mode):
                if path.count("/") + 1 >= MAX_DEPTH:
                    raise Refused(
                        f"holds folders more than {MAX_DEPTH} deep: hand in the code alone"
                    )
                folders.append((path, status))
            yield path, status


def _list(folder: Path, found: os.stat_result | None) -> list[tuple[str, os.stat_result | OSError]]:
    """List a folder, sorted, if it is no link and still the one that was found."""
    with ExitStack() as open_:
        try:
            where: Path | int = folder
            if os.scandir in os.supports_fd:
                where = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                open_.callback(os.close, where)
                _refuse_other(os.fstat(where), found)
            scan = open_.enter_context(os.scandir(where))
        except (FileNotFoundError, NotADirectoryError):  # a link is no folder here, either
            raise Changed from None
        return sorted(((item.name, _status(item)) for item in scan), key=lambda item: item[0])


def _status(item: os.DirEntry[str]) -> os.stat_result | OSError:
    try:
        return item.stat(follow_symlinks=False)
    except OSError as error:
        return error
