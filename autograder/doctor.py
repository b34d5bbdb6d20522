"""What works on this machine: each answer comes from trying it, not from looking for a file."""

import importlib.metadata
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import datasets
from autograder.errors import UserError
from autograder.kit import find_kit
from autograder.sandbox.student import CallFailed, Student
from autograder.stage import Function, Limits, Stage, read_stages

PACKAGES = ("numpy", "pytest", "matplotlib", "pydantic", "msgpack")
OPTIONAL = {"nbgrader": "notebooks", "jupytext": "notebooks", "scikit-learn": "referees"}
PROBE = b"""
import os, socket, sys

def double(x):
    return 2 * x

def hang():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

def eat():
    import numpy as np
    return float(np.ones(2**33).sum())

def see():
    import importlib.util
    return [importlib.util.find_spec(name) is not None for name in ("solutions", "nbgrader")]

def leak():
    return [name for name in os.environ if "SECRET" in name or "TOKEN" in name]
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was tried.

    Attributes
    ----------
    what : str
        What was tried.
    ok : bool
        Whether it works; what is optional may be missing and is ok.
    detail : str
        What was seen, and how to mend it if it does not work.
    """

    what: str
    ok: bool
    detail: str


def examine(kit: Path | None) -> Iterator[Finding]:
    """Try one thing after the other."""
    yield Finding("Python", sys.version_info >= (3, 11), f"{platform.python_version()} (3.11+)")
    yield from _packages()
    yield from _kit(kit)
    yield from _data()
    yield from _sandbox()


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        version = _version(name)
        yield Finding(name, bool(version), version or f"missing: pip install {name}")
    for name, extra in OPTIONAL.items():
        missing = f"not installed (optional): pip install 'nn-course-kit[{extra}]'"
        yield Finding(name, True, _version(name) or missing)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _kit(option: Path | None) -> Iterator[Finding]:
    try:
        folder = find_kit(option)
        names = ", ".join(stage.name for stage in read_stages(folder))
        yield Finding("kit", True, f"{folder}: {names}")
    except UserError as error:
        yield Finding("kit", False, str(error))


def _data() -> Iterator[Finding]:
    try:
        for row in datasets.verify():
            yield Finding(f"data {row.file.name}", row.ok, row.message)
    except UserError as error:
        yield Finding("data", False, str(error))


def _sandbox() -> Iterator[Finding]:
    functions = tuple(
        Function(name=name, points=1, hints=("-",))
        for name in ("double", "hang", "eat", "see", "leak")
    )
    stage = Stage(
        number=0,
        name="probe",
        title="probe",
        summary="probe",
        limits=Limits(call_seconds=2, memory_mb=1024),
        functions=functions,
    )
    student = Student({"probe.py": PROBE}, stage)
    try:
        yield _try("worker process", lambda: student.call("double", [21], {}) == 42)
        yield _try("time limit", lambda: _outcome(student, "hang") == "timeout")
        yield _try("memory limit", lambda: _outcome(student, "eat") in ("error", "killed"))
        yield _try(
            "solutions out of reach of import",
            lambda: student.call("see", [], {})[0] is False,
        )
        yield _try("clean environment", lambda: student.call("leak", [], {}) == [])
        yield Finding("isolation layers", True, ", ".join(student.layers))
    finally:
        student.close()


def _try(what: str, works: Callable[[], bool]) -> Finding:
    try:
        ok = works()
    except CallFailed as failure:
        return Finding(what, False, f"{failure}")
    return Finding(what, ok, "holds" if ok else "does not hold on this system")


def _outcome(student: Student, function: str) -> str:
    try:
        student.call(function, [], {})
    except CallFailed as failure:
        return failure.outcome
    return "passed"
