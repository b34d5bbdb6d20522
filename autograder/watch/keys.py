"""Keys, as they are pressed, from a terminal."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WAIT = 0.1  # seconds between two looks whether the context has ended


@contextmanager
def telling_keys(tell: Callable[[str], None]) -> Iterator[bool]:
    """Call `tell`, in a thread of its own, with each key; give whether there is a terminal.

    Ctrl-C stays an interrupt. The terminal is as it was when the context ends.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield False
        return
    read = _windows if sys.platform == "win32" else _posix
    end = threading.Event()
    with read(tell, end):
        try:
            yield True
        finally:
            end.set()


@contextmanager
def _posix(tell: Callable[[str], None], end: threading.Event) -> Iterator[None]:
    import os
    import select
    import termios
    import tty

    terminal = sys.stdin.fileno()

    def follow() -> None:
        while not end.is_set():
            if not select.select([terminal], [], [], WAIT)[0]:
                continue
            pressed = os.read(terminal, 64)
            if not pressed:  # the terminal is gone
                return
            for key in pressed.decode("utf-8", "ignore"):
                tell(key)

    before = termios.tcgetattr(terminal)
    thread = threading.Thread(target=follow, daemon=True)
    try:
        tty.setcbreak(terminal)
        thread.start()
        yield
    finally:
        thread.join(timeout=1)
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextmanager
def _windows(tell: Callable[[str], None], end: threading.Event) -> Iterator[None]:
    import msvcrt

    def follow() -> None:
        while not end.is_set():
            if msvcrt.kbhit():  # type: ignore[attr-defined]
                tell(msvcrt.getwch())  # type: ignore[attr-defined]
            else:
                time.sleep(WAIT)

    threading.Thread(target=follow, daemon=True).start()
    yield
