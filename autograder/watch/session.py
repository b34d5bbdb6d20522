"""The watch itself: wait for a save or a key, check what is affected, show where things stand."""

import contextlib
import queue
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from autograder.checking import Checked, open_checkers
from autograder.report import FunctionReport
from autograder.watch.keys import telling_keys
from autograder.watch.memory import StageMemory
from autograder.watch.saves import telling_saves
from autograder.watch.screen import Screen

SAVED = ""  # stands for a save among the keys

Keep = Callable[[list[Checked]], None]


def watch_folder(
    folder: Path, name: str | None, only: str | None, kit: Path | None, console: Console, keep: Keep
) -> bool:
    """Check now and after each save, until `q` is pressed; return whether all was right then.

    Parameters
    ----------
    folder, name, only, kit
        As `check_folder` takes them.
    console : Console
        Where the screen is shown.
    keep : callable
        Is given what is known, after each check.
    """
    checkers, only = open_checkers(folder, name, only, kit)
    events: queue.SimpleQueue[str] = queue.SimpleQueue()
    watched = folder if folder.is_dir() else folder.resolve().parent
    with contextlib.ExitStack() as stack:
        for checker in checkers:
            stack.enter_context(contextlib.closing(checker))
        stack.enter_context(telling_saves(watched, lambda: events.put(SAVED)))
        screen = Screen(console, stack.enter_context(telling_keys(events.put)))
        memories = [StageMemory(checker, only, screen.checking) for checker in checkers]
        session = _Session(memories, screen, keep)
        session.look(everything=True)
        while (event := events.get()) != "q":
            session.press(event)
    return all(memory.report is not None and not memory.todo for memory in memories)


class _Session:
    """What is watched, and which function is shown with how many hints."""

    def __init__(self, memories: list[StageMemory], screen: Screen, keep: Keep):
        self._memories, self._screen, self._keep = memories, screen, keep
        self._current = memories[0]
        self._shown = ""
        self._hints: dict[str, int] = {}

    def press(self, key: str) -> None:
        """Do what a key asks for, or a save."""
        if key == SAVED:
            self.look()
        elif key == "r":
            self.look(everything=True)
        elif key in ("n", "p"):
            self._turn(1 if key == "n" else -1)
        elif key == "h" and self._function:
            hints = self._current.stage.function(self._shown).hints
            self._hints[self._shown] = min(self._hints.get(self._shown, 0) + 1, len(hints))
            self._show()

    def look(self, everything: bool = False) -> None:
        """Check what was saved; show it if there is anything new."""
        news = [memory for memory in self._memories if memory.look(everything)]
        if not news:
            return
        unfinished = [memory for memory in self._memories if memory.problem or memory.todo]
        self._current = next(
            (memory for memory in [*news, *unfinished] if memory in unfinished), news[0]
        )
        todo = [part.name for part in self._current.todo]
        saved = [] if everything else [*self._current.edited, *self._current.lost]
        self._shown = next((name for name in [*saved, *todo] if name in todo), "")
        self._keep([memory.result for memory in self._memories if memory.result])
        self._show()

    @property
    def _function(self) -> FunctionReport | None:
        return next((part for part in self._current.todo if part.name == self._shown), None)

    def _turn(self, step: int) -> None:
        """Show the next function that is not done, or the one before."""
        names = [part.name for part in self._current.todo]
        if names:
            self._shown = names[(names.index(self._shown) + step) % len(names)]
            self._show()

    def _show(self) -> None:
        hints = self._hints.get(self._shown, 0)
        self._screen.show(self._memories, self._current, self._function, hints)
