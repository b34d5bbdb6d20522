"""The stand-in for a student's module: a call travels to a worker, a failure is an outcome."""

import contextlib
import difflib
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from autograder.errors import UserError
from autograder.report import Outcome
from autograder.sandbox import wire
from autograder.sandbox.plain import PlainProcess
from autograder.sandbox.worker_process import Launch, TimedOut, WorkerDied, WorkerProcess
from autograder.stage import Stage

NO_ANSWER = "sent something that is no answer"
MAX_TEXT = 500  # characters of a worker's text that are used
MAX_NAMES = 1000
QUICK_SECONDS = 1  # for all calls that are foreseen together; they take some milliseconds

Answerer = Callable[[str, list[Any], dict[str, Any]], Any]


class CallFailed(Exception):
    """A call that gave no value.

    Attributes
    ----------
    outcome : str
        "failed" (what came back is no data), "error", "timeout", "killed", "not_implemented".
    line : int or None
        Where in the student's file, if that is known.
    kinds : tuple of str
        Names of the classes of the exception that the student's code raised, its own first.
    """

    def __init__(
        self,
        outcome: Outcome,
        message: str,
        line: int | None = None,
        kinds: tuple[str, ...] = (),
    ):
        super().__init__(message)
        self.outcome = outcome
        self.line = line
        self.kinds = kinds


class NotParsable(CallFailed):
    """The student's file is no Python."""


class Answer(NamedTuple):
    """What a watched call returned, and what it did to its arguments."""

    value: Any
    changed: bool
    aliased: bool


class Measured(NamedTuple):
    """What a measured call returned, the Python lines that it ran, its peak of memory in bytes."""

    value: Any
    lines: int
    peak_bytes: int


class Request(NamedTuple):
    """One call, as a worker is asked to make it; `arguments` is what `wire.pack` gives."""

    function: str
    arguments: bytes
    watch: bool = False
    measure: bool = False

    @classmethod
    def measuring(cls, function: str, arguments: bytes) -> "tuple[Request, Request]":
        """Ask twice, so that the second time all is imported."""
        return cls(function, arguments), cls(function, arguments, measure=True)


class Batch(NamedTuple):
    """Requests that are made together, and the document that asks for them."""

    requests: tuple[Request, ...]
    document: bytes

    @classmethod
    def of(cls, *requests: Request) -> "Batch":
        """Put requests together."""
        calls = [request._asdict() for request in requests]
        return cls(requests, wire.encode({"op": "calls", "calls": calls}))


