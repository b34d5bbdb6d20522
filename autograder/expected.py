"""Expected values, live from the reference solution."""

import contextlib
import hashlib
import importlib.util
import io
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.checks.call import Call
from autograder.errors import UserError
from autograder.sandbox import wire
from autograder.sandbox.student import Student
from autograder.stage import Stage


class Reference:
    """The reference solution of a stage, in two places.

    Calls that checks make are computed here, in the grader's process, and remembered by content:
    a class of submissions is judged on the same inputs. Questions that come from a student's
    worker, where the reference stands in for a function that fails its checks, are computed in a
    worker of their own, since their arguments may be anything.
    """

    def __init__(self, kit: Path, stage: Stage):
        self._path = _path(kit, stage)
        self._stage = stage
        self._module = load_reference(kit, stage)
        self._known: dict[bytes, Any] = {}
        self._worker: Student | None = None

    def __call__(self, call: Call) -> Any:
        """Return the expected value of a call; it is shared, so it must not be changed."""
        document = wire.encode([call.function, call.args, call.keywords])
        key = hashlib.blake2b(document).digest()
        if key not in self._known:
            function = getattr(self._module, call.function)
            arguments, keywords = wire.decode(document)[1:]  # a copy, whatever the function does
            with contextlib.redirect_stdout(io.StringIO()):  # training reports its progress
                self._known[key] = function(*arguments, **keywords)
        return self._known[key]

    def answer(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Answer a question from a student's worker, or raise CallFailed."""
        if self._worker is None:
            files = {self._path.name: self._path.read_bytes()}
            self._worker = Student(files, self._stage)
        return self._worker.call(function, args, kwargs)

    def close(self) -> None:
        """End the worker that answers questions, if there is one."""
        if self._worker:
            self._worker.close()
            self._worker = None


def _path(kit: Path, stage: Stage) -> Path:
    return kit / "solutions" / f"{stage.name}.py"


def load_reference(kit: Path, stage: Stage) -> ModuleType:
    """Import the reference solution of a stage, or raise a UserError that says why not."""
    path = _path(kit, stage)
    if not path.is_file():
        raise UserError(f"{path} is missing: the reference solution gives the expected values.")
    spec = importlib.util.spec_from_file_location(f"solutions.{stage.name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UserError(f"{path} can't be imported: {type(error).__name__}: {error}.") from None
    return module
