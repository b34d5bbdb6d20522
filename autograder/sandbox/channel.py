"""Frames to and from a worker, within time limits, while what it prints is kept."""

import contextlib
import os
import queue
import select
import threading
import time
from collections.abc import Callable
from typing import IO, Protocol

from autograder.sandbox import wire

MAX_OUTPUT_BYTES = 64 * 1024
MAX_REPLY_BYTES = 2 * wire.MAX_FRAME_BYTES
CHUNK_BYTES = 2**20


class TimedOut(Exception):
    """No reply within the limit."""


class Streams(Protocol):
    """The pipes to a process's standard streams."""

    @property
    def stdin(self) -> IO[bytes]: ...

    @property
    def stdout(self) -> IO[bytes]: ...

    @property
    def stderr(self) -> IO[bytes]: ...


class Channel(Protocol):
    """One worker's pipes.

    Attributes
    ----------
    output : bytearray
        What was printed so far, up to a limit.
    """

    output: bytearray

    def send(self, document: bytes) -> None:
        """Send one document; it never blocks."""

    def receive(self, deadline: float) -> bytes:
        """Wait for a document until `deadline` (of `time.monotonic`); TimedOut or WireError."""

    def close(self) -> None:
        """Close the pipes of a process that has ended."""


class PolledChannel:
    """Waits for all pipes at once, where the system can wait for pipes with a time limit."""

    def __init__(self, streams: Streams):
        self.output = bytearray()
        self._streams = (streams.stdin, streams.stdout, streams.stderr)
        self._in, self._out, self._err = (stream.fileno() for stream in self._streams)
        for fd in (self._in, self._out, self._err):
            os.set_blocking(fd, False)
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN)
        self._poll.register(self._err, select.POLLIN)
        self._unsent = memoryview(b"")
        self._received = bytearray()

    def send(self, document: bytes) -> None:
        """Send one document; what the pipe does not hold goes while a reply is waited for."""
        self._unsent = memoryview(wire.frame(document))
        self._poll.register(self._in, select.POLLOUT)
        self._write()

    def receive(self, deadline: float) -> bytes:
        """Wait for a document until `deadline` (of `time.monotonic`); TimedOut or WireError."""
        while True:
            left = deadline - time.monotonic()
            if left <= 0:  # with a reply waiting, perhaps: it comes too late
                raise TimedOut
            document = wire.take(self._received, MAX_REPLY_BYTES)
            if document is not None:
                break
            for fd, _ in self._poll.poll(1000 * left):
                self._attend(fd)
        if self._unsent:  # it can't have read the request, so this is no reply
            raise wire.WireError("it does not listen")
        return document

    def close(self) -> None:
        """Close the pipes of a process that has ended."""
        for stream in self._streams:
            with contextlib.suppress(OSError):
                stream.close()

    def _attend(self, fd: int) -> None:
        if fd == self._in:
            self._write()
        elif fd == self._err:
            chunk = os.read(fd, MAX_OUTPUT_BYTES)
            self.output += chunk[: MAX_OUTPUT_BYTES - len(self.output)]
            if not chunk:
                self._poll.unregister(fd)
        elif chunk := os.read(fd, CHUNK_BYTES):
            self._received += chunk
        else:
            raise wire.WireError("the stream ended")

    def _write(self) -> None:
        with contextlib.suppress(BlockingIOError):
            try:
                self._unsent = self._unsent[os.write(self._in, self._unsent) :]
            except BrokenPipeError:  # it has closed its end, and its own pipe tells the rest
                self._unsent = self._unsent[:0]
        if not self._unsent:
            self._poll.unregister(self._in)


class ThreadedChannel:
    """Waits for each pipe in a thread, which works on every system."""

    def __init__(self, streams: Streams):
        self.output = bytearray()
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # Short, so that a worker that sends without end fills a pipe and not the memory.
        self._inbox: queue.Queue[bytes | wire.WireError] = queue.Queue(maxsize=2)
        for target, stream in (
            (self._send_all, streams.stdin),
            (self._receive_all, streams.stdout),
            (self._collect_output, streams.stderr),
        ):
            threading.Thread(target=target, args=(stream,), daemon=True).start()

    def send(self, document: bytes) -> None:
        """Send one document; it never blocks."""
        self._outbox.put(document)

    def receive(self, deadline: float) -> bytes:
        """Wait for a document until `deadline` (of `time.monotonic`); TimedOut or WireError."""
        left = deadline - time.monotonic()
        if left <= 0:  # with a reply waiting, perhaps: it comes too late
            raise TimedOut
        try:
            document = self._inbox.get(timeout=left)
        except queue.Empty:
            raise TimedOut from None
        if isinstance(document, wire.WireError):
            raise document
        return document

    def close(self) -> None:
        """Let the threads end, which close the pipes."""
        self._outbox.put(None)
        with contextlib.suppress(queue.Empty):
            while True:
                self._inbox.get_nowait()

    def _send_all(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), stream:
            while (document := self._outbox.get()) is not None:
                wire.write(stream, document)

    def _receive_all(self, stream: IO[bytes]) -> None:
        with stream:
            try:
                while True:
                    self._inbox.put(wire.read(stream, MAX_REPLY_BYTES))
            except (wire.WireError, OSError, MemoryError) as error:
                self._inbox.put(wire.WireError(str(error)))

    def _collect_output(self, stream: IO[bytes]) -> None:
        with stream:
            while chunk := os.read(stream.fileno(), MAX_OUTPUT_BYTES):
                self.output += chunk[: MAX_OUTPUT_BYTES - len(self.output)]


open_channel: Callable[[Streams], Channel] = (
    PolledChannel if hasattr(select, "poll") else ThreadedChannel
)