class Student:
    """One student's module, in a worker that is replaced when a call ends it.

    Parameters
    ----------
    files : dict of str to bytes
        The submission's files; ``<stage>.py`` is imported.
    stage : Stage
        For its name and its limits.
    launch : callable
        Starts the worker: how far it is isolated is its affair.
    """

    def __init__(self, files: dict[str, bytes], stage: Stage, launch: Launch = PlainProcess):
        self._launch = launch
        self.layers: list[str] = []
        self._files, self._stage = files, stage
        self._end = time.monotonic() + stage.limits.submission_seconds
        self._kept_back = 0.0
        self._worker: WorkerProcess | None = None
        self._import_failure: CallFailed | None = None
        self._ended: dict[tuple[str, tuple[str, ...]], CallFailed] = {}
        self._foreseen: deque[tuple[Request, Any]] = deque()
        self._quick = True  # until calls that were foreseen took long
        self.replaced: tuple[str, ...] = ()  # functions that `replacing` has another answer for
        self._answer: Answerer | None = None

    def call(self, function: str, arguments: bytes) -> Any:
        """Call one function with `wire.pack(args, kwargs)`; return its value, or CallFailed."""
        return self._call(Request(function, arguments))["value"]

    def watch(self, function: str, arguments: bytes) -> Answer:
        """Call one function; tell also whether it changed its arguments or returned one."""
        reply = self._call(Request(function, arguments, watch=True))
        return Answer(reply["value"], reply.get("changed") is True, reply.get("aliased") is True)

    def measure(self, function: str, arguments: bytes) -> Measured:
        """Call one function twice; tell what the second call took, when all is imported."""
        first, second = Request.measuring(function, arguments)
        self._call(first)
        reply = self._call(second)
        lines, peak_bytes = (_count(function, reply.get(name)) for name in ("lines", "peak_bytes"))
        return Measured(reply["value"], lines, peak_bytes)

    def foresee(self, batch: Batch) -> None:
        """Make calls that will be asked for at once, which saves time, if they don't take long.

        What came of them is given when they are asked for, in this order and with none between.
        If they take long or end the worker, that is forgotten: each is made when it is asked for.
        """
        self._foreseen.clear()
        if not batch.requests or self.replaced or not self._quick:
            return
        try:
            self.load()
            reply = self._exchange(batch.document, QUICK_SECONDS)
        except CallFailed:
            self._quick = False
            return
        replies = reply.get("replies")
        if isinstance(replies, list):
            self._foreseen.extend(zip(batch.requests, replies, strict=False))

    @contextlib.contextmanager
    def replacing(self, names: tuple[str, ...], answer: Answerer) -> Iterator[None]:
        """Have `answer` stand in for functions of the student's that others of theirs call."""
        self._foreseen.clear()
        self.replaced, self._answer = names, answer
        self._tell_replaced()
        try:
            yield
        finally:
            self.replaced, self._answer = (), None
            self._tell_replaced()

    def keep_back(self, seconds: float) -> None:
        """Leave so much of the submission's time to calls that come later; 0 gives it back."""
        self._kept_back = seconds

    @property
    def _deadline(self) -> float:
        return self._end - self._kept_back

    @property
    def imported(self) -> bool:
        """Whether the student's file could be imported."""
        return self._import_failure is None

    def output(self) -> str:
        """Return what the student's code printed in the present worker."""
        return self._worker.output() if self._worker else ""

    def load(self) -> None:
        """Start the worker and import the student's file, or raise CallFailed; once is enough."""
        if self._import_failure:
            raise self._import_failure
        if self._worker:
            return
        self._check_time()
        name = f"{self._stage.name}.py"
        self._worker = self._start()
        self.layers = self._worker.layers
        try:
            reply = self._exchange(wire.encode({"op": "load"}), self._stage.limits.call_seconds)
        except CallFailed as failure:
            self._import_failure = CallFailed(
                failure.outcome, f"{name} can't be imported: it {failure}"
            )
            raise self._import_failure from None
        if reply["status"] != "ok":
            kind = reply.get("type", "")
            not_python = kind in ("SyntaxError", "IndentationError", "TabError") or (
                kind == "ValueError" and "null byte" in reply.get("words", "")
            )
            failed = NotParsable if not_python else CallFailed
            self._import_failure = failed(
                "error", f"{name} can't be imported: {_what_was_raised(reply)}", _line(reply, name)
            )
            raise self._import_failure
        if self.replaced:
            self._tell_replaced()

    def _start(self) -> WorkerProcess:
        try:
            return WorkerProcess(self._launch(self._files, self._stage.name, self._stage.limits))
        except (OSError, TimedOut, WorkerDied) as error:
            raise UserError(
                f"The sandbox's worker can't be started ({error or 'no answer'}): "
                "run autograder doctor."
            ) from None

    def close(self) -> None:
        """End the worker; what it has answered before it was asked is forgotten."""
        self._foreseen.clear()
        if self._worker:
            self._worker.close()
            self._worker = None

    def _call(self, request: Request) -> dict[str, Any]:
        # A call that hung or died is not tried again: the next one would cost the same.
        function = request.function
        situation = (function, self.replaced)
        if situation in self._ended:
            raise self._ended[situation]
        self.load()
        try:
            reply = self._foretold(request)
            if reply is None:
                document = wire.encode({"op": "call"} | request._asdict())
                reply = self._exchange(document, self._stage.seconds(function))
        except CallFailed as failure:
            failed = CallFailed(failure.outcome, f"`{function}` {failure}")
            self._ended[situation] = failed
            raise failed from None
        if reply["status"] == "ok" and "value" in reply:
            return reply
        raise _failure(function, reply, f"{self._stage.name}.py")

    def _foretold(self, request: Request) -> dict[str, Any] | None:
        """Return what came of a request that was foreseen."""
        if not self._foreseen:
            return None
        foreseen, document = self._foreseen.popleft()
        if foreseen != request:
            self._foreseen.clear()
            return None
        try:
            return self._checked(wire.decode(document))
        except (TypeError, wire.WireError):
            self.close()
            raise CallFailed("killed", NO_ANSWER) from None

    def _exchange(self, request: bytes, seconds: float) -> dict[str, Any]:
        """Send one request and wait for its reply, answering the questions that come between."""
        if self._worker is None:  # it ended while it was told which functions are replaced
            raise CallFailed("killed", "ended the process")
        self._check_time()
        deadline = min(time.monotonic() + seconds, self._deadline)
        try:
            self._worker.send(request)
            while _is_question(reply := self._worker.receive(deadline)):
                self._worker.send(wire.encode(self._answered(reply)))
        except TimedOut:
            self.close()
            raise CallFailed("timeout", f"took longer than {seconds:g} s and was stopped") from None
        except WorkerDied as death:
            self.close()
            raise CallFailed("killed", str(death)) from None
        return self._checked(reply)

    def _checked(self, reply: Any) -> dict[str, Any]:
        """Take a reply whose parts have the types that they should have."""
        if not isinstance(reply, dict) or not isinstance(reply.get("status"), str):
            self.close()
            raise CallFailed("killed", NO_ANSWER)
        return reply | _texts(reply, "type", "words", "found") | {"where": _place(reply)}

    def _answered(self, question: dict[str, Any]) -> dict[str, Any]:
        function = question.get("function")
        if self._answer is None or not isinstance(function, str) or function not in self.replaced:
            return {"error": "This function is not answered here"}
        try:
            return {"value": self._answer(function, question["args"], question["kwargs"])}
        except (CallFailed, KeyError, TypeError, wire.NotPlainError) as error:
            return {"error": str(error)}

    def _tell_replaced(self) -> None:
        if self._worker:
            request = wire.encode({"op": "replace", "names": list(self.replaced)})
            # A worker that can't be told has been ended; the next one is told when it loads.
            with contextlib.suppress(CallFailed):
                self._exchange(request, self._stage.limits.call_seconds)

    def _check_time(self) -> None:
        if time.monotonic() > self._deadline:
            limit = self._stage.limits.submission_seconds
            raise CallFailed(
                "timeout", f"was not run: the whole stage took longer than {limit:g} s"
            )


