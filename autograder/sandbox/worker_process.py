"""The grader's end of one worker: exchange frames within a time limit, end it whole."""

import contextlib
import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from typing import IO, Any, Protocol

from autograder.sandbox import wire
from autograder.stage import Limits

START_SECONDS = 60
MAX_OUTPUT_BYTES = 64 * 1024


class TimedOut(Exception):
    """No reply within the limit; the worker has been killed."""


class WorkerDied(Exception):
    """The worker ended, or sent something that is no reply; the message says which."""


class Started(Protocol):
    """A process that has been started, with pipes to its standard streams."""

    @property
    def stdin(self) -> IO[bytes]: ...

    @property
    def stdout(self) -> IO[bytes]: ...

    @property
    def stderr(self) -> IO[bytes]: ...

    def kill(self) -> None:
        """End it and all that it has started, and what it was given; once is enough."""

    def exit_code(self) -> int | None:
        """Return how it ended, negative for a signal; None if it runs on."""


Launch = Callable[[dict[str, bytes], str, Limits], Started]


class WorkerProcess:
    """The grader's end of one worker.

    Parameters
    ----------
    started : Started
        The worker, just started.
    """

    def __init__(self, started: Started):
        self._started = started
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # Short, so that a worker that sends without end fills a pipe and not the memory.
        self._inbox: queue.Queue[bytes | wire.WireError] = queue.Queue(maxsize=2)
        self._output = bytearray()
        # Threads, because pipes can be waited for with a timeout on every system only this way.
        _in_background(self._send_all, started.stdin)
        _in_background(self._receive_all, started.stdout)
        _in_background(self._collect_output, started.stderr)
        self.layers: list[str] = self.receive(time.monotonic() + START_SECONDS)["layers"]

    def send(self, message: dict[str, Any]) -> None:
        """Send one request; it never blocks."""
        self._outbox.put(wire.encode(message))

    def receive(self, deadline: float) -> dict[str, Any]:
        """Wait for a reply until `deadline` (of `time.monotonic`), or kill and raise."""
        try:
            left = deadline - time.monotonic()
            if left <= 0:  # with replies waiting, perhaps: they come too late
                raise queue.Empty
            document = self._inbox.get(timeout=left)
        except queue.Empty:
            self.close()
            raise TimedOut from None
        try:
            if isinstance(document, wire.WireError):
                raise document
            reply = wire.decode(document)
            if not isinstance(reply, dict):
                raise wire.WireError("not a reply")
        except wire.WireError as error:
            raise WorkerDied(self._why_it_ended(error)) from None
        return reply

    def output(self) -> str:
        """Return what the student's code has printed so far, capped."""
        return self._output.decode("utf-8", "replace")

    def close(self) -> None:
        """End the worker, and all that it has started."""
        self._started.kill()
        self._outbox.put(None)
        with contextlib.suppress(queue.Empty):  # let a thread that waits for room go on and end
            while True:
                self._inbox.get_nowait()

    def _why_it_ended(self, error: wire.WireError) -> str:
        code = self._started.exit_code()
        self.close()
        if code is None:
            return f"sent something that is no answer ({error})"
        if code < 0:
            return f"was ended by the system ({_signal_name(-code)})"
        return f"ended the whole process (exit code {code})"

    def _send_all(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), stream:
            while (document := self._outbox.get()) is not None:
                wire.write(stream, document)

    def _receive_all(self, stream: IO[bytes]) -> None:
        with stream:
            try:
                while True:
                    self._inbox.put(wire.read(stream, 2 * wire.MAX_FRAME_BYTES))
            except (wire.WireError, OSError, MemoryError) as error:
                self._inbox.put(wire.WireError(str(error)))

    def _collect_output(self, stream: IO[bytes]) -> None:
        with stream:
            while chunk := os.read(stream.fileno(), MAX_OUTPUT_BYTES):
                self._output += chunk[: MAX_OUTPUT_BYTES - len(self._output)]


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # those for real-time use have none
        return f"signal {number}"


def _in_background(target: Any, stream: IO[bytes]) -> None:
    threading.Thread(target=target, args=(stream,), daemon=True).start()
