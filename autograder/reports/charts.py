"""Evidence laid out for a page: cells of tables, points of plots and pixels of images.

What a template draws is words and classes, so that a page's style decides on colours.
"""

import math
from typing import NamedTuple

import numpy as np

from autograder.evidence import Curves, Difference, Evidence, Excerpt, Gallery, Image

STEPS = 4  # shades of a colour
LETTERS = "ijklmnopqrstuvwxyz"
SCATTER, LEFT, TOP = 200, 44, 8  # a plot's side and margins, in units of its own
WIDTH, HEIGHT = 320, 150
NEAR = 1e-6  # of the largest slope: as near as central differences come


class Cell(NamedTuple):
    """One number, its shade from -4 to 4 (or "odd"), and "", "wrong" or "first"."""

    text: str
    shade: str
    mark: str


class Grid(NamedTuple):
    """Part of an array as a table with its indices."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[Cell]]]
    part: str


class Point(NamedTuple):
    """A place in a plot, and whether it lies on the line."""

    x: float
    y: float
    right: bool


class Scatter(NamedTuple):
    """Entries of a gradient, expected and got."""

    points: list[Point]
    reach: str
    words: str


class CurvesDrawn(NamedTuple):
    """Losses expected and got, as paths; `parted` is the place of the first that differs."""

    expected: str
    got: str
    parted: float | None
    low: str
    high: str
    last: int
    words: str


class Shown(NamedTuple):
    """What a page shows of one piece of evidence."""

    call: str
    brief: bool
    expected: str
    got: str
    grids: list[Grid]
    entry: str
    scatter: Scatter | None
    curves: CurvesDrawn | None


class Drawing(NamedTuple):
    """An image as paths, by the kind of ink ("ink", "pos" or "neg") and its shade."""

    title: str
    width: int
    height: int
    paths: list[tuple[str, int, str]]


def shown(evidence: Evidence) -> Shown:
    """Lay out one piece of evidence."""
    expected, got = _two_values(evidence)
    return Shown(
        call=evidence.call,
        brief=evidence.brief,
        expected=expected,
        got=got,
        grids=_grids(evidence),
        entry=_entry(evidence.expected),
        scatter=_scatter(evidence) if evidence.slopes else None,
        curves=_curves(evidence.curves) if evidence.curves else None,
    )


def drawings(gallery: Gallery) -> tuple[list[Drawing], list[Drawing]]:
    """Lay out templates and misread images."""
    return (
        [_drawing(image, signed=True) for image in gallery.templates],
        [_drawing(image, signed=False) for image in gallery.misread],
    )


def number_text(value: float, digits: int = 3) -> str:
    """Write a number as a cell has room for it, with a true minus sign."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value + 0.0:.{digits}g}".replace("-", "−").replace("e+", "e")


def _two_values(evidence: Evidence) -> tuple[str, str]:
    if evidence.first:
        return _entries_apart(evidence.name, evidence.first)
    if evidence.curves:
        expected, got = evidence.curves.lengths
        return f"{expected} losses", f"{got} losses"
    if not (evidence.expected and evidence.got):
        return "", ""
    shapes = (tuple(part.shape) for part in (evidence.expected, evidence.got))
    expected_shape, got_shape = (f"{evidence.name} of shape {shape}" for shape in shapes)
    return expected_shape, got_shape


def _entries_apart(name: str, first: Difference) -> tuple[str, str]:
    """Write two numbers with as many digits as it takes to tell them apart."""
    name += f"[{', '.join(map(str, first.index))}]" if first.index else ""
    for digits in (6, 9, 12, 17):
        expected, got = (number_text(value, digits) for value in (first.expected, first.got))
        if expected != got:
            break
    return f"{name} = {expected}", f"{name} = {got}"


def _grids(evidence: Evidence) -> list[Grid]:
    expected, got = evidence.expected, evidence.got
    if expected is None or got is None:
        return []
    reach = _reach(expected.values) or _reach(got.values) or 1.0
    if expected.shape != got.shape:
        return [
            _grid("expected", expected, reach, {}),
            _grid("yours", got, reach, {}),
        ]
    marks = dict.fromkeys(evidence.wrong, "wrong")
    if evidence.first:
        row, column = _place(evidence.first.index, expected.shape)
        marks[row - expected.row, column - expected.column] = "first"
    apart = [
        [other - one for one, other in zip(*rows, strict=True)]
        for rows in zip(expected.values, got.values, strict=True)
    ]
    difference = expected.model_copy(update={"values": apart})
    return [
        _grid("expected", expected, reach, {}),
        _grid("yours", got, reach, marks),
        _grid("yours − expected", difference, _reach(apart) or 1.0, {}),
    ]


def _grid(title: str, part: Excerpt, reach: float, marks: dict[tuple[int, int], str]) -> Grid:
    rows = [
        (
            _row_head(part.row + i, part.shape),
            [
                Cell(number_text(value), _shade(value, reach), marks.get((i, j), ""))
                for j, value in enumerate(values)
            ],
        )
        for i, values in enumerate(part.values)
    ]
    heads = [_column_head(part.column + j, part.shape) for j in range(len(part.values[0]))]
    return Grid(title, heads, rows, _cut(part))


def _reach(rows: list[list[float]]) -> float:
    return max((abs(value) for row in rows for value in row if math.isfinite(value)), default=0.0)


