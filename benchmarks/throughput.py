"""How long does a submission take to grade? Ours beside others, on the same assignment.

    python -m benchmarks.throughput            the table, every grader in turn in one run
    python -m benchmarks.throughput --growth   ours from 10 to 1,000 submissions: time and memory

The assignment is svm_loss and the forward pass of a two-layer net, three graded tests, one of them
a hidden check of the gradient. All graders get the same students' functions, and must give the
same points. nbgrader and otter are found on PATH; who is not there is left out, and said so.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from benchmarks import kit_stage
from benchmarks.peers import nbgrader_course, otter_course, plain_pytest
from benchmarks.students import deserved, sources

JOBS = 2
OURS = "ours, strict, the same 3 checks"
Points = dict[str, float]


def main() -> None:
    """Print one of the two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--slow-submissions", type=int, default=20, help="for nbgrader and otter")
    parser.add_argument("--rounds", type=int, default=3, help="of all but nbgrader and otter")
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        if options.growth:
            growth(Path(folder))
        else:
            table(Path(folder), options.submissions, options.slow_submissions, options.rounds)


def table(folder: Path, count: int, few: int, rounds: int) -> None:
    """Time each grader on the same class."""
    students, first = sources(count), sources(few)
    kit_stage.make(folder / "kit", students)
    plain_pytest.make(folder / "pytest", students)
    ours, plain = folder / "kit", folder / "pytest"
    quick: dict[str, Callable[[], Points]] = {
        OURS: lambda: kit_stage.grade(ours, "same", "strict"),
        "ours, process, the same 3 checks": lambda: kit_stage.grade(ours, "same", "process"),
        "ours, strict, all 9 checks": lambda: kit_stage.grade(ours, "all", "strict"),
        "plain pytest, two at a time": lambda: _each(plain_pytest, plain, students, JOBS),
    }
    seconds: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, run in quick.items():
            due = None if "all" in name else students  # those are worth other points
            seconds.setdefault(name, []).append(_timed(run, due) / count)
    for name, run in (_nbgrader(folder / "nbgrader", first) | _otter(folder, first)).items():
        seconds[name] = [_timed(run, first) / few]
    best = statistics.median(seconds[OURS])
    print(f"{'grader':40} {'ms a submission':>16} {'times ours':>11}")
    for name, each in seconds.items():
        middle = statistics.median(each)
        print(f"{name:40} {middle * 1e3:16.1f} {middle / best:11.1f}")


def _nbgrader(folder: Path, students: dict[str, str]) -> dict[str, Callable[[], Points]]:
    """Lay out courses with the class, and with its halves, to be graded by as many processes."""
    if not shutil.which("nbgrader"):
        print("nbgrader is not on PATH: left out")
        return {}
    names = sorted(students)
    parts = {"whole": names, "even": names[::2], "odd": names[1::2]}
    for part, these in parts.items():
        nbgrader_course.make(folder / part, {name: students[name] for name in these})

    def grade(*courses: str) -> Points:
        with ThreadPoolExecutor(len(courses)) as pool:
            found = pool.map(lambda course: nbgrader_course.autograde(folder / course), courses)
            return {name: points for part in found for name, points in part.items()}

    return {
        "nbgrader autograde": lambda: grade("whole"),
        "nbgrader autograde, half in each of two": lambda: grade("even", "odd"),
    }


def _otter(folder: Path, students: dict[str, str]) -> dict[str, Callable[[], Points]]:
    if not shutil.which("otter"):
        print("otter is not on PATH: left out")
        return {}
    once, again = folder / "otter", folder / "otter, two at a time"
    for place in (once, again):
        otter_course.make(place, students)
    return {
        "otter run": lambda: _each(otter_course, once, students, 1),
        "otter run, two at a time": lambda: _each(otter_course, again, students, JOBS),
    }


def growth(folder: Path) -> None:
    """Time ours on classes of growing size."""
    print(f"{'submissions':>11} {'seconds':>8} {'ms each':>8} {'largest process, MB':>20}")
    for count in (10, 30, 100, 300, 1000):
        place = folder / str(count)
        kit_stage.make(place, sources(count))
        begin = time.perf_counter()
        points = kit_stage.grade(place, "same", "strict")
        seconds = time.perf_counter() - begin
        _must_be_right(points, sources(count))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{count:11} {seconds:8.2f} {seconds / count * 1e3:8.1f} {peak:20.0f}", flush=True)


def _timed(run: Callable[[], Points], students: dict[str, str] | None) -> float:
    """Time a grader, and look at its points if the students are given."""
    begin = time.perf_counter()
    points = run()
    seconds = time.perf_counter() - begin
    if students:
        _must_be_right(points, students)
    return seconds


def _must_be_right(points: Points, students: dict[str, str]) -> None:
    for name, source in students.items():
        due = deserved(source)
        if points[name] != due:
            raise SystemExit(f"{name} got {points[name]} points, but deserves {due}")


class OneByOne(Protocol):
    """A grader that is started anew for each submission."""

    def command(self, folder: Path, student: str) -> list[str]: ...

    def points(self, folder: Path, student: str) -> float: ...


def _each(grader: OneByOne, folder: Path, students: dict[str, str], jobs: int) -> Points:
    """Start one process a submission, so many at a time."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def one(name: str) -> float:
        command = grader.command(folder, name)
        subprocess.run(command, capture_output=True, env=environment, check=False)
        return grader.points(folder, name)

    with ThreadPoolExecutor(jobs) as pool:
        return dict(zip(students, pool.map(one, students), strict=True))


if __name__ == "__main__":
    main()
