"""The grader's end of one worker: exchange messages within a time limit, end it whole."""

import signal
import time
from collections.abc import Callable
from typing import Any, Protocol

from autograder.sandbox import wire
from autograder.sandbox.channel import Channel, Streams, TimedOut, open_channel
from autograder.stage import Limits

START_SECONDS = 60


class WorkerDied(Exception):
    """The worker ended, or sent something that is no reply; the message says which."""


class Started(Streams, Protocol):
    """A process that has been started, with pipes to its standard streams."""

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
        self._channel: Channel = open_channel(started)
        self.layers: list[str] = self.receive(time.monotonic() + START_SECONDS)["layers"]

    def send(self, request: bytes) -> None:
        """Send one document; it never blocks."""
        self._channel.send(request)

    def receive(self, deadline: float) -> dict[str, Any]:
        """Wait for a reply until `deadline` (of `time.monotonic`), or kill and raise."""
        try:
            reply = wire.decode(self._channel.receive(deadline))
            if not isinstance(reply, dict):
                raise wire.WireError("not a reply")
        except TimedOut:
            self.close()
            raise
        except wire.WireError as error:
            raise WorkerDied(self._why_it_ended(error)) from None
        return reply

    def output(self) -> str:
        """Return what the student's code has printed so far, capped."""
        return self._channel.output.decode("utf-8", "replace")

    def close(self) -> None:
        """End the worker, and all that it has started."""
        self._started.kill()
        self._channel.close()

    def _why_it_ended(self, error: wire.WireError) -> str:
        code = self._started.exit_code()
        self.close()
        if code is None:
            return f"sent something that is no answer ({error})"
        if code < 0:
            return f"was ended by the system ({_signal_name(-code)})"
        return f"ended the whole process (exit code {code})"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # those for real-time use have none
        return f"signal {number}"
