"""What works on this machine: each answer comes from trying it, not from looking for a file."""

import contextlib
import importlib.metadata
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import datasets
from autograder.errors import UserError
from autograder.kit import find_kit
from autograder.probe import try_isolation
from autograder.sandbox.isolation import Isolation
from autograder.stage import read_stages

PACKAGES = ("numpy", "pytest", "matplotlib", "pydantic", "msgpack")
ISOLATIONS: tuple[Isolation, ...] = ("process", "strict")
OPTIONAL = {"nbgrader": "notebooks", "jupytext": "notebooks", "scikit-learn": "referees"}


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
    yield from _sandbox(kit)


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


def _sandbox(option: Path | None) -> Iterator[Finding]:
    hidden = [str(Path(__file__).parent / "checks"), str(Path.home())]
    with contextlib.suppress(UserError):
        hidden.append(str(find_kit(option) / "solutions"))
    for isolation in ISOLATIONS:
        for what, holds, detail in try_isolation(isolation, hidden):
            yield Finding(what, holds, detail)
