"""What is handed in for an open task: code, and parameters that only the sandbox opens."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from autograder.challenge.read_params import KINDS
from autograder.printable import one_line
from autograder.sandbox import wire
from autograder.sandbox.student import CallFailed, Student
from autograder.sandbox.worker_process import Launch
from autograder.stage import Stage

READER = Path(__file__).with_name("read_params.py")
MAX_WORDS = 300


class HandIn(NamedTuple):
    """A submission to an open task.

    Attributes
    ----------
    files : dict of str to bytes
        What goes into the student's worker: Python files alone.
    params : dict of str to ndarray
        The saved parameters.
    problem : str
        Why there are none, in a sentence.
    """

    files: dict[str, bytes]
    params: dict[str, np.ndarray]
    problem: str = ""

    @property
    def parameters(self) -> int:
        """How many numbers are saved."""
        return sum(array.size for array in self.params.values())


def read_hand_in(stage: Stage, files: dict[str, bytes], launch: Launch) -> HandIn:
    """Take what is handed in; the file of parameters is opened in a worker without student code."""
    assert stage.challenge is not None
    code = {name: content for name, content in files.items() if name.endswith(".py")}
    name = f"{stage.name}.npz"
    problem = _too_large(stage, code, files.get(name), name)
    if problem:
        return HandIn(code, {}, problem)
    module = READER.stem
    beside = {READER.name: READER.read_bytes(), name: files[name]}
    reader = Student(beside, stage.model_copy(update={"name": module}), launch)
    try:
        asked = wire.pack([name, stage.challenge.max_parameters], {})
        found = reader.call(module, asked)
    except CallFailed as failure:
        said = str(failure).replace(f"`{module}`", "reading it", 1)
        return HandIn(code, {}, _sentence(name, f"can't be read: {said}"))
    finally:
        reader.close()
    if isinstance(found, dict) and isinstance(found.get("problem"), str):
        return HandIn(code, {}, _sentence(name, found["problem"]))
    params = _params(found, stage.challenge.max_parameters)
    return HandIn(code, params, "" if params else _sentence(name, "can't be read"))


def _too_large(stage: Stage, code: dict[str, bytes], saved: bytes | None, name: str) -> str:
    assert stage.challenge is not None
    if saved is None:
        return (
            f"There is no {name} beside {stage.name}.py: save your parameters there by "
            "numpy.savez_compressed, and hand in both."
        )
    for title, size, most in (
        (name, len(saved), stage.challenge.max_file_kb),
        ("The code", sum(map(len, code.values())), stage.challenge.max_code_kb),
    ):
        if size > most * 1024:
            return f"{title} has {size / 1024:,.0f} KB; {most:,} KB are allowed."
    return ""


def _params(found: Any, most: int) -> dict[str, np.ndarray]:
    """Take what the reader has sent if it is what it should be; it may have been taken over."""
    if not isinstance(found, dict) or not all(
        isinstance(name, str) and isinstance(array, np.ndarray) and array.dtype.kind in KINDS
        for name, array in found.items()
    ):
        return {}
    return found if sum(array.size for array in found.values()) <= most else {}


def _sentence(name: str, problem: str) -> str:
    words = one_line(problem)
    cut = words if len(words) <= MAX_WORDS else f"{words[:MAX_WORDS]} …"
    return f"{name} {cut.rstrip('.')}."
