"""Grade every known mistake of a stage as a submission, and print which checks catch it.

Run by hand: ``python -m tests.mistakes STAGE [ID ...]``; the suite asserts the same.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from autograder import grading
from autograder.checks.collect import PUBLIC_SEED
from autograder.expected import Reference
from autograder.mistakes import KnownMistake, read_mistakes
from autograder.report import Report
from autograder.stage import find_stage, read_stages
from autograder.submission import Submission
from tests.launch import warm

KIT = Path(__file__).resolve().parent.parent
# Those whose right answers are known; of an open task tests/test_challenge.py sees to it.
CLOSED = [stage for stage in read_stages(KIT) if not stage.challenge]


def mistakes(stage: str) -> Iterator[tuple[KnownMistake, Submission]]:
    """Make a submission of each known mistake: the reference with one function replaced."""
    reference = (KIT / "solutions" / f"{stage}.py").read_text("utf-8")
    text = (KIT / "solutions" / "mistakes" / f"{stage}.py").read_text("utf-8")
    bodies = {
        node.name: ast.get_source_segment(text, node)
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }
    for mistake in read_mistakes(text):
        wrong = f"{bodies[mistake.code_name]}\n\n\n{mistake.function} = {mistake.code_name}"
        source = f"{reference}\n\n{wrong}\n".encode()
        yield mistake, Submission(mistake.id, stage, {f"{stage}.py": source})


def grade_mistake(
    mistake: KnownMistake, submission: Submission, reference: Reference, seed: str = PUBLIC_SEED
) -> Report:
    """Grade one mistake, on inputs of one seed; its own function and those it uses are judged.

    With a secret, `grade` would not get to its inputs: the public ones have shown the mistake.
    """
    stage = find_stage(KIT, submission.stage)
    with mock.patch.object(grading, "PUBLIC_SEED", seed):
        return grading.grade(stage, submission, reference, only=mistake.function, launch=warm())


def main(stage_name: str, *chosen: str) -> None:
    """Print one line a mistake, and what each failing check says."""
    reference = Reference(KIT, find_stage(KIT, stage_name))
    missed = total = 0
    for mistake, submission in mistakes(stage_name):
        if chosen and mistake.id not in chosen:
            continue
        report = grade_mistake(mistake, submission, reference)
        failed = [c for f in report.functions for c in f.checks if c.outcome != "passed"]
        total += 1
        missed += not failed
        print(f"{'caught' if failed else 'MISSED'} {mistake.id} ({report.duration_s} s)")
        for check in failed:
            print(f"    {check.id} {check.outcome}: {check.message}")
    print(f"{total} mistakes, {missed} missed")
    reference.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
