"""RESULTS/ledger.json: what the last finished run gave, and what that depended on.

It is written last of all. So a run that is stopped is compared as part of the next one, with the
last that was finished, and no move of points is lost.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.files import write_whole
from autograder.report import Final, Report

NAME = "ledger.json"


class CheckEntry(BaseModel):
    """What one check gave."""

    outcome: str
    points: float


class Entry(BaseModel):
    """One student's stage.

    Attributes
    ----------
    points : float
        What the checks gave.
    final : Final or None
        What the rules of the course made of that.
    submission_sha256 : str
        What was handed in.
    failed : dict of str to CheckEntry
        The checks that did not pass.
    """

    points: float
    final: Final | None = None
    submission_sha256: str = ""
    failed: dict[str, CheckEntry] = {}

    @property
    def counted(self) -> float | None:
        """The points that count; None if the student is excused."""
        return self.points if self.final is None else self.final.points


class StageLedger(BaseModel):
    """One stage.

    Attributes
    ----------
    inputs : dict of str to str
        All that its reports depend on besides the submissions: file or name -> hash or version.
    checks : dict of str to float
        Check -> what it is worth.
    students : dict of str to Entry
        What was given to whom.
    """

    inputs: dict[str, str] = {}
    checks: dict[str, float] = {}
    students: dict[str, Entry] = {}

    @property
    def max_points(self) -> float:
        """What it is worth, with written questions."""
        finals = [entry.final.max_points for entry in self.students.values() if entry.final]
        return max(finals, default=round(sum(self.checks.values()), 2))

    def check(self, student: str, check: str) -> CheckEntry | None:
        """Return what a check gave; None if there was no such check."""
        if check not in self.checks:
            return None
        passed = CheckEntry(outcome="passed", points=self.checks[check])
        return self.students[student].failed.get(check, passed)


class Ledger(BaseModel):
    """What a run gave, stage by stage."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: Annotated[Literal[1], Field(alias="schema")]
    stages: dict[str, StageLedger] = {}


def ledger_of(reports: Iterable[Report], inputs: Mapping[str, Mapping[str, str]]) -> Ledger:
    """Enter the reports of a run.

    Parameters
    ----------
    reports : iterable of Report
        Of the whole class.
    inputs : mapping of str to mapping
        Stage -> what its reports depend on, see `StageLedger`.
    """
    stages = {stage: StageLedger(inputs=dict(of)) for stage, of in inputs.items()}
    for report in reports:
        stage = stages.setdefault(report.stage, StageLedger())
        checks = [check for part in report.functions for check in part.checks]
        stage.checks |= {check.id: check.max_points for check in checks}
        stage.students[report.student] = Entry(
            points=report.points,
            final=report.final,
            submission_sha256=report.submission_sha256,
            failed={
                check.id: CheckEntry(outcome=check.outcome, points=check.points)
                for check in checks
                if check.outcome != "passed"
            },
        )
    return Ledger(schema_=1, stages=stages)


def write_ledger(results: Path, ledger: Ledger, before: Ledger | None) -> None:
    """Write what a run gave; stages that it left out keep what an earlier one gave."""
    kept = before.stages if before else {}
    whole = Ledger(schema_=1, stages=kept | ledger.stages)
    text = whole.model_dump_json(indent=1, by_alias=True, exclude_defaults=True)
    write_whole(results / NAME, text + "\n")


def read_ledger(results: Path) -> Ledger | None:
    """Read what the last finished run gave, or None if there is nothing that can be read.

    Reports of a kit that kept no ledger are entered as they are found, without those that are
    missing or damaged.
    """
    try:
        return Ledger.model_validate_json((results / NAME).read_bytes())
    except (OSError, ValidationError):
        return _of_reports(results)


class _Run(BaseModel):
    """What is used of an earlier run.json, whatever it lacks."""

    students: dict[str, str] = {}
    stages: list[str] = []
    kit_version: str = ""
    numpy: str = ""
    python: str = ""
    isolation: str = ""
    secret_scrypt: str = ""


def _of_reports(results: Path) -> Ledger | None:
    if not (results / "grades.csv").is_file():  # no run was finished
        return None
    try:
        run = _Run.model_validate(json.loads((results / "run.json").read_bytes()))
    except (OSError, ValueError):  # a ValidationError is a ValueError, too
        return None
    known = {"kit": run.kit_version, "NumPy": run.numpy, "Python": run.python}
    known |= {"secret": run.secret_scrypt, "isolation": run.isolation}
    known = {name: value for name, value in known.items() if value}
    reports = []
    for folder in run.students.values():
        for stage in run.stages:
            try:
                content = (results / folder / f"{stage}.json").read_bytes()
                reports.append(Report.model_validate_json(content))
            except (OSError, ValueError):
                continue
    return ledger_of(reports, dict.fromkeys(run.stages, known)) if reports else None
