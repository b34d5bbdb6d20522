"""Whose points moved, on a terminal."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.regrade.moves import CheckMove, Regrade, points_words
from autograder.reports.words import points_text
from autograder.submission.names import listed, shown

MAX_ROWS = 60
MAX_CHECKS = 3


def regrade_table(regrade: Regrade) -> RenderableType:
    """Show what was graded anew, and below it whose points moved since the last run."""
    lines = [Text(line) for line in _lines(regrade)]
    if not regrade.moved:
        return Group(*lines, Text("No points have moved since the last run."))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    table.title = "Points that moved since the last run"
    for column in ("student", "stage", "points", "checks", "why"):
        table.add_column(column, overflow="fold")
    for move in regrade.moved[:MAX_ROWS]:
        checks = [_check_text(check) for check in move.checks[:MAX_CHECKS]]
        if len(move.checks) > MAX_CHECKS:
            checks.append(f"and {len(move.checks) - MAX_CHECKS} more")
        said = ("\n".join(checks), "\n".join(move.why))
        cells = (shown(move.student), move.stage, points_words(move), *said)
        table.add_row(*map(Text, cells))
    if len(regrade.moved) > MAX_ROWS:
        table.caption = f"and {len(regrade.moved) - MAX_ROWS} more: all are in regrade.json"
    return Group(*lines, table)


def _lines(regrade: Regrade) -> Iterator[str]:
    for stage, count in regrade.graded_anew.items():
        changed = regrade.changed.get(stage)
        why = f"; changed: {listed(changed)}" if changed else ""
        yield f"{stage}: {count} graded anew, {regrade.kept[stage]} kept{why}."
    for stage, (before, after) in regrade.maximum.items():
        yield f"{stage} is worth {points_text(after)} points now, not {points_text(before)}."
    for words, pairs in (
        ("graded for the first time", regrade.new),
        ("no longer among the submissions", regrade.gone),
    ):
        if pairs:
            names = listed(f"{student} ({stage})" for student, stage in pairs)
            yield f"{len(pairs)} {words}: {names}."


def _check_text(check: CheckMove) -> str:
    before, after = (
        f"{entry.outcome} {points_text(entry.points)}" if entry else "no such check"
        for entry in (check.before, check.after)
    )
    return f"{check.id}: {before} → {after}"
