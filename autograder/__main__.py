"""Entry point of the command `autograder`, and of `python -m autograder`."""

import contextlib
import signal
import sys
from typing import Any, NoReturn


def main() -> None:
    """Run the command line; what is wrong with the call is one sentence and exit code 2."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        code = _run()
    except KeyboardInterrupt:
        code = 130
    if code == 130:  # typer's own for an interrupt
        print("autograder: stopped; what is finished is kept.", file=sys.stderr)
        code = 1
    sys.exit(code or 0)


def _run() -> int | None:
    from autograder.cli import app
    from autograder.complaints import complaint

    try:
        code: int | None = app(prog_name="autograder", standalone_mode=False)
        sys.stdout.flush()  # which may fail, and Python's own at the exit is told by a traceback
        return code
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            with contextlib.suppress(OSError):  # the output's own disk, perhaps: what it holds back
                sys.stdout.close()  # is lost
        return _complain(complaint(error))


def _stop(number: int, frame: Any) -> NoReturn:
    """End as by Ctrl-C: what is finished is kept, and what was started is ended."""
    raise KeyboardInterrupt


def _complain(message: str) -> int:
    print(f"autograder: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
