"""Measure how long `autograder check` takes before its first check runs.

    python benchmarks/import_time.py [RUNS]

The best of some runs, each in a new process, beside what no check can do without. Bytecode is kept
between the runs, as it is where the package is installed.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KIT = Path(__file__).parents[1]
UNTIL_THE_CHECKS = """
import os, sys
import autograder.checking
autograder.checking.grade = lambda *_, **__: os._exit(0)
from autograder.__main__ import main
sys.argv = ["autograder", "check", "linear_svm", "--dir", "starter"]
main()
"""
PROGRAMS = {
    "Python alone": "pass",
    "import numpy": "import numpy",
    "import numpy, pytest": "import numpy, pytest",
    "autograder check, until the first check": UNTIL_THE_CHECKS,
}


def seconds(program: str, bytecode: str) -> float:
    """Run a program in a new process, with its bytecode in a folder; return its wall time."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], cwd=KIT, env=environment, check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print a table; the programs take turns, so that a busy moment hits all alike."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as bytecode:
        for _ in range(runs):
            for name, program in PROGRAMS.items():
                times[name].append(seconds(program, bytecode))
    for name, measured in times.items():
        print(f"{name:40} {min(measured):6.3f} s")


if __name__ == "__main__":
    main()
