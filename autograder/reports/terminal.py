"""Reports as tables on a terminal."""

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from autograder.report import CheckReport, FunctionReport, Report
from autograder.reports.words import points_text
from autograder.stage import Stage

SYMBOLS = {"passed": ("✓", "green"), "not_implemented": ("·", "yellow")}
FAILED = ("✗", "red")
MAX_ROWS = 60
MAX_MESSAGES = 1
MAX_EXAMPLES = 3
GENERAL = ("float32", "arguments")  # checks of every function, which need right values as well


def check_table(report: Report, stage: Stage) -> RenderableType:
    """Show a student what passes and what is wrong, function by function."""
    table = Table(box=box.SIMPLE_HEAD, title=stage.title, title_justify="left", pad_edge=False)
    table.add_column("", width=1)
    table.add_column("function", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("what the checks say", overflow="fold", ratio=1)
    for function in report.functions:
        symbol, colour = _symbol(function)
        points = f"{points_text(function.points)} / {points_text(function.max_points)}"
        table.add_row(Text(symbol, colour), Text(function.name), points, _says(function))
    total = Text(f"{points_text(report.points)} of {points_text(report.max_points)} points", "bold")
    parts: list[RenderableType] = [table, *_examples(report), total]
    if report.reason:
        parts.insert(0, Text(report.reason, "red"))
    parts += [Text(f"Note: {note}", "dim") for note in report.notes]
    return Group(*parts)


def class_table(reports: Iterable[Report], stages: list[Stage]) -> RenderableType:
    """Show a class: one row a student, one column a stage, and below what needs a look."""
    by_student: dict[str, dict[str, Report]] = {}
    for report in reports:
        by_student.setdefault(report.student, {})[report.stage] = report
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("student", overflow="fold")
    for stage in stages:
        heading = f"{stage.name}\n({points_text(stage.max_points)})"
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("total", justify="right")
    rows = list(by_student.items())
    for student, by_stage in rows[:MAX_ROWS]:
        cells = [_points_cell(by_stage.get(stage.name)) for stage in stages]
        total = points_text(sum(report.points for report in by_stage.values()))
        table.add_row(Text(student), *cells, Text(total, "bold"))
    if len(rows) > MAX_ROWS:
        table.caption = f"and {len(rows) - MAX_ROWS} more: all are in grades.csv and index.html"
    remarks = [line for student, row in rows for line in _remarks(student, row.values())]
    if len(remarks) > MAX_ROWS:
        remarks[MAX_ROWS:] = [f"… and {len(remarks) - MAX_ROWS} more: see index.html"]
    return Group(table, *(Text(line, "yellow") for line in remarks))


def _examples(report: Report) -> Iterable[RenderableType]:
    """Show the smallest call that goes wrong of the first functions that have one."""
    for function in [part for part in report.functions if part.example][:MAX_EXAMPLES]:
        yield Text(f"The smallest call that shows it, {function.name}:", "bold")
        yield Padding(
            Syntax(function.example, "python", theme="ansi_dark", word_wrap=True), (0, 2, 1, 2)
        )


def _symbol(function: FunctionReport) -> tuple[str, str]:
    outcomes = {check.outcome for check in function.checks}
    if outcomes == {"passed"}:
        return SYMBOLS["passed"]
    return SYMBOLS["not_implemented"] if outcomes == {"not_implemented"} else FAILED


def _says(function: FunctionReport) -> Text:
    """Say what is wrong, the plainest check first, and name the others; or what a pass rests on."""
    wrong = [check for check in function.checks if check.outcome != "passed"]
    if not wrong:
        return Text("\n".join(dict.fromkeys(c.message for c in function.checks if c.message)))
    wrong.sort(key=lambda check: _name(check) in GENERAL)  # values before what rests on them
    lines = list(dict.fromkeys(check.message for check in wrong))
    text = Text("\n".join(lines[:MAX_MESSAGES]))
    if len(lines) > MAX_MESSAGES:
        names = dict.fromkeys(_name(check) for check in wrong[MAX_MESSAGES:])
        text.append(f"\nAlso wrong: {', '.join(names)}.", "dim")
    return text


def _name(check: CheckReport) -> str:
    return check.id.split("::")[1]


def _points_cell(report: Report | None) -> Text:
    if report is None:
        return Text("")
    if report.status == "unreadable":
        return Text("–", "red")
    return Text(points_text(report.points), "green" if report.complete else "")


def _remarks(student: str, reports: Iterable[Report]) -> Iterable[str]:
    """Say what an instructor should see at once: what is unreadable and why, what was stopped."""
    reasons: dict[str, list[str]] = {}
    for report in reports:
        if report.reason:
            reasons.setdefault(report.reason, []).append(report.stage)
        messages = {check.message for f in report.functions for check in f.checks}
        if report.status == "graded" and len(messages) == 1 and not report.points:
            reasons.setdefault(messages.pop(), []).append(report.stage)  # it can't be imported
        for function in report.functions:
            stopped = {check.outcome for check in function.checks} & {"timeout", "killed"}
            for outcome in sorted(stopped):
                reasons.setdefault(f"{function.name}: {outcome}", []).append(report.stage)
    return [f"{student} ({', '.join(where)}): {reason}" for reason, where in reasons.items()]
