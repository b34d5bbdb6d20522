"""What of the kit a report depends on, as hashes: where all are equal, the grades are."""

import functools
import hashlib
import platform
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autograder import __version__
from autograder.stage import Stage, stage_folder

# Rooms of the package that grading enters nowhere: what is shown and handed on, and to whom.
NOT_GRADING = {
    *(
        "ci",
        "cli",
        "export",
        "gradescope",
        "magic",
        "regrade",
        "reports",
        "rules",
        "similar",
        "watch",
    )
}

_CHECKS_IMPORTED = re.compile(r"^\s*(?:from|import) autograder\.checks\.(\w+)", re.MULTILINE)


class _File(NamedTuple):
    """One file of the package."""

    digest: str
    imports: frozenset[str]  # modules of autograder.checks


def kit_inputs(kit: Path, stage: Stage) -> dict[str, str]:
    """Name all of the kit that the reports of one stage depend on.

    A check of another stage is not in it: where that is changed, these reports stay.

    Returns
    -------
    dict of str to str
        File -> its hash; and the versions of the kit, NumPy and Python.
    """
    found = {"kit": __version__, "NumPy": np.__version__, "Python": platform.python_version()}
    found |= {f"autograder/{path}": digest for path, digest in _package_for(stage.name).items()}
    for path in (
        stage_folder(kit, stage) / "stage.toml",
        kit / "solutions" / f"{stage.name}.py",
        kit / "solutions" / "mistakes" / f"{stage.name}.py",
    ):
        if path.exists():
            found[path.relative_to(kit).as_posix()] = _digest(path.read_bytes())
    return found


def hash_of(inputs: Mapping[str, str]) -> str:
    """Return one hash of names and values."""
    lines = (f"{name} {value}\n" for name, value in sorted(inputs.items()))
    return _digest("".join(lines).encode())


def kit_version(kit: Path, stages: Iterable[Stage]) -> str:
    """Name the kit and what it runs on, for people; two names are equal if the hashes are."""
    whole = hash_of({stage.name: hash_of(kit_inputs(kit, stage)) for stage in stages})
    return (
        f"kit {__version__} ({whole[:16]}, NumPy {np.__version__}, "
        f"Python {platform.python_version()})"
    )


def _package_for(stage: str) -> dict[str, str]:
    """Return the files of the package, without those that are for other stages' checks alone."""
    files = _package()
    reached = {"__init__", stage}
    for path, file in files.items():
        if not path.startswith("checks/"):
            reached |= file.imports
    waiting = sorted(reached)
    while waiting:
        file = files.get(f"checks/{waiting.pop()}.py", _File("", frozenset()))
        waiting += file.imports - reached
        reached |= file.imports
    others = {path for path in files if path.startswith("checks/")}
    others -= {f"checks/{name}.py" for name in reached}
    return {path: file.digest for path, file in files.items() if path not in others}


@functools.cache  # a process grades with the code that it has imported, whatever is written later
def _package() -> dict[str, _File]:
    package = Path(__file__).parent
    files = {}
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        if inside.parts[0] not in NOT_GRADING:
            content = path.read_bytes()
            imports = frozenset(_CHECKS_IMPORTED.findall(content.decode()))
            files[inside.as_posix()] = _File(_digest(content), imports)
    return files


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
