"""Reports of a class of any size, as `grade` would write them, without grading anybody.

The students, their marks and their mistakes are drawn from a seed: some are better than others,
some functions are harder, wrong answers are known mistakes of the function as often as not, and a
few submissions can't be read, are killed or run out of time. Three checks of the first stage are at
fault: one refuses nearly all, one the better students, and one accepts whatever is handed in.
"""

import math
import random
from collections.abc import Iterable
from itertools import groupby

from autograder.checks.collect import StageCheck, collect
from autograder.folders import safe_names
from autograder.mistakes import KnownMistake, read_mistakes
from autograder.report import KNOWN_MISTAKE, CheckReport, FunctionReport, Outcome, Report
from autograder.reports.html import class_page
from autograder.stage import Function, Stage
from tests.mistakes import KIT

GIVEN = (
    "Ada",
    "Bruno",
    "Chloé",
    "Dalia",
    "Emeka",
    "Freya",
    "Goran",
    "Hana",
    "Ines",
    "Jonas",
    "Kavya",
)
FAMILY = ("Abe", "Berg", "Cruz", "Diaz", "Eze", "Fuchs", "Garcia", "Haddad", "Ito", "Jansen", "Öz")
UNREADABLE = "{}.py can't be read: line {} is no Python (a bracket is never closed)."
ENDED: dict[Outcome, str] = {
    "killed": "`{}` ended the process: it used more memory than the limit of 1 GB.",
    "timeout": "`{}` took longer than its limit of 10 s.",
    "error": "`{}` raised ValueError: operands could not be broadcast together.",
    "not_implemented": "`{}` is not implemented yet.",
}


def made_reports(count: int, stages: Iterable[Stage], seed: int = 0) -> list[Report]:
    """Make the reports of a class, one for each student and stage."""
    draw = random.Random(seed)
    students = [
        (f"{draw.choice(FAMILY)}, {draw.choice(GIVEN)} {i:04}", draw.gauss(1.5, 1))
        for i in range(count)
    ]
    reports = []
    for number, stage in enumerate(stages):
        makers = _makers(stage, draw)
        for student, ability in students:
            report = _report(student, ability, stage, makers, draw)
            if number == 0 and report.status == "graded":
                _be_at_fault(report, ability, draw)
            reports.append(report)
    return reports


def made_page(reports: list[Report], stages: list[Stage]) -> str:
    """Return the page of a class."""
    folders = safe_names(sorted({report.student for report in reports}))
    return class_page(reports, folders, stages, "strict", secret=True)


class _Maker:
    """Makes what a student of some ability gets for one function."""

    def __init__(
        self,
        function: Function,
        checks: list[StageCheck],
        mistakes: list[KnownMistake],
        draw: random.Random,
    ):
        self._function, self._checks = function, checks
        self._difficulty = draw.gauss(0, 1)
        self._hangs = 0.05 if draw.random() < 0.4 else 0
        # A known mistake fails the same checks, whoever makes it.
        self._mistakes = [
            (mistake, {check.id for check in draw.sample(checks, draw.randint(1, len(checks)))})
            for mistake in mistakes
        ]
        self._popularity = [1 / (i + 1) for i in range(len(mistakes))]

    def make(self, ability: float, draw: random.Random) -> FunctionReport:
        chance = 1 / (1 + math.exp(self._difficulty - ability))
        if draw.random() < chance:
            return self._part([self._check(check, "passed", draw) for check in self._checks])
        kinds: list[Outcome] = ["failed", "not_implemented", "error", "timeout", "killed"]
        (kind,) = draw.choices(kinds, [0.8, 0.1, 0.06, self._hangs, 0.01])
        if kind != "failed":
            said = ENDED[kind].format(self._function.name)
            return self._part([self._check(check, kind, draw, said) for check in self._checks])
        if not self._mistakes or draw.random() < 0.4:
            failing = {check.id for check in self._checks if draw.random() < 0.5}
            return self._part([self._wrong(check, failing, draw) for check in self._checks])
        ((mistake, fails),) = draw.choices(self._mistakes, self._popularity)
        return self._part([self._wrong(check, fails, draw, mistake) for check in self._checks])

    def _part(self, checks: list[CheckReport]) -> FunctionReport:
        return FunctionReport(
            name=self._function.name,
            points=round(sum(check.points for check in checks), 2),
            max_points=self._function.points,
            checks=checks,
        )

    def _wrong(
        self,
        check: StageCheck,
        failing: set[str],
        draw: random.Random,
        mistake: KnownMistake | None = None,
    ) -> CheckReport:
        if check.id not in failing:
            return self._check(check, "passed", draw)
        said = f"{check.function}(…)[0, 0] should be 4.7552, but is 2.90193."
        if not mistake:
            return self._check(check, "failed", draw, said)
        said += f" {KNOWN_MISTAKE} {mistake.explanation} {mistake.hint}"
        return self._check(check, "failed", draw, said, mistake)

    def _check(
        self,
        check: StageCheck,
        outcome: Outcome,
        draw: random.Random,
        message: str = "",
        mistake: KnownMistake | None = None,
    ) -> CheckReport:
        return CheckReport(
            id=check.id,
            title=check.title,
            visibility="public" if check.fixed else "hidden",
            outcome=outcome,
            points=check.points if outcome == "passed" else 0,
            max_points=check.points,
            message=message,
            mistakes=[mistake.id] if mistake else [],
            duration_s=10.0 if outcome == "timeout" else round(draw.lognormvariate(-5, 1), 4),
        )


def _makers(stage: Stage, draw: random.Random) -> list[_Maker]:
    source = (KIT / "solutions" / "mistakes" / f"{stage.name}.py").read_text("utf-8")
    known = read_mistakes(source)
    checks = {name: list(own) for name, own in groupby(collect(stage), lambda c: c.function)}
    return [
        _Maker(
            function, checks[function.name], [m for m in known if m.function == function.name], draw
        )
        for function in stage.functions
    ]


def _report(
    student: str, ability: float, stage: Stage, makers: list[_Maker], draw: random.Random
) -> Report:
    parts = [maker.make(ability, draw) for maker in makers]
    reason = UNREADABLE.format(stage.name, draw.randint(2, 90)) if draw.random() < 0.02 else ""
    if reason:
        parts = [_unread(part, reason) for part in parts]
    return Report(
        student=student,
        stage=stage.name,
        status="unreadable" if reason else "graded",
        reason=reason,
        points=round(sum(part.points for part in parts), 2),
        max_points=stage.max_points,
        functions=parts,
        kit_version="0.1.0",
    )


def _be_at_fault(report: Report, ability: float, draw: random.Random) -> None:
    """Judge by three checks that are at fault, the first of three functions."""
    passes = (draw.random() < 0.03, ability < 1 or draw.random() < 0.3, True)
    for part, right in zip(report.functions, passes, strict=False):
        check = part.checks[0]
        if check.outcome != "not_implemented":
            check.outcome, check.points = ("passed", check.max_points) if right else ("failed", 0)
            check.message, check.mistakes = ("", []) if right else ("It differs.", [])
            part.points = round(sum(check.points for check in part.checks), 2)
    report.points = round(sum(part.points for part in report.functions), 2)


def _unread(part: FunctionReport, reason: str) -> FunctionReport:
    """Return what a function gets if the file can't be read."""
    nothing = {"outcome": "error", "points": 0, "message": reason, "mistakes": []}
    checks = [check.model_copy(update=nothing) for check in part.checks]
    return part.model_copy(update={"points": 0, "checks": checks})