def _shade(value: float, reach: float) -> str:
    if not math.isfinite(value):
        return "odd"
    share = min(abs(value) / reach, 1)  # the quotient itself may be infinite
    step = math.ceil(STEPS * share - 1e-9)
    return f"{'p' if value > 0 else 'n'}{step}" if step > 0 else "p0"


def _place(index: list[int], shape: list[int]) -> tuple[int, int]:
    """Return row and column of an entry where `autograder.tables.laid_out` puts it."""
    if len(shape) < 2:
        return 0, index[0]
    if len(shape) == 2:
        return index[0], index[1]
    *outer, across, row, column = index
    down = int(np.ravel_multi_index(outer, shape[:-3])) if outer else 0
    return down * shape[-2] + row, across * shape[-1] + column


def _row_head(row: int, shape: list[int]) -> str:
    if len(shape) < 2:
        return ""
    if len(shape) < 4:
        return str(row)
    outer = np.unravel_index(row // shape[-2], shape[:-3])
    return ",".join(map(str, (*map(int, outer), row % shape[-2])))


def _column_head(column: int, shape: list[int]) -> str:
    if len(shape) < 3:
        return str(column)
    return f"{column // shape[-1]},{column % shape[-1]}"


def _entry(part: Excerpt | None) -> str:
    """Say where an entry of an array with more than two axes stands."""
    if part is None or not 2 < len(part.shape) <= len(LETTERS):
        return ""
    letters = LETTERS[: len(part.shape)]
    row, column = f"{letters[:-3]}{letters[-2]}", f"{letters[-3]}{letters[-1]}"
    return f"Entry [{', '.join(letters)}] stands in row {','.join(row)}, column {','.join(column)}."


def _cut(part: Excerpt) -> str:
    """Say which rows and columns are shown, if not all are."""
    *outer, height, width = part.shape if len(part.shape) > 1 else [1, *part.shape]
    across = outer.pop() if outer else 1
    whole = (math.prod(outer) * height, across * width)
    cuts = [
        f"{name} {begin + 1} to {begin + count} of {size}"
        for name, begin, count, size in zip(
            ("rows", "columns"),
            (part.row, part.column),
            (len(part.values), len(part.values[0])),
            whole,
            strict=True,
        )
        if count < size
    ]
    return ", ".join(cuts)


def _scatter(evidence: Evidence) -> Scatter:
    reach = max(abs(value) for pair in evidence.slopes for value in pair) or 1.0
    points = [
        Point(
            round(SCATTER / 2 * (1 + 0.94 * (x / reach)), 1),
            round(SCATTER / 2 * (1 - 0.94 * (y / reach)), 1),
            abs(y - x) <= NEAR * reach,
        )
        for x, y in evidence.slopes
    ]
    right = sum(point.right for point in points)
    words = (
        f"{len(points)} of the {evidence.size} entries of {evidence.name}, yours over the expected "
        f"ones: {right} on the line where both agree."
    )
    return Scatter(points, number_text(reach), words)


def _curves(curves: Curves) -> CurvesDrawn:
    finite = [value for value in curves.expected if math.isfinite(value)]
    low, high = min(finite), max(finite)
    span = high - low or abs(high) or 1.0
    near = [value for value in curves.got if low - span <= value <= high + span]
    low, high = min([low, *near]), max([high, *near])
    span = high - low or 1.0
    last = max(curves.lengths) - 1

    def place(step: int) -> float:
        return round(LEFT + WIDTH * step / max(last, 1), 1)

    def path(losses: list[float]) -> str:
        pieces: list[list[str]] = [[]]
        for i, loss in enumerate(losses):
            if not math.isfinite(loss):
                pieces.append([])
                continue
            share = min(max((high - loss) / span, 0.0), 1.0)
            pieces[-1].append(f"{place(i * curves.stride)} {round(TOP + HEIGHT * share, 1)}")
        return "".join(
            f"M{'L'.join(piece)}{'' if piece[1:] else 'h0'}" for piece in pieces if piece
        )

    beyond = " Beyond the frame it is cut off." if len(near) < len(curves.got) else ""
    return CurvesDrawn(
        path(curves.expected),
        path(curves.got),
        None if curves.parted is None else place(curves.parted),
        number_text(low),
        number_text(high),
        last,
        _words_of_curves(curves) + beyond,
    )


def _words_of_curves(curves: Curves) -> str:
    expected, got = curves.lengths
    if expected != got:
        return f"Losses expected, {expected} steps, and yours, {got} steps."
    since = "" if curves.parted is None else f"; they part at step {curves.parted}"
    return f"Losses over {expected} steps, expected and yours{since}."


def _drawing(image: Image, signed: bool) -> Drawing:
    shades = np.array(list(image.pixels), dtype=int).reshape(-1, image.width)
    if signed:
        shades = shades - STEPS
    begins = np.ones(shades.shape, bool)
    begins[:, 1:] = shades[:, 1:] != shades[:, :-1]
    starts = np.flatnonzero(begins)
    lengths = np.diff(np.append(starts, shades.size))
    runs: dict[int, list[str]] = {}
    for start, length, shade in zip(
        starts.tolist(), lengths.tolist(), shades.ravel()[starts].tolist(), strict=True
    ):
        if shade:
            y, x = divmod(start, image.width)
            runs.setdefault(shade, []).append(f"M{x} {y}h{length}v1h-{length}z")
    kinds = ("pos", "neg") if signed else ("ink", "ink")
    paths = [(kinds[shade < 0], abs(shade), "".join(run)) for shade, run in sorted(runs.items())]
    return Drawing(image.title, image.width, len(shades), paths)
