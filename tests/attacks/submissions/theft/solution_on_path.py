"""Attack: The reference solution is looked for on sys.path and above."""

import sys
from pathlib import Path


def take(source):
    """Define the functions of a stolen solution."""
    exec(source, globals())


places = [Path(entry) for entry in sys.path]
for place in [up for entry in places for up in (entry, *entry.parents)]:
    path = place / "solutions" / "linear_svm.py"
    try:
        take(path.read_text())
        break
    except OSError:
        pass
