"""grades.csv: one row for each student and stage, safe to open in a spreadsheet."""

import csv
import io

from autograder.report import Final, Report
from autograder.reports.words import STEPS, final_text, points_text
from autograder.stage import Stage

FIXED = ("student", "stage", "status", "points", "max_points")
# With the rules of a course, behind the functions:
FINAL = (
    *("final_points", "final_max_points", *(f"after_{what}" for what in STEPS)),
    *("days_late", "free_days", "submitted", "steps"),
)
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def grades_csv(reports: list[Report], stages: list[Stage]) -> str:
    """Return the grades as CSV (RFC 4180, line ends CRLF).

    Parameters
    ----------
    reports : list of Report
        In any order; the rows are sorted by student, then by the stage's number.
    stages : list of Stage
        Each of their functions has a column, which is blank in the rows of other stages.

    Returns
    -------
    str
        With a header row; behind the functions what the rules of a course give, if there are any.
        A text cell that a spreadsheet would run as a formula has an apostrophe
        in front.
    """
    numbers = {stage.name: stage.number for stage in stages}
    functions = dict.fromkeys(function.name for stage in stages for function in stage.functions)
    rows = sorted(reports, key=lambda report: (report.student, numbers[report.stage]))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    settled = any(report.final for report in rows)
    writer.writerow([*FIXED, *functions, *(FINAL if settled else ())])
    for report in rows:
        earned = {part.name: points_text(part.points) for part in report.functions}
        writer.writerow(
            [
                inert(report.student),
                inert(report.stage),
                report.status,
                points_text(report.points),
                points_text(report.max_points),
                *(earned.get(name, "") for name in functions),
                *(_final_cells(report.counted) if settled else ()),
            ]
        )
    return text.getvalue()


def _final_cells(final: Final) -> list[str]:
    after = {what: points_text(points) for what, points in final.after.items()}
    return [
        final_text(final),
        "" if final.excused else points_text(final.max_points),
        *(after.get(what, "") for what in STEPS),
        str(final.days_late),
        str(final.free_days),
        final.submitted,
        inert(" ".join(f"{STEPS[step.what]}: {step.reason}" for step in final.steps)),
    ]


def inert(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(STARTS_FORMULA) else cell