def _is_question(reply: dict[str, Any]) -> bool:
    status = reply.get("status")
    return isinstance(status, str) and status == "ask"


def _texts(reply: dict[str, Any], *keys: str) -> dict[str, str]:
    """Take these entries if they are texts, cut short: the worker may send anything."""
    return {key: reply[key][:MAX_TEXT] if isinstance(reply.get(key), str) else "" for key in keys}


def _names(names: Any) -> tuple[str, ...]:
    """Take from a list those items that can be names of functions or classes."""
    first = names[:MAX_NAMES] if isinstance(names, list) else []
    texts = [name for name in first if isinstance(name, str) and len(name) <= MAX_TEXT]
    return tuple(name for name in texts if name.isidentifier())


def _place(reply: dict[str, Any]) -> dict[str, Any]:
    """Take from a reply where an exception arose, as far as it is a place."""
    where = reply.get("where")
    if not isinstance(where, dict):
        return {}
    lines = {key: where[key] for key in ("line", "top") if type(where.get(key)) is int}
    return {**_texts(where, "file", "function"), **lines}


def _count(function: str, number: Any) -> int:
    if type(number) is int and 0 <= number < 2**63:
        return number
    raise CallFailed("killed", f"`{function}` {NO_ANSWER}")


def _failure(function: str, reply: dict[str, Any], file: str) -> CallFailed:
    status = reply["status"]
    if status == "missing":
        if reply.get("found") == "NoneType":
            return CallFailed(
                "not_implemented",
                f"There is no function `{function}` in {file}{_similar(function, reply)}",
            )
        return CallFailed("error", f"`{function}` is no function but a {reply.get('found')}")
    if status == "unusable":
        return CallFailed(
            "failed", f"`{function}` returned {reply.get('found')}; expected numbers or arrays"
        )
    if status != "raised":
        return CallFailed("killed", f"`{function}` {NO_ANSWER}")
    where = reply["where"]
    if reply.get("not_implemented") is True:
        inner = where.get("function") or function
        if inner == function:
            return CallFailed("not_implemented", f"`{function}` is not implemented yet")
        return CallFailed(
            "not_implemented", f"`{function}` calls `{inner}`, which is not implemented yet"
        )
    message = f"`{function}` raised {_what_was_raised(reply)}"
    return CallFailed("error", message, _line(reply, file), _names(reply.get("kinds")))


def _similar(function: str, reply: dict[str, Any]) -> str:
    """Ask about a function of theirs with a similar name."""
    near = difflib.get_close_matches(function, _names(reply.get("names")), 1)
    return f"; is `{near[0]}` meant to be it?" if near else ""


def _what_was_raised(reply: dict[str, Any]) -> str:
    words = str(reply.get("words", "")).strip()
    text = f"{reply.get('type')}: {words}" if words else str(reply.get("type"))
    where = reply["where"]
    if where.get("line"):
        text += f" ({where.get('file')}, line {where['line']}"
        text += f", in {where['function']}" if where.get("function") else ""
        text += f", called from line {where['top']})" if where.get("top") else ")"
    return text


def _line(reply: dict[str, Any], file: str) -> int | None:
    where = reply["where"]
    line = where.get("line")
    return line if where.get("file") == file and isinstance(line, int) else None
