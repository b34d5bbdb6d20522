"""Compare two runs: whose points moved, from what to what, by which checks, and why."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from autograder.regrade.ledger import CheckEntry, Entry, Ledger, StageLedger
from autograder.report import Step
from autograder.reports.words import STEPS, change_text, final_text, points_text
from autograder.submission.names import listed

NO_RECORD = "the earlier run has kept no record of the kit's files, which may have changed"
NO_REASON = (
    "submission, kit and secret are the same: a limit of time or memory, or chance in the "
    "submission, plays a part"
)


class CheckMove(BaseModel):
    """A check that gave something else; None where there was, or is, no such check."""

    id: str
    before: CheckEntry | None
    after: CheckEntry | None


class Move(BaseModel):
    """One student's stage whose points moved.

    Attributes
    ----------
    before, after : Entry
        What was given, and what is given now.
    checks : list of CheckMove
        The checks that gave something else.
    why : list of str
        What is not as it was.
    """

    student: str
    stage: str
    before: Entry
    after: Entry
    checks: list[CheckMove]
    why: list[str]


class Regrade(BaseModel):
    """What a run has changed against the last that was finished.

    Attributes
    ----------
    changed : dict of str to list of str
        Stage -> the files and settings that are not as they were.
    graded_anew, kept : dict of str to int
        Stage -> reports that were made now, and that an earlier run has made.
    moved : list of Move
        By student, then by stage.
    maximum : dict of str to (float, float)
        Stage -> what it was worth and is worth now, where that differs.
    new, gone : list of (str, str)
        Students and stages that only this run has, or only the last one.
    """

    model_config = ConfigDict(populate_by_name=True)

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    changed: dict[str, list[str]]
    graded_anew: dict[str, int]
    kept: dict[str, int]
    moved: list[Move]
    maximum: dict[str, tuple[float, float]]
    new: list[tuple[str, str]]
    gone: list[tuple[str, str]]

    @property
    def tells(self) -> bool:
        """Whether any points, or what they are of, are not as they were."""
        return bool(self.moved or self.maximum or self.new or self.gone)


def compare(
    before: Ledger, after: Ledger, graded_anew: Mapping[str, int], stages: Sequence[str]
) -> Regrade:
    """Compare two runs in the stages of the later one.

    Parameters
    ----------
    before, after : Ledger
        The last finished run, and this one.
    graded_anew : mapping of str to int
        Stage -> how many reports were made now.
    stages : sequence of str
        The stages of this run, in the order of the course.
    """
    pairs = [(name, before.stages.get(name), after.stages[name]) for name in stages]
    earlier = {(student, name) for name, was, _ in pairs if was for student in was.students}
    now = {(student, name) for name, _, is_ in pairs for student in is_.students}
    moved = [
        _move(student, name, was, is_)
        for name, was, is_ in pairs
        if was
        for student in is_.students.keys() & was.students.keys()
        if _differs(was.students[student], is_.students[student])
    ]
    order = {name: number for number, name in enumerate(stages)}
    return Regrade(
        changed={name: _changed(was, is_) for name, was, is_ in pairs if was},
        graded_anew={name: graded_anew.get(name, 0) for name in stages},
        kept={name: len(is_.students) - graded_anew.get(name, 0) for name, _, is_ in pairs},
        moved=sorted(moved, key=lambda move: (move.student, order[move.stage])),
        maximum={
            name: (was.max_points, is_.max_points)
            for name, was, is_ in pairs
            if was and was.max_points != is_.max_points
        },
        new=sorted(now - earlier, key=lambda pair: (pair[0], order[pair[1]])),
        gone=sorted(earlier - now, key=lambda pair: (pair[0], order[pair[1]])),
    )


def _differs(was: Entry, is_: Entry) -> bool:
    return (was.points, was.counted) != (is_.points, is_.counted)


def _changed(was: StageLedger, is_: StageLedger) -> list[str]:
    """Name what a stage's reports depend on and is not as it was, the stage's own files first."""
    names = was.inputs.keys() | is_.inputs.keys()
    if not _has_files(was):
        names &= was.inputs.keys()
    differing = [name for name in names if was.inputs.get(name) != is_.inputs.get(name)]
    return sorted(differing, key=lambda name: (name.startswith("autograder/"), name))


def _has_files(ledger: StageLedger) -> bool:
    return any("/" in name for name in ledger.inputs)


def _move(student: str, stage: str, was: StageLedger, is_: StageLedger) -> Move:
    before, after = was.students[student], is_.students[student]
    ids = list(dict.fromkeys([*is_.checks, *was.checks]))
    pairs = [(id, was.check(student, id), is_.check(student, id)) for id in ids]
    checks = [CheckMove(id=id, before=b, after=a) for id, b, a in pairs if b != a]
    why = []
    if before.points != after.points or checks:
        if before.submission_sha256 != after.submission_sha256:
            why.append("the submission changed")
        if changed := _changed(was, is_):
            why.append(f"changed: {listed(changed)}")
        if not _has_files(was):
            why.append(NO_RECORD)
        why = why or [NO_REASON]
    return Move(
        student=student,
        stage=stage,
        before=before,
        after=after,
        checks=checks,
        why=[*why, *_rules_changed(before, after)],
    )


def _rules_changed(before: Entry, after: Entry) -> list[str]:
    """Tell in which steps of the course's rules the two differ."""
    if before.final and not after.final:
        return ["the rules of the course are not applied: no --course in this run"]
    if (before.counted is None) != (after.counted is None):
        return ["excused now" if after.counted is None else "not excused any more"]
    was, is_ = (
        {step.what: step for step in e.final.steps} if e.final else {} for e in (before, after)
    )
    return [
        f"{STEPS[what].lower()}: {_said(was.get(what))} before, {_said(is_.get(what))} now"
        + (f" ({is_[what].reason})" if what in is_ else "")
        for what in STEPS
        if _effect(was.get(what)) != _effect(is_.get(what))
    ]


def _effect(step: Step | None) -> float:
    return round(step.points_after - step.points_before, 2) if step else 0


def _said(step: Step | None) -> str:
    return change_text(_effect(step))


def points_words(move: Move) -> str:
    """Write what counted before and counts now, and what the checks gave if that is not it."""
    before, after = move.before, move.after
    words = " → ".join(
        points_text(entry.points) if entry.final is None else final_text(entry.final)
        for entry in (before, after)
    )
    if before.points == after.points or (before.points, after.points) == (
        before.counted,
        after.counted,
    ):
        return words
    return f"{words} (checks {points_text(before.points)} → {points_text(after.points)})"
