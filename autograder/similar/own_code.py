"""What a student has written themselves: the code without the stub's lines and docstrings."""

import ast
import warnings
from dataclasses import dataclass
from functools import cached_property
from importlib.util import decode_source

from autograder.similar.modules import imported_files
from autograder.submission import Submission
from autograder.submission.names import shown

MAX_CODE_BYTES = 256 * 1024  # as of a notebook; it takes seconds to read more
LEFT_OUT = "#"  # what stands in the text for a line that does not count: a comment, so nothing


class NotComparable(Exception):
    """A submission that can't be compared; the message is the reason, one sentence."""


@dataclass(frozen=True)
class File:
    """A file of a submission.

    Attributes
    ----------
    name : str
        Its path in the submission.
    lines : tuple of str
        All of its lines.
    own : frozenset of int
        The places of those lines that count: neither blank, nor the stub's, nor of a docstring.
    functions : dict of str to int
        Function at top level -> how many lines of it count, comments aside.
    """

    name: str
    lines: tuple[str, ...]
    own: frozenset[int]
    functions: dict[str, int]

    @property
    def counted(self) -> list[str]:
        """The lines, with a comment in place of each that does not count."""
        return [line if at in self.own else LEFT_OUT for at, line in enumerate(self.lines)]


@dataclass(frozen=True)
class OwnCode:
    """What one student has written for a stage.

    Attributes
    ----------
    student : str
        The name, kept as it was found.
    files : tuple of File
        The stage's file, then those that it imports.
    """

    student: str
    files: tuple[File, ...]

    @cached_property
    def text(self) -> str:
        """What is compared; it has the lines of all files, one after the other."""
        return "\n".join(line for file in self.files for line in file.counted)


def own_code(submission: Submission, stub: frozenset[str]) -> OwnCode:
    """Take what counts out of a submission; none of it is run.

    Parameters
    ----------
    submission : Submission
        As it was read.
    stub : frozenset of str
        The stub's lines, from `stub_lines`.

    Raises
    ------
    NotComparable
        If it was unreadable, is no Python, or is too long.
    """
    if submission.reason:
        raise NotComparable(submission.reason)
    names, files, size = [f"{submission.stage}.py"], [], 0
    for name in names:  # which grows
        size += len(submission.files[name])
        if size > MAX_CODE_BYTES:
            raise NotComparable(f"It holds more than {MAX_CODE_BYTES // 1024} kB of code.")
        file, tree = _file(name, submission.files[name], stub)
        files.append(file)
        new = imported_files(tree, name, submission.files)
        names += [path for path in new if path not in names]
    return OwnCode(submission.student, tuple(files))


def stub_lines(source: bytes) -> frozenset[str]:
    """Return the lines of a stub that students get with it: imports, heads of functions, …"""
    file, _ = _file("stub", source, frozenset())
    return frozenset(file.lines[at].strip() for at in file.own)


def _file(name: str, source: bytes, stub: frozenset[str]) -> tuple[File, ast.Module]:
    try:
        text = decode_source(source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as invalid escapes: the student's affair
            tree = ast.parse(text)
    except SyntaxError as error:
        why = f"{shown(name)} is no Python (line {error.lineno or 1}: {shown(error.msg)})."
        raise NotComparable(why) from None
    except (ValueError, LookupError, RecursionError, MemoryError):  # LookupError: "rot13" and such
        raise NotComparable(f"{shown(name)} is nothing that Python can parse.") from None
    lines = tuple(text.split("\n"))
    encoded = [line.encode() for line in lines]
    silent = {at for node in ast.walk(tree) for at in _docstring_lines(node, encoded)}
    own = frozenset(
        at
        for at, line in enumerate(lines)
        if at not in silent and line.strip() and line.strip() not in stub
    )
    functions = {
        node.name: sum(
            at in own and not is_comment(lines[at])
            for at in range(node.lineno - 1, node.end_lineno or 0)
        )
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    return File(name, lines, own, functions), tree


def is_comment(line: str) -> bool:
    """Tell whether nothing but a comment stands in a line."""
    return line.lstrip().startswith("#")


def _docstring_lines(node: ast.AST, lines: list[bytes]) -> range:
    """Return the lines of a text that does nothing, unless code stands there as well."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
        return range(0)
    if not isinstance(node.value.value, str):
        return range(0)
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    if not lines[first].startswith((b" ", b"\t", b"\f")) and node.col_offset:
        return range(0)  # at once: there may be thousands in a line
    before, after = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
    return range(0) if before.strip() or after.strip() else range(first, last + 1)
