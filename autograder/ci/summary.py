"""The summary of a GitHub step, in markdown."""

import re
from collections.abc import Sequence

from autograder.ci.result import StageResult
from autograder.printable import printable
from autograder.reports.words import OUTCOMES, points_text


def summary(results: Sequence[StageResult]) -> str:
    """Return a table of the functions for each stage, and below it what is wrong."""
    return "\n".join(line for result in results for line in _lines(result)) + "\n"


def _lines(result: StageResult) -> list[str]:
    report = result.report
    points = f"{points_text(report.points)} of {points_text(report.max_points)} points"
    lines = [f"### {result.stage.title}: {points}", ""]
    if not report.reason:
        lines += ["| | function | points |", "|---|---|---:|"]
        for part in report.functions:
            earned = f"{points_text(part.points)} / {points_text(part.max_points)}"
            lines.append(f"| {OUTCOMES[part.outcome].symbol} | `{part.name}` | {earned} |")
        lines.append("")
    for found in result.findings:
        lines += [f"**{found.name}** ({_code(result.file)}, line {found.line})", ""]
        lines += [_fenced(found.message), ""]
    return lines


def _code(text: str) -> str:
    return f"`{printable(text).replace('`', chr(39))}`"


def _fenced(text: str) -> str:
    """Show text as it is: neither its HTML nor its links, nor its own fences."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{printable(text)}\n{fence}"
