"""Grade every known mistake of a stage as a submission, and print which checks catch it.

Run by hand: ``python -m tests.mistakes STAGE [ID ...]``; the suite asserts the same.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.expected import Reference
from autograder.grading import grade
from autograder.report import Report
from autograder.stage import find_stage
from autograder.submission import Submission

KIT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Mistake:
    """One known mistake: the reference with one function replaced by a wrong version.

    Attributes
    ----------
    found_by : str
        The one check that fails it although its values are right; "" where values tell.
    """

    id: str
    function: str
    explanation: str
    found_by: str
    hint: str
    submission: Submission


def mistakes(stage: str) -> Iterator[Mistake]:
    """Read solutions/mistakes/<stage>.py; each of its functions becomes a submission."""
    reference = (KIT / "solutions" / f"{stage}.py").read_text("utf-8")
    text = (KIT / "solutions" / "mistakes" / f"{stage}.py").read_text("utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and "__" in node.name:
            function, name = node.name.split("__", 1)
            body = ast.get_source_segment(text, node)
            source = f"{reference}\n\n{body}\n\n\n{function} = {node.name}\n"
            submission = Submission(node.name, stage, {f"{stage}.py": source.encode()})
            explanation, *notes = (ast.get_docstring(node) or "").split("\n\n")
            said = dict(note.split(": ", 1) for note in notes)
            yield Mistake(
                f"{function}.{name}",
                function,
                explanation,
                said.get("Found by", ""),
                said.get("Hint", ""),
                submission,
            )


def grade_mistake(mistake: Mistake, reference: Reference, secret: str | None = None) -> Report:
    """Grade one mistake; only its own function and those it uses are judged."""
    stage = find_stage(KIT, mistake.submission.stage)
    return grade(stage, mistake.submission, reference, secret, only=mistake.function)


def main(stage_name: str, *chosen: str) -> None:
    """Print one line a mistake, and what each failing check says."""
    reference = Reference(KIT, find_stage(KIT, stage_name))
    missed = total = 0
    for mistake in mistakes(stage_name):
        if chosen and mistake.id not in chosen:
            continue
        report = grade_mistake(mistake, reference)
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
