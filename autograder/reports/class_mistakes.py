"""The known mistakes of a class, the most frequent first, and who made them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.report import NamedMistake
from autograder.reports.class_summary import StageSummary
from autograder.stage import Stage


@dataclass(frozen=True)
class MistakeSummary:
    """One known mistake, or several that no check can tell apart.

    Attributes
    ----------
    stage : Stage
        Where it was made.
    function : str
        In which function.
    ids : tuple of str
        Its ids.
    explanation : str
        What the reports say of it; empty if they name it without a word.
    students : list of str
        Who made it, sorted.
    judged : int
        Number of graded submissions of the stage.
    """

    stage: Stage
    function: str
    ids: tuple[str, ...]
    explanation: str
    students: list[str]
    judged: int


def frequent_mistakes(summaries: Iterable[StageSummary]) -> list[MistakeSummary]:
    """List the known mistakes of all stages; of equally frequent ones the earlier stage's first."""
    found = [mistake for summary in summaries for mistake in _mistakes(summary)]
    return sorted(found, key=lambda mistake: -len(mistake.students))


def _mistakes(summary: StageSummary) -> Iterator[MistakeSummary]:
    """Yield those of a stage, in the order of its functions."""
    texts: dict[str, dict[tuple[str, ...], str]] = {f.name: {} for f in summary.stage.functions}
    students: dict[tuple[str, ...], list[str]] = {}
    for report in summary.graded:
        for part in report.functions:
            known = [named for check in part.checks for named in check.named_mistakes]
            told = texts.get(part.name, {})
            for ids, text in known:
                told[ids] = told.get(ids) or text
            for ids in dict.fromkeys(named.ids for named in known):
                students.setdefault(ids, []).append(report.student)
    for function, told in texts.items():
        for ids, text in told.items():
            yield MistakeSummary(
                summary.stage, function, ids, text, students[ids], len(summary.graded)
            )
