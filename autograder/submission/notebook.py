"""Take the definitions out of a Jupyter notebook, and leave out what it does with them."""

import ast
import json
import re
import warnings
from dataclasses import dataclass, replace
from typing import Any

from autograder.submission.definitions import Definitions, needed_part
from autograder.submission.magics import cell_magic, without_magics

MAX_CODE_BYTES = 256 * 1024  # Python itself needs long for some sources
MAX_NOTES = 50

_DEFINES = re.compile(r"^(?:@|(?:async +def|def|class|import|from +\S+ +import)\b)", re.MULTILINE)


def source_of(notebook: bytes) -> tuple[str, list[str]]:
    """Return a notebook's functions, classes, imports and constants as Python source.

    Parameters
    ----------
    notebook : bytes
        An .ipynb file, of nbformat 3 or 4.

    Returns
    -------
    source : str
        The definitions in their order, each piece of a cell under a comment with its number.
    notes : list of str
        What was left out, with cell and line, as in "cell 7, line 3: `plt.plot(losses)` left out".

    Raises
    ------
    ValueError
        If it is no notebook, or a cell with definitions in it is no Python; the message is the
        rest of a sentence.
    """
    cells = _code_cells(notebook)
    notes: list[str] = []
    try:
        source = _assembled(_kept(cells, notes))
    except (RecursionError, MemoryError):
        raise ValueError("its code is nested too deeply") from None
    if len(notes) > MAX_NOTES:
        notes[MAX_NOTES:] = [f"… and {len(notes) - MAX_NOTES} more left out"]
    return source, notes


# From the file to cells


def _code_cells(notebook: bytes) -> list[tuple[int, str]]:
    """Return the code cells with their numbers, counted from 1 through cells of all kinds."""
    try:
        content = json.loads(notebook)
    except (RecursionError, MemoryError):
        raise ValueError("it is nested too deeply to be a notebook") from None
    except ValueError:
        raise ValueError("it is not a notebook, which is JSON; save it again in Jupyter") from None
    cells = _cells(content)
    if not cells:
        raise ValueError("it holds no cells; save it again in Jupyter")
    code = []
    for number, cell in enumerate(cells, start=1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            text = cell.get("source", cell.get("input", ""))
            if isinstance(text, list) and all(isinstance(line, str) for line in text):
                text = "".join(text)
            if not isinstance(text, str):
                raise ValueError(
                    f"cell {number} has no text as its source; save it again in Jupyter"
                )
            code.append((number, re.sub(r"\r\n?", "\n", text)))
    if not code:
        raise ValueError("it holds no code cell")
    if sum(len(text) for _, text in code) > MAX_CODE_BYTES:
        raise ValueError(f"it holds more than {MAX_CODE_BYTES // 1024} kB of code")
    return code


def _cells(content: Any) -> list[Any]:
    if not isinstance(content, dict):
        return []
    if isinstance(content.get("cells"), list):
        return list(content["cells"])
    sheets = content.get("worksheets")
    if not isinstance(sheets, list):
        return []
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    return [cell for cells in lists if isinstance(cells, list) for cell in cells]


# From cells to statements


@dataclass(frozen=True)
class _Piece:
    """One statement of a cell."""

    cell: int
    statement: ast.stmt
    text: str

    @property
    def place(self) -> str:
        return f"cell {self.cell}, line {_first_line(self.statement)}"


def _pieces(number: int, text: str, notes: list[str]) -> list[_Piece]:
    """Split a cell into its statements; IPython's lines and what is no code become notes."""
    if magic := cell_magic(text):
        notes.append(_left_out(f"cell {number}, line {magic[0]}", magic[1], "the whole cell "))
        return []
    left_out: list[tuple[int, str]] = []
    try:
        tree = _parsed(text)
    except _NotPython:
        text, left_out = without_magics(text)
        try:
            tree = _parsed(text)
        except _NotPython as error:
            place = f"cell {number}, line {error.line}"
            if _DEFINES.search(text):
                raise ValueError(f"{place} is not Python ({error})") from None
            notes.append(f"{place} is not Python ({error}): the whole cell left out")
            return []
    notes += [_left_out(f"cell {number}, line {line}", what) for line, what in left_out]
    lines = text.encode().split(b"\n")
    return [_Piece(number, statement, _segment(lines, statement)) for statement in tree.body]


class _NotPython(Exception):
    """A cell that can't be parsed; the message is Python's."""

    def __init__(self, what: str, line: int):
        super().__init__(what)
        self.line = line


def _parsed(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as invalid escapes: the student's affair
            return ast.parse(text)
    except SyntaxError as error:
        raise _NotPython(error.msg, error.lineno or 1) from None
    except ValueError:  # NUL, or half of a surrogate pair
        raise _NotPython("it holds a character that no Python source may have", 1) from None


def _segment(lines: list[bytes], statement: ast.stmt) -> str:
    """Return a statement's own text, decorators included."""
    first = _first_line(statement)
    part = lines[first - 1 : statement.end_lineno]
    part[-1] = part[-1][: statement.end_col_offset]
    part[0] = part[0][statement.col_offset :]
    return b"\n".join(part).decode()


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _left_out(place: str, text: str, what: str = "") -> str:
    lines = text.strip().split("\n")
    short = lines[0][:60]
    more = " …" if len(lines) > 1 or short != lines[0] else ""
    return f"{place}: {what}`{short}{more}` left out"


# From statements to source


def _kept(cells: list[tuple[int, str]], notes: list[str]) -> list[_Piece]:
    """Return those statements of all cells that define something; the others become notes."""
    definitions = Definitions()
    kept = []
    for number, text in cells:
        for piece in _pieces(number, text, notes):
            if _is_nothing(piece.statement):
                continue
            if definitions.take(piece.statement):
                kept.append(piece)
            else:
                missing = definitions.missing(piece.statement)
                why = f", as it needs `{missing[0]}` at once" if missing else ""
                notes.append(_left_out(piece.place, piece.text) + why)
    trimmed = (_trimmed(piece, definitions.used, notes) for piece in kept)
    return [piece for piece in trimmed if piece]


def _is_nothing(statement: ast.stmt) -> bool:
    """Tell whether a statement does nothing, so that nobody misses it."""
    plain = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return plain or isinstance(statement, ast.Pass)


def _trimmed(piece: _Piece, used: set[str], notes: list[str]) -> _Piece | None:
    """Leave out what is imported for plots and the like: if it is missing, all would be lost."""
    if not isinstance(piece.statement, ast.Import | ast.ImportFrom):
        return piece
    statement = needed_part(piece.statement, used)
    if statement is piece.statement:
        return piece
    if statement is None:
        notes.append(_left_out(piece.place, piece.text) + ", as nothing that was kept uses it")
        return None
    return replace(piece, text=ast.unparse(statement))


def _assembled(pieces: list[_Piece]) -> str:
    """Join statements, each cell's under a comment with its number; future imports come first."""
    future: list[str] = []
    lines: list[str] = []
    cell = 0
    for piece in pieces:
        if isinstance(piece.statement, ast.ImportFrom) and piece.statement.module == "__future__":
            future += [piece.text] if piece.text not in future else []
            continue
        if piece.cell != cell:
            cell = piece.cell
            lines.append(f"# cell {cell}")
        lines.append(piece.text)
    return "\n".join([*future, *lines]) + "\n"
