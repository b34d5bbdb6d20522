"""What the watch shows: how far the stage is, and the one function that comes next."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from autograder.report import FunctionReport
from autograder.reports.terminal import example_texts, symbol_of, what_is_wrong
from autograder.reports.words import points_text, seconds_text
from autograder.watch.memory import StageMemory

BAR = 30  # characters
KEYS = "h hint · n next · p previous · r run all again · q quit"


class Screen:
    """Shows one screen after the other: on a terminal in its place, elsewhere below the last.

    Parameters
    ----------
    console : Console
        Where to.
    keys : bool
        Whether keys are read.
    """

    def __init__(self, console: Console, keys: bool):
        self._console = console
        self._keys = keys

    def show(
        self,
        memories: Sequence[StageMemory],
        memory: StageMemory,
        function: FunctionReport | None,
        hints: int,
    ) -> None:
        """Show one stage.

        Parameters
        ----------
        memories : sequence of StageMemory
            All stages that are watched.
        memory : StageMemory
            The one to show.
        function : FunctionReport or None
            The function to show; None if all are done, or nothing is known.
        hints : int
            How many of its hints.
        """
        functions = _functions(memory, self._console.width)
        top = [*_head(memory), *_stages(memories), *functions, Text()]
        foot = [Text(KEYS if self._keys else "Waiting for the next save; Ctrl-C ends.", "dim")]
        if memory.problem:
            body = _problem(memory)
        elif function:
            body = [*_lost(memory, function), *_function(function)]
            body += _hints(memory, function, hints)
        else:
            body = _done(memory)
        self._print(top, body, foot)

    def checking(self, names: list[str]) -> None:
        """Say what is being checked, on a terminal, where the next screen takes its place."""
        if self._console.is_terminal:
            self._console.print(Text(f"checking {_list(names)} …", "dim"))

    def _print(self, top: list[Text], body: list[Text], foot: list[Text]) -> None:
        console = self._console
        above, between, below = (self._wrapped(part) for part in (top, body, foot))
        if console.is_terminal:
            console.clear()
            room = console.height - 1 - self._rows(above) - self._rows(below)
            between = self._that_fit(between, room)
        for line in [*above, *between, *below]:
            console.print(line, soft_wrap=True)

    def _wrapped(self, texts: list[Text]) -> list[Text]:
        """Break texts into lines, except those that must not be broken, which the terminal does."""
        lines: list[Text] = []
        for text in texts:
            whole = text.split("\n", allow_blank=True) if text.no_wrap else None
            lines += whole or text.wrap(self._console, self._console.width)
        return lines

    def _rows(self, lines: list[Text]) -> int:
        return sum(max(1, -(-line.cell_len // self._console.width)) for line in lines)

    def _that_fit(self, lines: list[Text], room: int) -> list[Text]:
        if self._rows(lines) <= room:
            return lines
        while lines and self._rows(lines) > room - 1:
            lines = lines[:-1]
        return [*lines, Text("… a higher window shows the rest", "dim")]


def _head(memory: StageMemory) -> list[Text]:
    title = Text.assemble((memory.stage.title, "bold"), f"  {memory.stage.name}.py")
    if memory.checked:
        title.append(f"  {_list(memory.checked)} checked in {seconds_text(memory.seconds)}", "dim")
    if not memory.report:
        return [title]
    count, report = len(memory.report.functions), memory.report
    done = count - len(memory.todo)
    filled = BAR * done // count
    progress = Text.assemble(
        ("█" * filled, "green"),
        ("░" * (BAR - filled), "dim"),
        f" {done} of {count} functions, ",
        f"{points_text(report.points)} of {points_text(report.max_points)} points",
    )
    return [title, progress]


def _list(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 3 else f"{len(names)} functions"


def _stages(memories: Sequence[StageMemory]) -> list[Text]:
    if len(memories) == 1:
        return []
    parts = [
        f"{one.stage.name}\u00a0{points_text(one.report.points if one.report else 0)}"
        f"/{points_text(one.stage.max_points)}"
        for one in memories
    ]
    return [Text("  ".join(parts), "dim")]


def _functions(memory: StageMemory, width: int) -> list[Text]:
    """Set the functions in lines, with no sign apart from its name."""
    lines: list[Text] = []
    for function in memory.report.functions if memory.report else ():
        symbol, colour = symbol_of(function)
        name = Text(f"{symbol} {function.name}", colour)
        if lines and lines[-1].cell_len + 2 + name.cell_len < width:
            lines[-1].append("  ").append(name)
        else:
            lines.append(name)
    return lines


def _problem(memory: StageMemory) -> list[Text]:
    remembered = " What was found before is remembered." if memory.report else ""
    return [Text(memory.problem, "bold red"), Text(f"Mend that and save.{remembered}")]


def _lost(memory: StageMemory, shown: FunctionReport) -> list[Text]:
    """Name the functions that the last save has broken, apart from the one that is shown."""
    names = [name for name in memory.lost if name != shown.name]
    if not names:
        return []
    was = "was" if len(names) == 1 else "were"
    return [Text(f"{', '.join(names)} {was} right before this save.", "yellow"), Text()]


def _function(function: FunctionReport) -> list[Text]:
    points = f"{points_text(function.points)} of {points_text(function.max_points)} points"
    heading = Text.assemble((function.name, "bold"), f"  {points}")
    if function.outcome == "not_implemented":
        return [heading, Text(f"{function.failures[0].message} Its docstring says what it does.")]
    return [heading, Text(what_is_wrong(function)), *example_texts(function)]


def _hints(memory: StageMemory, function: FunctionReport, count: int) -> list[Text]:
    hints = memory.stage.function(function.name).hints
    return [
        Text.assemble((f"Hint {number} of {len(hints)}: ", "bold"), hint)
        for number, hint in enumerate(hints[:count], 1)
    ]


def _done(memory: StageMemory) -> list[Text]:
    points = memory.report.points if memory.report else 0
    said = f"All is right: {points_text(points)} points."
    return [Text(said, "bold green"), Text(f"See it at work: autograder train {memory.stage.name}")]
