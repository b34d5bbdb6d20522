"""What of the kit a report depends on, as a hash: two that are equal give equal grades."""

import functools
import hashlib
import platform
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from autograder import __version__
from autograder.stage import Stage, stage_folder


def kit_hash(kit: Path, stages: Iterable[Stage]) -> str:
    """Hash all of the kit that a report depends on: a changed check is a reason to grade anew."""
    digest = hashlib.sha256(_package())
    for stage in stages:
        for path in (
            stage_folder(kit, stage) / "stage.toml",
            kit / "solutions" / f"{stage.name}.py",
            kit / "solutions" / "mistakes" / f"{stage.name}.py",
        ):
            if path.exists():
                digest.update(path.read_bytes())
    return digest.hexdigest()


def kit_version(kit: Path, stages: Iterable[Stage]) -> str:
    """Name the kit and what it runs on, for people; two names are equal if the hashes are."""
    return (
        f"kit {__version__} ({kit_hash(kit, stages)[:16]}, NumPy {np.__version__}, "
        f"Python {platform.python_version()})"
    )


@functools.cache  # a process grades with the code that it has imported, whatever is written later
def _package() -> bytes:
    digest = hashlib.sha256(f"{__version__} {np.__version__} {platform.python_version()}".encode())
    package = Path(__file__).parent
    for path in sorted(path for path in package.rglob("*.py") if "reports" not in path.parts):
        digest.update(path.read_bytes())
    return digest.digest()
