"""Show what was found: as HTML in a notebook, as the command's own table on a terminal."""

import io
import sys
from collections.abc import Sequence

from IPython.display import display
from rich.console import Console

from autograder.checking import Checked
from autograder.reports.cell import cell_html
from autograder.reports.terminal import show_checks

WIDTH = 100  # of text without a terminal


def show(results: Sequence[Checked]) -> None:
    """Show results in both forms; the front end takes the one that it can."""
    forms = {"text/plain": _text(results), "text/html": cell_html(results)}
    display(forms, raw=True)


def _text(results: Sequence[Checked]) -> str:
    terminal = sys.stdout.isatty()
    text = io.StringIO()
    console = Console(
        file=text,
        force_terminal=terminal,
        force_jupyter=False,
        highlight=False,
        width=None if terminal else WIDTH,
    )
    for result in results:
        show_checks(console, result.report, result.stage)
    return text.getvalue()
