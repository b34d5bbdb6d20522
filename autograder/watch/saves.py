"""Tell when Python files or notebooks in a folder are saved, replaced, deleted or come back."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STEP_MS, MOST_MS = 20, 200  # after the last change of a burst, and after its first


@contextmanager
def telling_saves(folder: Path, tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell`, in a thread of its own, after each change until the context ends.

    It is the folder that is watched, so a file may be renamed over the old one, as editors do.
    What lies in folders beneath it is not watched: an environment there has thousands of files.
    """
    from watchfiles import watch

    def is_code(_: object, path: str) -> bool:
        return path.endswith((".py", ".ipynb"))

    def follow() -> None:
        for _ in watch(
            folder,
            watch_filter=is_code,
            recursive=False,
            step=STEP_MS,
            debounce=MOST_MS,
            rust_timeout=MOST_MS,
            stop_event=end,
            raise_interrupt=False,
        ):
            tell()

    end = threading.Event()
    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(timeout=1)
