"""Lay a submission's code out for reading: numbered lines, with what is shared marked."""

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from autograder.similar.own_code import File, OwnCode, is_comment
from autograder.similar.pairs import Spans

FOLDED = 4  # so many lines or more that don't count are shown as one


class Part(NamedTuple):
    """A piece of a line."""

    text: str
    shared: bool


class Row(NamedTuple):
    """A line; where `folded` is not 0, that many lines which don't count."""

    number: int
    parts: list[Part]
    counts: bool
    folded: int = 0


class Listing(NamedTuple):
    """A file, as it is shown."""

    name: str
    rows: list[Row]


def listings(code: OwnCode, spans: Spans) -> list[Listing]:
    """Lay out the files of a submission.

    Parameters
    ----------
    code : OwnCode
        The submission.
    spans : tuple of (int, int)
        What is shared: begin and end in its text.
    """
    marked = bytearray(sum(len(counted) + 1 for file in code.files for counted in file.counted))
    for first, last in spans:
        marked[first:last] = b"\1" * len(marked[first:last])
    begin, listed = 0, []
    for file in code.files:
        rows = []
        for at, counted in enumerate(file.counted):
            rows.append(_row(file, at, marked[begin : begin + len(counted)]))
            begin += len(counted) + 1
        listed.append(Listing(file.name, list(_folded(rows))))
    return listed


def shared_lines(listed: list[Listing]) -> int:
    """Count the lines in which anything is shared."""
    return sum(any(part.shared for part in row.parts) for file in listed for row in file.rows)


def _row(file: File, at: int, marked: bytearray) -> Row:
    line = file.lines[at]
    if at not in file.own or is_comment(line):
        return Row(at + 1, [Part(line, False)], at in file.own)
    left, right = len(line) - len(line.lstrip()), len(line.rstrip())
    parts, done = [], 0
    shared = (left <= place < right and marked[place] == 1 for place in range(len(line)))
    for is_shared, run in itertools.groupby(shared):
        end = done + sum(1 for _ in run)
        parts.append(Part(line[done:end], is_shared))
        done = end
    return Row(at + 1, parts, True)


def _folded(rows: list[Row]) -> Iterator[Row]:
    """Show many lines that don't count as one; heads of functions stay, to tell where one is."""
    for stays, group in itertools.groupby(rows, key=_stays):
        run = list(group)
        if stays or len(run) < FOLDED:
            yield from run
        else:
            yield Row(run[0].number, [], False, len(run))


def _stays(row: Row) -> bool:
    return row.counts or any(part.text.lstrip().startswith("def ") for part in row.parts)
