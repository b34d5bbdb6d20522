"""CSV files that others have made: read as they come, written back as they came."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError

BOM = "\ufeff"
DELIMITERS = (",", ";", "\t")


@dataclass
class Sheet:
    """A header and rows that are all as long as it.

    Attributes
    ----------
    header : list of str
        Names of the columns, as they stand there.
    rows : list of list of str
        The cells. Change them in place.
    delimiter : str
        What stands between two cells.
    bom : bool
        Whether the file begins with a byte order mark.
    """

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    delimiter: str = ","
    bom: bool = False

    def text(self) -> str:
        """Return the sheet as CSV (RFC 4180, line ends CRLF)."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerows([self.header, *self.rows])
        return BOM * self.bom + text.getvalue()


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file in UTF-8, with commas, semicolons or tabs.

    Raises
    ------
    UserError
        If it can't be read, is no such file, or has no row below its header.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UserError(f"{path} can't be read ({error.strerror}): name a CSV file.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is no CSV in UTF-8: download it again, or save it so.") from None
    bom, text = text.startswith(BOM), text.removeprefix(BOM)
    try:
        delimiter = max(DELIMITERS, key=lambda mark: len(_rows(text, mark, only_first=True)[0]))
        rows = _rows(text, delimiter)
    except csv.Error as error:
        raise UserError(f"{path} is no CSV ({error}): download it again.") from None
    header, *rest = rows
    if not rest:
        raise UserError(f"{path} has no row below its header: expected one for each student.")
    if any(any(row[len(header) :]) for row in rest):
        raise UserError(f"{path} has rows with more cells than its header: download it again.")
    width = len(header)
    return Sheet(header, [(row + [""] * width)[:width] for row in rest], delimiter, bom)


def _rows(text: str, delimiter: str, only_first: bool = False) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    for row in reader:
        if row:
            rows.append(row)
            if only_first:
                break
    return rows or [[]]


def number(cell: str) -> float | None:
    """Return what a cell says with a decimal point or comma; None if it is no number."""
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None


def quoted(texts: Sequence[str]) -> str:
    """Return headers as a list for a sentence."""
    return ", ".join(f"“{text}”" for text in texts)
