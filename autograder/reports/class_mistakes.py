"""The known mistakes of a class, the most frequent first, and who made them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from autograder.reports.class_summary import StageSummary
from autograder.stage import Stage


@dataclass(frozen=True)
class MistakeSummary:
    """One known mistake in all functions of a stage in which it was made.

    Attributes
    ----------
    stage : Stage
        Where it was made.
    explanation : str
        What the reports say of it; empty if they name it without a word.
    judged : int
        Number of graded submissions of the stage.
    ids : dict of str to None
        Its ids, one for each function, and those of mistakes that no check can tell from it.
    students : dict of str to str
        Who made it, sorted, and in which of the functions first.
    """

    stage: Stage
    explanation: str
    judged: int
    ids: dict[str, None] = field(default_factory=dict)
    students: dict[str, str] = field(default_factory=dict)

    @property
    def functions(self) -> list[str]:
        """The functions in which it was made, in the order of the stage."""
        named = {id_.split(".")[0] for id_ in self.ids}
        return [part.name for part in self.stage.functions if part.name in named]


def frequent_mistakes(summaries: Iterable[StageSummary]) -> list[MistakeSummary]:
    """List the known mistakes of all stages; of equally frequent ones the earlier stage's first."""
    found = [mistake for summary in summaries for mistake in _mistakes(summary)]
    return sorted(found, key=lambda mistake: -len(mistake.students))


def _mistakes(summary: StageSummary) -> Iterable[MistakeSummary]:
    """Collect those of a stage: what is explained alike is one mistake, in whatever function."""
    found: dict[str | tuple[str, ...], MistakeSummary] = {}
    for report in summary.graded:
        for part in report.functions:
            wrong = [check for check in part.checks if check.mistakes]
            for named in dict.fromkeys(n for check in wrong for n in check.named_mistakes):
                key = named.said or named.ids
                mistake = found.setdefault(
                    key, MistakeSummary(summary.stage, named.said, len(summary.graded))
                )
                mistake.ids.update(dict.fromkeys(named.ids))
                mistake.students.setdefault(report.student, part.name)
    return found.values()
