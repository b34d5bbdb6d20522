"""The pipes to a worker, waited for in both ways: at once, or each in a thread."""

import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from autograder.sandbox import wire
from autograder.sandbox.channel import MAX_OUTPUT_BYTES, PolledChannel, ThreadedChannel, TimedOut

ECHO = """
while True:
    head = sys.stdin.buffer.read(8)
    if not head: break
    body = sys.stdin.buffer.read(int.from_bytes(head))
    sys.stdout.buffer.write(head + body)
    sys.stdout.buffer.flush()
"""


@pytest.fixture(params=[PolledChannel, ThreadedChannel])
def talking_to(request):
    """Open a channel to a program, whose source is given."""

    @contextmanager
    def opened(source):
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        program = subprocess.Popen([sys.executable, "-c", "import sys, time\n" + source], **pipes)
        channel = request.param(program)
        try:
            yield channel
        finally:
            program.kill()
            program.wait()
            channel.close()

    return opened


def soon():
    return time.monotonic() + 20


@pytest.mark.parametrize("size", [0, 1, 65_536, 5_000_000])
def test_documents_of_any_size_come_back(talking_to, size):
    with talking_to(ECHO) as channel:
        for byte in (b"a", b"b"):
            channel.send(byte * size)
            assert channel.receive(soon()) == byte * size


def test_several_documents_that_come_at_once_are_told_apart(talking_to):
    documents = [b"one", b"", b"three" * 500]
    frames = b"".join(wire.frame(document) for document in documents)
    with talking_to(f"sys.stdout.buffer.write({frames!r})\nsys.stdout.flush()\n{ECHO}") as channel:
        assert [channel.receive(soon()) for _ in documents] == documents


def test_who_is_silent_is_waited_for_no_longer_than_was_said(talking_to):
    with talking_to("time.sleep(60)") as channel:
        begin = time.monotonic()
        with pytest.raises(TimedOut):
            channel.receive(begin + 0.3)
        assert 0.3 <= time.monotonic() - begin < 10


def test_a_document_that_comes_too_late_does_not_count(talking_to):
    with talking_to(ECHO) as channel:
        channel.send(b"x")
        time.sleep(0.5)
        with pytest.raises(TimedOut):
            channel.receive(time.monotonic() - 0.1)


def test_who_does_not_listen_blocks_nobody(talking_to):
    with talking_to("time.sleep(60)") as channel:
        channel.send(b"x" * 10_000_000)
        with pytest.raises(TimedOut):
            channel.receive(time.monotonic() + 0.3)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("pass", "ended"),
        ("sys.stdout.buffer.write((50).to_bytes(8) + b'short')", "ended"),
        ("import os; os.close(0); os.close(1); time.sleep(60)", "ended"),
        ("sys.stdout.buffer.write(b'\\xff' * 100)", "over the limit"),
    ],
)
def test_what_is_no_document_is_refused(talking_to, source, words):
    with talking_to(source) as channel:
        channel.send(b"request")
        with pytest.raises(wire.WireError, match=words):
            channel.receive(soon())


def test_an_answer_to_a_request_that_was_not_read_is_refused():
    source = "sys.stdout.buffer.write((2).to_bytes(8) + b'ok'); sys.stdout.flush(); time.sleep(60)"
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    program = subprocess.Popen([sys.executable, "-c", f"import sys, time\n{source}"], **pipes)
    channel = PolledChannel(program)
    channel.send(b"x" * 10_000_000)
    with pytest.raises(wire.WireError, match="does not listen"):
        channel.receive(soon())
    program.kill()
    program.wait()
    channel.close()


def test_what_is_printed_is_kept_up_to_a_limit(talking_to):
    with talking_to(f"sys.stderr.write('loud' * 100_000); sys.stderr.flush()\n{ECHO}") as channel:
        channel.send(b"x")
        assert channel.receive(soon()) == b"x"
        assert bytes(channel.output[:8]) == b"loudloud"
        assert len(channel.output) <= MAX_OUTPUT_BYTES
