"""Keep the record of runs in RESULTS: read it before a run, write it behind the last report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.files import write_whole
from autograder.regrade.ledger import ledger_of, read_ledger, write_ledger
from autograder.regrade.moves import Regrade, compare
from autograder.report import Report

NAME = "regrade.json"


class Record:
    """What was given before this run, and what this one changes.

    Parameters
    ----------
    results : Path
        RESULTS, before anything of this run is written.
    inputs : mapping of str to mapping
        Stage -> what its reports depend on, in the order of the course.
    """

    def __init__(self, results: Path, inputs: Mapping[str, Mapping[str, str]]):
        self._results, self._inputs = results, inputs
        self._before = read_ledger(results)
        self._graded_anew: Counter[str] = Counter()

    def count(self, stage: str, fresh: bool) -> None:
        """Count a report that was made now, or by an earlier run."""
        self._graded_anew[stage] += fresh

    def left_out(self) -> list[str]:
        """Say which stages of the run before are not in this one, and so not in the grades."""
        stages = self._before.stages if self._before else {}
        return [
            f"{stage} was graded before and is in grades.csv no more: name it by --stage, too"
            for stage in stages
            if stage not in self._inputs
        ]

    def finish(self, reports: Sequence[Report]) -> Regrade | None:
        """Compare with the last finished run, if there is one, and take its place."""
        ledger = ledger_of(reports, self._inputs)
        regrade = None
        if self._before:
            regrade = compare(self._before, ledger, self._graded_anew, list(self._inputs))
            if regrade.tells:
                write_whole(
                    self._results / NAME, regrade.model_dump_json(indent=1, by_alias=True) + "\n"
                )
        write_ledger(self._results, ledger, self._before)
        return regrade
