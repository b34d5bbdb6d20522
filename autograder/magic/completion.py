"""What TAB offers after `%autograder`."""

from types import SimpleNamespace
from typing import Any

from IPython.core.error import TryNext

from autograder.errors import UserError
from autograder.kit import find_kit
from autograder.magic.commands import command
from autograder.stage import read_stages


def complete(shell: Any, event: SimpleNamespace) -> list[str]:
    """Return the words that may stand at the cursor; IPython leaves those that fit.

    Parameters
    ----------
    shell : InteractiveShell
        Unused.
    event : SimpleNamespace
        ``event.line`` is the whole line, ``event.symbol`` what has been typed of the word.
    """
    typed = event.text_until_cursor.removesuffix(event.symbol).split()[1:]
    commands = command().commands
    if not typed:
        return list(commands)
    if typed[-1] in ("--dir", "--kit"):
        raise TryNext  # IPython completes paths
    if typed[0] not in commands:
        return []
    if typed[-1] == "--only":
        return _functions()
    options = [name for option in commands[typed[0]].params for name in option.opts]
    names = dict.fromkeys([*_stages(), *_functions()])  # a stage may be called as a function is
    return [*names, *(name for name in options if name.startswith("--"))]


def _stages() -> list[str]:
    return [stage.name for stage in _known()]


def _functions() -> list[str]:
    return [function.name for stage in _known() for function in stage.functions]


def _known() -> list[Any]:
    try:
        return list(read_stages(find_kit(bundle=True)))
    except UserError:
        return []
