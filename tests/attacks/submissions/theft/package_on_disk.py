"""Attack: The checks and the fingerprints are looked for beside the worker."""

import sys
from pathlib import Path

worker = Path(sys.modules["__main__"].__file__)
kit = worker.parents[2]
for path in (kit / "solutions" / "linear_svm.py", kit / "autograder" / "checks" / "linear_svm.py"):
    try:
        exec(path.read_text(), globals())
    except Exception:
        pass
