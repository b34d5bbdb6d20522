"""Names of files: what they say about the file, and which of them are no use or do harm."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from autograder.printable import one_line
from autograder.submission.model import Refused

ARCHIVES = (".tar.gz", ".tgz", ".zip")
CODE = (".ipynb", ".py")
MAX_DEPTH = 20
MAX_NAME_BYTES = 255
MAX_PATH_BYTES = 1000

_LITTER = {"__macosx", "__pycache__", "desktop.ini", "ehthumbs.db", "thumbs.db"}
_VENV = "/pyvenv.cfg"
_SUFFIX = re.compile(r"(\.tar)?\.[A-Za-z0-9]{1,10}$")


def shown(name: str) -> str:
    """Return a name as it can stand in a sentence: one line, no control characters, not long."""
    text = one_line(name)
    return text if len(text) <= 120 else text[:80] + "…" + text[-35:]


def listed(names: Iterable[str], most: int = 5) -> str:
    """Return names as a list for a sentence, at most so many of them."""
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(shown(name) for name in names[:most]) + more


def suffix_of(name: str) -> str:
    """Return the suffix in lower case, ``.tar.gz`` as one; empty if there is none."""
    found = _SUFFIX.search(name)
    return found[0].lower() if found else ""


def stem_of(name: str) -> str:
    """Return the name without its suffix."""
    return name[: len(name) - len(suffix_of(name))]


def is_litter(name: str) -> bool:
    """Tell whether a file or folder was made by a system or tool rather than by the student."""
    return name.startswith(".") or name.casefold() in _LITTER or name.endswith(".pyc")


def without_venvs(paths: Iterable[str]) -> set[str]:
    """Return those of these files that are in no virtual environment."""
    paths = list(paths)
    venvs = {path.removesuffix(_VENV) for path in paths if path.endswith(_VENV)}
    return {path for path in paths if venvs.isdisjoint(parents(path))}


def parents(path: str) -> Iterator[str]:
    """Yield the folders that a relative path runs through: ``a/b/c`` gives ``a`` and ``a/b``."""
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)


def depth(path: str) -> int:
    """Return the number of folders that a relative path runs through."""
    return path.count("/")


def base_name(path: str) -> str:
    """Return the last part of a relative path."""
    return path.rpartition("/")[2]


def shallowest(paths: Iterable[str]) -> list[str]:
    """Return those paths that run through the fewest folders, sorted."""
    paths = sorted(paths)
    least = min(map(depth, paths), default=0)
    return [path for path in paths if depth(path) == least]


def safe_path(name: str) -> str:
    """Return a member's name as a relative path that stays within its archive.

    Raises
    ------
    Refused
        If it would escape, or can't be written on every system.
    """
    problem = _problem(name)
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not problem and len(parts) > MAX_DEPTH:
        problem = f"is more than {MAX_DEPTH} folders deep"
    if problem:
        raise Refused(
            f"holds “{shown(name)}”, which {problem}: pack it again with plain relative names"
        )
    return "/".join(parts)


def _problem(name: str) -> str:
    try:
        encoded = name.encode()
    except UnicodeEncodeError:
        return "is not UTF-8"
    if any(ord(c) < 32 or c == "\x7f" for c in name):
        return "has a control character in its name"
    if "\\" in name:
        return "has a backslash in its name"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "is an absolute path"
    if ".." in PurePosixPath(name).parts:
        return "leads out of it"
    too_long = any(len(part.encode()) > MAX_NAME_BYTES for part in name.split("/"))
    if too_long or len(encoded) > MAX_PATH_BYTES:
        return "is too long a name"
    return ""


def refuse_collisions(paths: Iterable[str]) -> None:
    """Refuse names that are one on a system where case does not count, or file and folder both."""
    seen: dict[str, str] = {}
    paths = sorted(paths)
    for path in paths:
        twin = seen.setdefault(folded(path), path)
        if twin != path:
            raise Refused(
                f"holds both “{shown(twin)}” and “{shown(path)}”, which are one file on systems "
                "where case does not count: rename one of them"
            )
    for path in paths:
        for folder in parents(path):
            if folded(folder) in seen:
                raise Refused(
                    f"holds “{shown(folder)}” as a file and as a folder: rename one of them"
                )


def folded(name: str) -> str:
    """Return the form in which names are compared where case and accents' encoding don't count."""
    return normal(name).casefold()


def normal(name: str) -> str:
    """Return the one form of a name whose accents can be encoded in several ways."""
    return unicodedata.normalize("NFC", name)


def readable_name(name: str) -> str:
    """Return a name from the file system as text: bytes that are no UTF-8 are spelt out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def no_file(stage: str) -> str:
    """Begin the sentence that nothing was handed in for a stage; reports are told apart by it."""
    return f"There is no {stage}.py or {stage}.ipynb"
