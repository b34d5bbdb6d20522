"""Judge right solutions in other styles with many seeds: a check that fails one is at fault.

Run by hand: ``python -m tests.false_failures STAGE [VARIANT ...] --seeds 200``; the suite asserts
the same with a few seeds.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from autograder.checks.collect import PUBLIC_SEED, collect
from autograder.checks.compare import CheckFailed
from autograder.expected import Reference
from autograder.grading import StudentCalls
from autograder.sandbox.student import CallFailed, Student
from autograder.stage import Stage, find_stage
from autograder.submission import Submission
from tests.mistakes import KIT

VARIANTS = KIT / "tests" / "variants"


class Failure(NamedTuple):
    """A check that failed a right solution."""

    seed: str
    check: str
    message: str


def variants(stage: str) -> list[Path]:
    """Find the right solutions of a stage."""
    return sorted((VARIANTS / stage).glob("*.py"))


def submission_of(path: Path) -> Submission:
    """Make a submission of a variant: its file, under the stage's name."""
    stage = path.parent.name
    return Submission(path.stem, stage, {f"{stage}.py": path.read_bytes()})


def secrets(count: int) -> list[str]:
    """Make seeds like an instructor's."""
    return [f"secret {i}" for i in range(count)]


def failures(
    stage: Stage, path: Path, expected: Reference, seeds: Iterable[str]
) -> Iterator[Failure]:
    """Run every check of a stage on one variant with each seed, in one worker.

    A check whose inputs are fixed runs with the first seed alone.
    """
    day = stage.limits.model_copy(update={"submission_seconds": 24 * 3600})
    student = Student(submission_of(path).files, stage.model_copy(update={"limits": day}))
    calls = StudentCalls(student)
    checks = collect(stage)
    try:
        for number, seed in enumerate(seeds):
            for check in checks:
                if check.fixed and number:
                    continue
                try:
                    check.run(calls, expected, seed)
                except (CheckFailed, CallFailed) as failure:
                    yield Failure(seed, check.id, str(failure))
                except Exception as error:  # a value of a form that no check foresaw
                    yield Failure(seed, check.id, f"{type(error).__name__}: {error}")
    finally:
        student.close()


def _judge(stage_name: str, count: int, path: Path) -> list[Failure]:
    stage = find_stage(KIT, stage_name)
    expected = Reference(KIT, stage)
    try:
        return list(failures(stage, path, expected, [PUBLIC_SEED, *secrets(count)]))
    finally:
        expected.close()


def main() -> int:
    """Print one line a variant, and what each failing check says; 1 if there is any."""
    parser = argparse.ArgumentParser(prog="python -m tests.false_failures", description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("variant", nargs="*", help="stems of files; all of the stage's if none")
    parser.add_argument("--seeds", type=int, default=200, help="besides the public one (200)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    options = parser.parse_args()
    paths = [
        path
        for path in variants(options.stage)
        if not options.variant or path.stem in options.variant
    ]
    total = 0
    print(f"{'variant':24} {'seeds':>6} {'failures':>9}")
    with ProcessPoolExecutor(options.jobs) as pool:
        judge = partial(_judge, options.stage, options.seeds)
        for path, found in zip(paths, pool.map(judge, paths), strict=True):
            total += len(found)
            print(f"{path.stem:24} {options.seeds + 1:6} {len(found):9}", flush=True)
            for failure in found:
                print(f"    {failure.seed}: {failure.check}: {failure.message}")
    print(f"{len(paths)} variants, {total} false failures")
    return int(not paths or total > 0)


if __name__ == "__main__":
    sys.exit(main())
