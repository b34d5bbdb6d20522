"""Reports as tables on a terminal."""

from collections.abc import Iterable

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.printable import one_line
from autograder.report import FunctionReport, Report
from autograder.reports.reasons import named, nameless
from autograder.reports.words import STEPS, final_text, points_text
from autograder.stage import Stage

SYMBOLS = {"passed": ("✓", "green"), "not_implemented": ("·", "yellow")}
FAILED = ("✗", "red")
MAX_ROWS = 60


def show_checks(console: Console, report: Report, stage: Stage) -> None:
    """Show a student what passes, and below it what is wrong, function by function."""
    if report.reason:
        console.print(Text(report.reason, "red"))
        console.print(f"Nothing was checked: {_total(report)}.", style="bold")
        return
    console.print(_check_table(report, stage))
    for message, functions in _complaints(report).items():
        console.print(Text(", ".join(function.name for function in functions), "bold red"))
        for text in [Text(message), *example_texts(functions[0])]:
            console.print(text, soft_wrap=bool(text.no_wrap))
        console.print()
    console.print(Text(_total(report), "bold"))
    for note in report.notes:
        console.print(Text(f"Note: {note}", "dim"))


def _total(report: Report) -> str:
    return f"{points_text(report.points)} of {points_text(report.max_points)} points"


def example_texts(function: FunctionReport) -> list[Text]:
    """Show the smallest call that goes wrong, if there is one, in lines that are not to be wrapped.

    It stands as it is, so that it can be copied: no indent, and no line broken.
    """
    if not function.example:
        return []
    heading = Text("The smallest call that shows it:", "dim")
    return [heading, Text(function.example, "cyan", no_wrap=True)]


def _check_table(report: Report, stage: Stage) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=stage.title, title_justify="left", pad_edge=False)
    table.add_column("", width=1)
    table.add_column("function", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("")
    for function in report.functions:
        symbol, colour = symbol_of(function)
        points = f"{points_text(function.points)} / {points_text(function.max_points)}"
        table.add_row(Text(symbol, colour), Text(function.name), points, _remark(function))
    return table


def _complaints(report: Report) -> dict[str, list[FunctionReport]]:
    """Collect what is wrong, with the functions that it is said of."""
    complaints: dict[str, list[FunctionReport]] = {}
    for function in report.functions:
        if symbol_of(function) == FAILED:
            complaints.setdefault(what_is_wrong(function), []).append(function)
    return complaints


def class_table(reports: Iterable[Report], stages: list[Stage]) -> RenderableType:
    """Show a class: one row a student, one column a stage, and below what needs a look."""
    by_student: dict[str, dict[str, Report]] = {}
    for report in reports:
        by_student.setdefault(report.student, {})[report.stage] = report
    most = {stage.name: stage.max_points for stage in stages}
    for row in by_student.values():
        most |= {report.stage: report.counted.max_points for report in row.values()}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("student", overflow="fold", min_width=8)
    for stage in stages:
        name = stage.name.replace("_", "_\n")  # eight stages in 80 columns
        heading = f"{name}\n({points_text(most[stage.name])})"
        table.add_column(heading, justify="right", overflow="fold", min_width=5, vertical="bottom")
    table.add_column("total", justify="right", min_width=7, vertical="bottom")
    rows = list(by_student.items())
    for student, by_stage in rows[:MAX_ROWS]:
        cells = [_points_cell(by_stage.get(stage.name)) for stage in stages]
        total = points_text(sum(report.counted.points or 0 for report in by_stage.values()))
        table.add_row(Text(one_line(student)), *cells, Text(total, "bold"))
    if len(rows) > MAX_ROWS:
        table.caption = f"and {len(rows) - MAX_ROWS} more: all are in grades.csv and index.html"
    remarks = [line for student, row in rows for line in _remarks(student, row.values())]
    steps = [
        line for row in by_student.values() for report in row.values() if (line := _steps(report))
    ]
    return Group(table, *_lines(remarks, "yellow"), *_lines(steps, "dim"))


def _lines(lines: list[str], style: str) -> Iterable[Text]:
    """Show lines, as far as there are not too many."""
    more = [f"… and {len(lines) - MAX_ROWS} more: see index.html"] * (len(lines) > MAX_ROWS)
    return (Text(one_line(line), style) for line in lines[:MAX_ROWS] + more)


def symbol_of(function: FunctionReport) -> tuple[str, str]:
    """Return the sign for a function's outcome, and its colour."""
    return SYMBOLS.get(function.outcome, FAILED)


def _remark(function: FunctionReport) -> Text:
    """Say in the table what is not wrong and yet not plain."""
    symbol = symbol_of(function)
    if symbol == FAILED:
        return Text("")
    said = " ".join(dict.fromkeys(check.message for check in function.checks if check.message))
    if symbol == SYMBOLS["passed"]:
        return Text(said, "dim")
    plain = said == f"`{function.name}` is not implemented yet."
    return Text("not implemented yet" if plain else said, "yellow")


def what_is_wrong(function: FunctionReport) -> str:
    """Say what is wrong, the plainest check first, and name the others that say more."""
    first, *rest = function.failures
    others = [check for check in rest if check.message != first.message and not check.general]
    names = ", ".join(check.name.replace("_", " ") for check in others)
    return first.message + (f" Other checks fail, too: {names}." if others else "")


def _points_cell(report: Report | None) -> Text:
    if report is None:
        return Text("")
    if report.status == "unreadable" and not report.counted.points and not report.counted.excused:
        return Text("–", "red")
    full = report.counted.points == report.counted.max_points
    return Text(final_text(report.counted), "green" if report.complete and full else "")


def _steps(report: Report) -> str:
    """Say how the points came about, where the rules of the course have changed them."""
    if report.final is None or report.final.points in (None, report.points):
        return ""
    steps = [("checks", report.points)]
    steps += [(STEPS[what].lower(), points) for what, points in report.final.after.items()]
    said = ", ".join(f"{what} {points_text(points)}" for what, points in steps)
    return f"{report.student} ({report.stage}): {said}"


def _remarks(student: str, reports: Iterable[Report]) -> Iterable[str]:
    """Say what an instructor should see at once: what is unreadable and why, what was stopped."""
    reasons: dict[str, list[str]] = {}
    for report in reports:
        if report.reason:
            reasons.setdefault(nameless(report), []).append(report.stage)
        messages = {check.message for f in report.functions for check in f.checks}
        if report.status == "graded" and len(messages) == 1 and not report.points:
            reasons.setdefault(messages.pop(), []).append(report.stage)  # it can't be imported
        for function in report.functions:
            stopped = {check.outcome for check in function.checks} & {"timeout", "killed"}
            for outcome in sorted(stopped):
                reasons.setdefault(f"{function.name}: {outcome}", []).append(report.stage)
    return [
        f"{student} ({', '.join(where)}): {named(reason, where)}"
        for reason, where in reasons.items()
    ]
