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
    import typer

    from autograder.cli import app
    from autograder.errors import UserError, found_and_advised

    # Typer has its own copy of click in some versions, so its errors are found by way of one.
    wrong_call: Any = typer.BadParameter.__bases__[0]
    try:
        return app(prog_name="autograder", standalone_mode=False)
    except UserError as error:
        return _complain(str(error))
    except wrong_call as error:
        return _complain(error.format_message())
    except OSError as error:
        if error.filename is None:  # the output's own disk, perhaps: what it holds back is lost
            with contextlib.suppress(OSError):
                sys.stdout.close()
        what = error.filename or "A file or the output"
        return _complain(f"{what} can't be used {found_and_advised(error)}")


def _stop(number: int, frame: Any) -> NoReturn:
    """End as by Ctrl-C: what is finished is kept, and what was started is ended."""
    raise KeyboardInterrupt


def _complain(message: str) -> int:
    print(f"autograder: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
