"""Expected values and the answers of known mistakes, live from the instructor's files."""

import contextlib
import importlib.util
import io
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.checks.call import Call, call_key
from autograder.errors import UserError
from autograder.fingerprints import NAME, Fingerprints
from autograder.fingerprints import read as read_fingerprints
from autograder.mistakes import KnownMistake, read_mistakes, with_reference
from autograder.sandbox import wire
from autograder.sandbox.plain import PlainProcess
from autograder.sandbox.student import CallFailed, Student
from autograder.sandbox.worker_process import Launch
from autograder.signature import Signature, observed, signature
from autograder.stage import Stage, stage_folder

DAY = 24 * 3600


def open_answers(
    kit: Path, stage: Stage, launch: Launch = PlainProcess
) -> "Reference | Fingerprints":
    """Open the answers of a stage: the instructor's files, or a bundle's fingerprints."""
    prints = stage_folder(kit, stage) / NAME
    return read_fingerprints(prints) if prints.is_file() else Reference(kit, stage, launch)


class Reference:
    """The reference solution and the known mistakes of a stage.

    Calls that checks make are computed here, in the grader's process, and remembered by content:
    a class of submissions is judged on the same inputs. Questions that come from a student's
    worker, where the reference stands in for a function that fails its checks, are computed in a
    worker of their own, since their arguments may be anything. So are the answers of the known
    mistakes, which may change their arguments or hang; they are remembered, too.

    Attributes
    ----------
    live : bool
        Whether any call is answered.
    """

    live = True

    def __init__(self, kit: Path, stage: Stage, launch: Launch = PlainProcess):
        self._launch = launch
        self._path = kit / "solutions" / f"{stage.name}.py"
        self._mistakes_path = kit / "solutions" / "mistakes" / f"{stage.name}.py"
        # A worker here serves a whole class: its time is not one submission's.
        limits = stage.limits.model_copy(update={"submission_seconds": DAY})
        self._stage = stage.model_copy(update={"limits": limits})
        self._module = load_reference(kit, stage)
        self._known: dict[bytes, Any] = {}
        self._mistaken: dict[tuple[str, bytes], Signature] = {}
        self._mistakes: list[KnownMistake] | None = None
        self._workers: dict[Path, Student] = {}

    def __call__(self, call: Call) -> Any:
        """Return the expected value of a call; it is shared, so it must not be changed.

        Where a ValueError is expected, it comes as CallFailed, as a student's does.
        """
        key = call_key(call)
        if key not in self._known:
            function = getattr(self._module, call.function)
            arguments, keywords = wire.decode(call.document)  # a copy, whatever the function does
            try:
                with contextlib.redirect_stdout(io.StringIO()):  # training reports its progress
                    self._known[key] = function(*arguments, **keywords)
            except ValueError as error:
                raise CallFailed("error", str(error), kinds=("ValueError",)) from None
        return self._known[key]

    def answer(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Answer a question from a student's worker, or raise CallFailed."""
        return self._worker(self._path).call(function, wire.pack(args, kwargs))

    def signature(self, call: Call) -> Signature:
        """Return what a right call does."""
        try:
            return signature(self(call), double=call.double)
        except CallFailed as failure:
            return Signature(failure.kinds[0])

    def mistakes(self, function: str) -> list[KnownMistake]:
        """Return the known mistakes of a function."""
        if self._mistakes is None:
            there = self._mistakes_path.is_file()
            self._mistakes = read_mistakes(_text(self._mistakes_path)) if there else []
        return [mistake for mistake in self._mistakes if mistake.function == function]

    def mistaken(self, mistake: KnownMistake, call: Call) -> Signature:
        """Return what a call does if the mistake is made."""
        key = mistake.id, call_key(call)
        if key not in self._mistaken:
            wrong = Call(mistake.code_name, call.arguments, call.keywords)
            self._mistaken[key] = observed(self._worker(self._mistakes_path), wrong)
        return self._mistaken[key]

    def close(self) -> None:
        """End the workers; the next question starts them again."""
        for worker in self._workers.values():
            worker.close()
        self._workers.clear()

    def _worker(self, path: Path) -> Student:
        if path not in self._workers:
            source = _text(self._path)
            if path == self._mistakes_path:
                source = with_reference(source, _text(path))
            self._workers[path] = Student(
                {self._path.name: source.encode()}, self._stage, self._launch
            )
        return self._workers[path]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def load_reference(kit: Path, stage: Stage) -> ModuleType:
    """Import the reference solution of a stage, or raise a UserError that says why not."""
    path = kit / "solutions" / f"{stage.name}.py"
    if not path.is_file():
        raise UserError(f"{path} is missing: the reference solution gives the expected values.")
    return _import(path, f"solutions.{stage.name}")


@contextlib.contextmanager
def functions_to_train(kit: Path, stage: str, own: Path | None) -> Iterator[ModuleType]:
    """Import the functions of a stage for use in this process: a student's own, or the solution's.

    Those of the solution that have a fast form are replaced by it. What a student's functions raise
    in the meantime becomes a UserError.
    """
    solution = kit / "solutions" / f"{stage}.py"
    path = (own or Path()) / f"{stage}.py" if own or not solution.is_file() else solution
    if not path.is_file():
        raise UserError(f"There is no {path}: name the folder that holds your file by --dir.")
    try:
        functions = _import(path, stage)
        if path is solution:  # a folder that --dir names is taken as it is
            _put_fast_forms(functions, kit / "solutions" / "fast" / f"{stage}.py")
        yield functions
    except UserError:
        raise
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if Path(frame.filename) == path.resolve()]
        where = f" ({path.name}, line {lines[-1]})" if lines else ""
        raise UserError(
            f"Training stopped: {type(error).__name__}: {error}{where}. "
            f"Check first: autograder check {stage}."
        ) from None


def _put_fast_forms(functions: ModuleType, path: Path) -> None:
    """Replace f by f_fast of another file, for the functions that call f, too."""
    if path.is_file():
        for name, function in vars(_import(path, f"{functions.__name__}_fast")).items():
            if name.endswith("_fast"):
                setattr(functions, name.removesuffix("_fast"), function)


def _import(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path.resolve())
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UserError(f"{path} can't be imported: {type(error).__name__}: {error}.") from None
    return module
