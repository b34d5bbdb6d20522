"""The program of the isolated process: import one student's file, call its functions when asked.

It runs as a script, ``python -I -S worker.py CONFIG``, with nothing of the kit on its path: the
wire, the meter, NumPy and the standard library are all it imports. Standard input brings requests,
standard output takes replies; both are moved aside before student code is imported, so that `print`
and `input` can't disturb them. Nothing here is believed by the grader: a student who takes this
process over can only change what their own functions return.
"""

import builtins
import importlib
import importlib.util
import json
import os
import sys
import traceback
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO


def _beside(name: str) -> Any:
    """Import a file beside this one by its path, since the kit is not on the worker's."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"_{name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sys.path.extend(json.loads(sys.argv[1])["import_path"])
wire = _beside("wire")  # the one file that both sides share
meter = _beside("meter")

import numpy as np  # noqa: E402

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

MAX_MESSAGE = 500


def main() -> None:
    """Serve requests until standard input ends."""
    config = json.loads(sys.argv[1])
    requests, replies = take_streams()
    _die_with_grader()
    layers = limit_resources(config["limits"])
    serve(requests, replies, config["module"], config["folder"], layers)


def serve(
    requests: BinaryIO, replies: BinaryIO, module: str, folder: str, layers: list[str]
) -> None:
    """Serve requests about the module in a folder, behind these layers, until there are no more."""
    wire.write(replies, wire.encode({"layers": layers}))
    sys.argv = [module + ".py"]
    sys.path.append(folder)
    _pretend_kit()
    vars(builtins).update(exit=sys.exit, quit=sys.exit)  # students have them; -S leaves them out
    _Server(requests, replies, Path(folder), module).serve()


class _Server:
    """Answers requests about one student's module."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO, folder: Path, name: str):
        self.requests, self.replies = requests, replies
        self.folder, self.name = folder, name
        self.module: types.ModuleType | None = None
        self.own: dict[str, Any] = {}

    def serve(self) -> None:
        operations: dict[str, Callable[..., bytes]] = {
            "load": self.load,
            "call": self.call,
            "calls": self.calls,
            "replace": self.replace,
        }
        while True:
            try:
                request = wire.decode(wire.read(self.requests))
            except wire.WireError:
                return
            reply = operations[request.pop("op")](**request)
            sys.stdout.flush()
            sys.stderr.flush()
            wire.write(self.replies, reply)

    def load(self) -> bytes:
        """Import the student's file."""
        try:
            self.module = importlib.import_module(self.name)
        except BaseException as error:
            return self.failure(error)
        return wire.encode({"status": "ok", "value": None})

    def replace(self, names: list[str]) -> bytes:
        """Let the grader answer for these functions of the module; the others are the student's."""
        module = vars(self.module)
        module.update(self.own)
        self.own = {name: module.get(name) for name in names}
        for name in names:
            module[name] = self.stand_in(name)
        return wire.encode({"status": "ok", "value": None})

    def stand_in(self, name: str) -> Any:
        def ask(*args: Any, **kwargs: Any) -> Any:
            question = {"status": "ask", "function": name, "args": list(args), "kwargs": kwargs}
            wire.write(self.replies, wire.encode(question))
            answer = wire.decode(wire.read(self.requests))
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return answer["value"]

        return ask

    def calls(self, calls: list[dict[str, Any]]) -> bytes:
        """Make several calls, as `call` does."""
        return wire.encode({"status": "ok", "replies": [self.call(**each) for each in calls]})

    def call(self, function: str, arguments: bytes, watch: bool, measure: bool) -> bytes:
        """Call one function.

        With `watch`, tell also what it did to its arguments; with `measure`, how many lines of
        Python it ran and how much memory it took.
        """
        student = getattr(self.module, function, None)
        if not callable(student):
            names = [n for n, value in vars(self.module).items() if callable(value)]
            missing = {"status": "missing", "found": type(student).__name__, "names": names}
            return bytes(wire.encode(missing))
        args, kwargs = wire.decode(arguments)
        used: dict[str, int] = {}
        try:
            if measure:
                value, used = meter.measured(student, args, kwargs)
            else:
                value = student(*args, **kwargs)
        except BaseException as error:
            return self.failure(error)
        try:
            reply = {"status": "ok", "value": value, **used}
            if watch:
                reply["changed"] = wire.pack(args, kwargs) != arguments
                reply["aliased"] = _shares(value, [args, kwargs])
            return wire.encode(reply)
        except wire.NotPlainError as error:
            return bytes(wire.encode({"status": "unusable", "found": str(error)}))
        except BaseException as error:  # a returned object may run code when it is read
            return self.failure(error)

    def failure(self, error: BaseException) -> bytes:
        """Describe an exception: its type, its words, and where in the student's files it arose."""
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).parent == self.folder
        ]
        kind = type(error).__name__
        if isinstance(error, SyntaxError) and error.filename:
            where = {"file": Path(error.filename).name, "line": error.lineno, "function": ""}
            words = error.msg
        else:
            last = frames[-1] if frames else None
            where = (
                {"file": Path(last.filename).name, "line": last.lineno, "function": last.name}
                if last
                else {}
            )
            if len(frames) > 1 and frames[0].name == "<module>":
                where["top"] = frames[0].lineno
            words = _words(error)
        reply = {
            "status": "raised",
            "type": kind,
            "kinds": [base.__name__ for base in type(error).__mro__],
            "words": words[:MAX_MESSAGE],
            "where": where,
            "not_implemented": isinstance(error, NotImplementedError),
        }
        return bytes(wire.encode(reply))


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return "(its message can't be read)"


def _shares(value: Any, arguments: Any) -> bool:
    """Tell whether any array in `value` uses memory of an array in `arguments`."""
    theirs = list(_arrays(arguments))
    return any(np.may_share_memory(mine, other) for mine in _arrays(value) for other in theirs)


def _arrays(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        if value.size:
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _arrays(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _arrays(item)


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Move the wire off file descriptors 0 and 1; print then goes where standard error goes."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def _die_with_grader() -> None:
    """Ask Linux to end this process when the grader ends, even by `kill -9`."""
    if sys.platform == "linux":
        import ctypes
        import signal

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def limit_resources(limits: dict[str, int]) -> list[str]:
    """Set hard limits where the system has them, and say which layers hold."""
    if resource is None:
        return ["process"]
    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue
    return ["process", "rlimits"]


def _pretend_kit() -> None:
    """Let `import autograder` in a student's file succeed, empty-handed.

    Students load data with `autograder.datasets` while they work; such a line at the top of a
    file must not cost them the stage, and the kit itself must not be here.
    """

    class Absent(types.ModuleType):
        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)

            def absent(*args: Any, **kwargs: Any) -> Any:
                raise RuntimeError(f"autograder.{name} is not there while functions are checked")

            return absent

    for name in ("autograder", "autograder.datasets", "autograder.training", "autograder.gradient"):
        module = Absent(name)
        module.__path__ = []  # so that it passes for a package
        sys.modules[name] = module


if __name__ == "__main__":
    main()
