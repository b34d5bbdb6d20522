"""Judge the checks themselves: which known mistakes and mutants they catch, name and show.

Run by hand: ``python -m tests.judgement [STAGE ...]`` prints the table of these stages, or of all
(some minutes); the suite asserts the same.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from autograder.checks.collect import PUBLIC_SEED
from autograder.diagnosis import Diagnosis
from autograder.expected import Reference
from autograder.mistakes import KnownMistake
from autograder.sandbox.student import Student
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.launch import warm
from tests.mistakes import CLOSED, KIT, grade_mistake, mistakes
from tests.mutants import mutants, survives
from tests.test_mutants import EQUIVALENT

SECRET = "a seed that nobody knows"
HEADINGS = (
    "mistakes",
    "caught",
    "named",
    "misnamed",
    "shown small",
    "mutants",
    "caught",
    "equivalent",
    "missed",
)


class Judged(NamedTuple):
    """What became of one known mistake.

    Attributes
    ----------
    named : set of str
        Ids that the diagnosis named on secret inputs.
    example : str
        The smallest example.
    """

    mistake: KnownMistake
    named: set[str]
    example: str

    @property
    def right(self) -> bool:
        """Whether it was named, perhaps with its twin."""
        return self.mistake.id in self.named

    @property
    def wrong(self) -> bool:
        """Whether something else was named."""
        return bool(self.named) and not self.right


def judged(stage_name: str) -> Iterator[Judged]:
    """Diagnose every known mistake of a stage, through the sandbox."""
    stage = find_stage(KIT, stage_name)
    reference = Reference(KIT, stage)
    diagnosis = Diagnosis(stage, reference)
    for mistake, submission in mistakes(stage_name):
        yield Judged(mistake, *_diagnosed(mistake, submission, diagnosis))
    reference.close()


def caught(stage_name: str) -> int:
    """Count the known mistakes of a stage that lose points on public inputs and on secret ones."""
    reference = Reference(KIT, find_stage(KIT, stage_name))
    graded = [
        [grade_mistake(*pair, reference, seed) for seed in (PUBLIC_SEED, SECRET)]
        for pair in mistakes(stage_name)
    ]
    reference.close()
    return sum(all(r.points < r.max_points for r in reports) for reports in graded)


def _diagnosed(
    mistake: KnownMistake, submission: Submission, diagnosis: Diagnosis
) -> tuple[set[str], str]:
    student = Student(submission.files, find_stage(KIT, submission.stage), warm())
    failed = [mistake.found_by] if mistake.found_by else []
    named = diagnosis.mistakes(mistake.function, student, SECRET, failed)
    example = diagnosis.example(mistake.function, student)
    student.close()
    return {one.id for twins in named for one in twins}, example


def _row(stage: str) -> list[int]:
    results = list(judged(stage))
    own = list(mutants(stage))
    alive = {mutant.id for mutant in own if survives(mutant)}
    equivalent = EQUIVALENT.get(stage, {}).keys()
    return [
        len(results),
        caught(stage),
        sum(result.right for result in results),
        sum(result.wrong for result in results),
        sum(bool(result.example) for result in results),
        len(own),
        len(own) - len(alive),
        len(alive & equivalent),
        len(alive - equivalent),
    ]


def main(*chosen: str) -> None:
    """Print the table of some stages, or of all."""
    table = Table("stage", box=None)
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    stages = list(chosen) or [stage.name for stage in CLOSED]
    with ProcessPoolExecutor(2) as pool:
        rows = list(pool.map(_row, stages))
    for stage, row in zip(stages, rows, strict=True):
        table.add_row(stage, *map(str, row))
    if not chosen:
        table.add_row("all", *(str(sum(column)) for column in zip(*rows, strict=True)))
    Console(width=120).print(table)


if __name__ == "__main__":
    main(*sys.argv[1:])
