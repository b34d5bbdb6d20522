"""The reference of commands, from the program itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from autograder.cli import app
from docs.generate.cells import cell

TOP = """# Commands

`autograder` is also `python -m autograder`. This page is made of the program's own help, which
`autograder COMMAND --help` shows.

| exit code | what it means |
|---|---|
| 0 | done |
| 1 | done, and something failed or fell short; or stopped by Ctrl-C, with what is finished kept |
| 2 | the call or its input is wrong: one sentence on standard error says what to do |

Where a command needs the kit, it takes the folder that `--kit` names, else the environment's
`AUTOGRADER_KIT`, else the nearest folder upwards with `assignments/` and `solutions/`, else the
checkout that it is installed from.

| command | does |
|---|---|
"""


def commands_page(kit: Path) -> str:
    """Return the page: every command with its help, arguments, options and example."""
    found = list(commands(get_command(app), "autograder"))
    rows = [
        f"| [`{name}`](#{name.replace(' ', '-')}) | {cell(command.help)} |"
        for name, command in found
    ]
    return TOP + "\n".join(rows) + "\n\n" + "\n".join(_section(*pair) for pair in found)


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Find all commands below one, each with the words that call it."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for word, child in command.commands.items():
        yield from commands(child, f"{name} {word}")


def _section(name: str, command: Any) -> str:
    context = command.context_class(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    lines = [f"## {name}", "", command.help, "", "```text", usage, "```", ""]
    records = [parameter.get_help_record(context) for parameter in command.params]
    shown = [record for record in records if record]
    if shown:
        lines += ["| argument or option | |", "|---|---|"]
        lines += [f"| {cell(f'`{what}`')} | {cell(said)} |" for what, said in shown]
        lines.append("")
    example = (command.epilog or "").removeprefix("Example: ")
    if example:
        lines += ["Example:", "", "```text", example, "```", ""]
    return "\n".join(lines)
