"""Grade one submission of one stage: run its checks in the sandbox, count the points.

This is a pure function of the stage, the submission's bytes, the seeds and the kit; see
docs/decisions for how a mistake in one function is kept from costing another's points.
"""

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from autograder import __version__
from autograder.challenge.contest import Contest
from autograder.challenge.hand_in import read_hand_in
from autograder.challenge.judging import ContestChecks
from autograder.checks.base import Earned, Expected, StudentLike
from autograder.checks.call import Call
from autograder.checks.collect import PUBLIC_SEED, StageCheck, collect
from autograder.checks.compare import CheckFailed
from autograder.diagnosis import Diagnosis
from autograder.differences import explain
from autograder.errors import UserError
from autograder.evidence import Evidence, Gallery
from autograder.example import RAISES
from autograder.extract import evidence_of
from autograder.foresight import Foresight
from autograder.mistakes import KnownMistake
from autograder.report import (
    AND,
    KNOWN_MISTAKE,
    OR,
    CheckReport,
    FunctionReport,
    Outcome,
    Report,
    Visibility,
)
from autograder.sandbox.plain import PlainProcess
from autograder.sandbox.student import Answer, CallFailed, Measured, NotParsable, Student
from autograder.sandbox.worker_process import Launch
from autograder.stage import Function, Stage
from autograder.submission import Submission


class ExpectedValues(Expected, Protocol):
    """The source of right answers: for the checks, and for functions that stand in."""

    def answer(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Answer in place of a student's function that fails its checks."""


MAX_MESSAGE = 1000
MAX_KEPT_BYTES = 2**20  # of a wrong answer, to be shown

Observer = Callable[[StageCheck, CheckFailed], None]


class StudentCalls:
    """The student's functions as checks see them."""

    def __init__(self, student: Student):
        self._student = student

    def __call__(self, call: Call) -> Any:
        """Make the call and return its value, or raise CallFailed."""
        with _telling(call):
            return self._student.call(call.function, call.document)

    def watch(self, call: Call) -> Answer:
        """Make the call and tell also what it did to its arguments."""
        with _telling(call):
            return self._student.watch(call.function, call.document)

    def measure(self, call: Call) -> Measured:
        """Make the call and tell also how many Python lines it ran, and its peak of memory."""
        with _telling(call):
            return self._student.measure(call.function, call.document)


class _Remembered:
    """The student's functions, and the answers that they have given."""

    def __init__(self, calls: StudentCalls):
        self.answers: list[Any] = []
        self._calls = calls
        self.watch, self.measure = calls.watch, calls.measure

    def __call__(self, call: Call) -> Any:
        self.answers.append(self._calls(call))
        return self.answers[-1]


@contextlib.contextmanager
def _telling(call: Call) -> Iterator[None]:
    """Say of an exception in which call it was raised."""
    try:
        yield
    except CallFailed as failure:
        if failure.outcome != "error" or not failure.kinds:
            raise
        advice = ""
        if failure.kinds[0] == "TypeError" and failure.line is None:
            advice = "; take the parameters that the stub has"
        raise CallFailed(
            "error", f"{failure}, when called as {call}{advice}", failure.line, failure.kinds
        ) from None


@dataclass(frozen=True)
class _Verdict:
    """What one attempt at a check found."""

    outcome: Outcome
    message: str = ""
    seed: str = PUBLIC_SEED
    about: str = ""  # what is wrong: a value's name, or RAISES
    failure: CheckFailed | None = None
    earned: float | None = None  # where a part of the points can be earned

    @property
    def passed(self) -> bool:
        return self.outcome == "passed"

    @property
    def failed_on(self) -> Visibility | Literal[""]:
        if self.passed:
            return ""
        return "public" if self.seed == PUBLIC_SEED else "hidden"


def grade(
    stage: Stage,
    submission: Submission,
    expected: ExpectedValues,
    secret: str | None = None,
    only: str | None = None,
    observe: Observer | None = None,
    diagnosis: Diagnosis | None = None,
    launch: Launch = PlainProcess,
    foresight: Foresight | None = None,
    contest: Contest | None = None,
) -> Report:
    """Grade one submission.

    Parameters
    ----------
    stage : Stage
        What is asked.
    submission : Submission
        The student's files, or why they can't be read.
    expected : ExpectedValues
        The source of right answers.
    secret : str, optional
        The instructor's seed: a check that draws its inputs must then pass on the public inputs
        and on the secret ones.
    only : str, optional
        Report this function alone; those that it uses are judged too, unreported.
    observe : callable, optional
        Called with each check that fails on public inputs and with its CheckFailed.
    diagnosis : Diagnosis, optional
        Names known mistakes and finds small examples; no point depends on it.
    launch : callable
        Starts the student's worker, isolated or not.
    foresight : Foresight, optional
        Saves time where many submissions are graded; no point depends on it.
    contest : Contest, optional
        The images of a stage that is an open task.

    Returns
    -------
    Report
        With one entry for each function of the stage, or for `only`.
    """
    begin = time.monotonic()
    functions = [stage.function(only)] if only else list(stage.functions)
    files, entered = submission.files, None
    if contest:
        diagnosis = foresight = None  # each model has answers of its own
        hand_in = read_hand_in(stage, files, launch)
        files, entered = hand_in.files, ContestChecks(stage, contest, hand_in)
    checks = entered.checks if entered else collect(stage)
    student = Student(files, stage, launch)
    judge = _Judge(stage, student, expected, secret, observe, foresight, checks)
    reason, notes = submission.reason, list(submission.notes)
    try:
        with contextlib.closing(student):
            if not reason:
                reason = _why_not_parsable(student)
            if not reason and secret is not None:
                judge.rehearse(functions)
            parts = [
                _summed(f.name, judge.unreadable(f) if reason else judge.function(f))
                for f in functions
            ]
            if not reason:
                judge.illustrate(parts)
            if diagnosis and not reason:  # after the last check, so that it takes no check's time
                notes += [note for part in parts if (note := judge.explain(part, diagnosis))]
    except UserError:
        raise
    except Exception as error:  # a hostile worker may find a way: no other student shall pay for it
        reason = f"The grader can't judge it ({type(error).__name__}): look at it yourself."
        parts = [_summed(f.name, judge.unreadable(f)) for f in functions]
    return Report(
        student=submission.student,
        stage=stage.name,
        status="unreadable" if reason else "graded",
        reason=reason,
        points=round(sum(part.points for part in parts), 2),
        max_points=round(sum(part.max_points for part in parts), 2),
        functions=parts,
        notes=notes,
        isolation=student.layers,
        submission_sha256=submission.sha256,
        kit_version=__version__,
        duration_s=round(time.monotonic() - begin, 3),
        score=entered.score if entered and not reason else None,
    )


class _Judge:
    """Judges the functions of one submission, each once."""

    def __init__(
        self,
        stage: Stage,
        student: Student,
        expected: ExpectedValues,
        secret: str | None,
        observe: Observer | None,
        foresight: Foresight | None,
        checks: tuple[StageCheck, ...],
    ):
        self._stage, self._student, self._expected = stage, student, expected
        self._secret, self._observe, self._foresight = secret, observe, foresight
        self._checks = checks
        self._judged: dict[str, list[CheckReport]] = {}
        self._verdicts: dict[str, _Verdict] = {}
        self._galleries: dict[str, Gallery] = {}
        self._rehearsed: dict[tuple[str, tuple[str, ...]], _Verdict] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._only_public = False
        self._knows_secret = False  # the student's process: it has been given secret inputs

    def rehearse(self, functions: list[Function]) -> None:
        """Try all on the public inputs, before the student's process knows any others.

        What it answers is shown to the student: it could put secret inputs into its answers. What
        passes keeps the time that it needs once more, whatever the functions after it take.
        """
        self._only_public = True
        for function in functions:
            self.function(function)
            self._student.keep_back(2 * self._stage.limits.call_seconds + self._seconds_to_come())
        self._student.keep_back(0)
        self._judged.clear()
        self._only_public = False

    def function(self, function: Function) -> list[CheckReport]:
        """Run the checks of one function, and first those of the functions that it uses."""
        if function.name not in self._judged:
            broken = self._broken(function)
            self._judged[function.name] = [
                self._check(check, broken) for check in self._checks_of(function)
            ]
        return self._judged[function.name]

    def _seconds_to_come(self) -> float:
        """Estimate what the secret inputs will take."""
        checks = [check for checks in self._judged.values() for check in checks]
        again = [c for c in checks if c.visibility == "hidden" and c.outcome == "passed"]
        return sum(check.duration_s for check in again)

    def unreadable(self, function: Function) -> list[CheckReport]:
        """Report each check of a function as not passed, without running it."""
        verdict = _Verdict("error", "The submission can't be read.")
        return [self._reported(check, verdict, 0.0) for check in self._checks_of(function)]

    def _checks_of(self, function: Function) -> list[StageCheck]:
        return [check for check in self._checks if check.function == function.name]

    def _outcomes(self, name: str) -> set[Outcome]:
        return {check.outcome for check in self.function(self._stage.function(name))}

    def illustrate(self, parts: list[FunctionReport]) -> None:
        """Add what can be shown of failures on public inputs, and of what was learnt."""
        for part in parts:
            shown = False
            for check in part.failures:
                found = self._evidence(check, brief=shown and check.general)
                part.evidence += [found] if found else []
                shown |= found is not None and not check.general
            part.gallery = self._galleries.get(part.name)

    def _evidence(self, check: CheckReport, brief: bool) -> Evidence | None:
        verdict = self._verdicts[check.id]
        if verdict.seed != PUBLIC_SEED or verdict.failure is None:
            return None
        with contextlib.suppress(Exception):  # data of a form that nobody foresaw
            return evidence_of(check.id, verdict.failure, brief)
        return None

    def explain(self, part: FunctionReport, diagnosis: Diagnosis) -> str:
        """Explain what is wrong in a function; return a note if that fails, at no cost."""
        try:
            self._diagnose(part, diagnosis)
        except UserError:
            raise
        except Exception as error:
            return f"What is wrong in {part.name} could not be explained ({type(error).__name__})."
        return ""

    def _diagnose(self, part: FunctionReport, diagnosis: Diagnosis) -> None:
        """Name the known mistakes in a function that fails, and add a small example."""
        verdicts = {check.id: self._verdicts[check.id] for check in part.checks}
        wrong = {id_: v for id_, v in verdicts.items() if v.outcome in ("failed", "error")}
        ended = any(v.outcome in ("timeout", "killed") for v in verdicts.values())
        if ended or not wrong or not self._student.imported:
            return
        broken = self._broken(self._stage.function(part.name))
        seed = min((v.seed for v in wrong.values()), key=lambda seed: seed != PUBLIC_SEED)
        names = [id_.split("::")[1] for id_ in wrong]
        if broken and not self._expected.live:
            return
        with self._student.replacing(broken, self._expected.answer):
            mistakes = diagnosis.mistakes(part.name, self._student_for(seed), seed, names)
        if not broken:
            like = verdicts[part.failures[0].id].about
            part.example = diagnosis.example(part.name, self._student_for(PUBLIC_SEED), like)
        unseen = "" if part.example or broken else "No small public example shows it."
        for check in part.checks:
            if check.id in wrong:
                check.mistakes = [mistake.id for twins in mistakes for mistake in twins]
                said = _named(mistakes) if mistakes else _in_words(wrong[check.id].failure)
                shown = unseen if wrong[check.id].seed != PUBLIC_SEED else ""
                check.message = " ".join(filter(None, (check.message, shown, said)))

    def _broken(self, function: Function) -> tuple[str, ...]:
        """Return the functions of those it uses that fail their own checks."""
        return tuple(name for name in function.uses if self._outcomes(name) != {"passed"})

    def _check(self, check: StageCheck, broken: tuple[str, ...]) -> CheckReport:
        """Run one check, with the reference standing in for functions that fail their own.

        Where those merely give wrong answers, the student's own are tried too: a solution may
        have made its functions fit each other in ways that the kit's don't.
        """
        begin = time.monotonic()
        if not broken:
            verdict = self._on_all_seeds(check)
        elif not self._expected.live:
            verdict = self._without_stand_ins(check, broken)
        else:
            with self._student.replacing(broken, self._expected.answer):
                verdict = self._on_all_seeds(check)
            if verdict.passed:
                names = ", ".join(f"`{name}`" for name in broken)
                whose = "yours fails its" if len(broken) == 1 else "yours fail their"
                verdict = _Verdict(
                    "passed", f"Judged with the kit's {names}, since {whose} own checks."
                )
            elif all(self._outcomes(name) <= {"passed", "failed"} for name in broken):
                own = self._on_all_seeds(check)
                verdict = own if own.passed else verdict
        self._verdicts[check.id] = verdict
        self._seconds[check.id] += time.monotonic() - begin
        return self._reported(check, verdict, self._seconds[check.id])

    def _without_stand_ins(self, check: StageCheck, broken: tuple[str, ...]) -> _Verdict:
        """Run a check with the student's own functions, of which some fail their own checks."""
        first = broken[0]
        why = "is not implemented yet"
        if self._outcomes(first) != {"not_implemented"}:
            why = "fails its own checks"
        waits = f"Not judged, because it may use `{first}`, which {why}: mend that first."
        if any(self._outcomes(name) & {"timeout", "killed"} for name in broken):
            return _Verdict("failed", waits)
        verdict = self._on_all_seeds(check)
        if verdict.passed or verdict.outcome == "not_implemented":
            return verdict
        return _Verdict(verdict.outcome, waits)

    def _on_all_seeds(self, check: StageCheck) -> _Verdict:
        tried = (check.id, self._student.replaced)
        if tried not in self._rehearsed:
            self._rehearsed[tried] = self._attempt(check, PUBLIC_SEED)
        verdict = self._rehearsed[tried]
        if self._secret is None or self._only_public or check.fixed or not verdict.passed:
            return verdict
        verdict = self._attempt(check, self._secret)
        if verdict.passed:
            return verdict
        return _Verdict(verdict.outcome, _unseen(check, verdict), self._secret)

    def _student_for(self, seed: str) -> Student:
        """Return the student, in a new process if these are public inputs and it knows others."""
        if seed == PUBLIC_SEED and self._knows_secret:
            self._student.close()
        self._knows_secret = seed != PUBLIC_SEED
        return self._student

    def _attempt(self, check: StageCheck, seed: str) -> _Verdict:
        calls = StudentCalls(self._student_for(seed))
        remembered = _Remembered(calls) if check.fixed and check.gallery else None
        try:
            return self._tried(check, seed, remembered or calls)
        finally:
            if remembered and remembered.answers:
                self._keep_gallery(check, remembered.answers)

    def _keep_gallery(self, check: StageCheck, answers: list[Any]) -> None:
        with contextlib.suppress(Exception):  # what a student's function has learnt may be anything
            if check.gallery:
                self._galleries[check.function] = check.gallery(answers)

    def _tried(self, check: StageCheck, seed: str, calls: StudentLike) -> _Verdict:
        if self._foresight:
            self._student.foresee(self._foresight(check, seed))
        try:
            earned = check.run(calls, self._expected, seed)
        except CheckFailed as failure:
            if self._observe and seed == PUBLIC_SEED:
                self._observe(check, failure)
            return _Verdict("failed", str(failure), about=failure.name, failure=_kept(failure))
        except CallFailed as failure:
            return _Verdict(failure.outcome, f"{failure}.", about=RAISES)
        except UserError:  # of the grader's own world, such as a disk that is full
            raise
        except Exception as error:  # plain data, but of a form that no check foresaw
            return _Verdict(
                "failed",
                f"`{check.function}` returned something that the check can't read "
                f"({type(error).__name__}): compare its form with the docstring.",
            )
        return _of(earned) if earned else _Verdict("passed")

    def _reported(self, check: StageCheck, verdict: _Verdict, seconds: float) -> CheckReport:
        return CheckReport(
            id=check.id,
            title=check.title,
            visibility="hidden" if check.hidden or self._draws_unseen(check) else "public",
            outcome=verdict.outcome,
            points=_points(check, verdict),
            max_points=check.points,
            message=_capped(verdict.message),
            duration_s=round(seconds, 4),
            failed_on="hidden" if check.hidden and not verdict.passed else verdict.failed_on,
        )

    def _draws_unseen(self, check: StageCheck) -> bool:
        return self._secret is not None and not check.fixed


def _of(earned: Earned) -> _Verdict:
    outcome: Outcome = "passed" if earned.passed else "failed"
    return _Verdict(outcome, earned.message, earned=earned.points)


def _points(check: StageCheck, verdict: _Verdict) -> float:
    if verdict.earned is not None:
        return verdict.earned
    return check.points if verdict.passed else 0.0


def _kept(failure: CheckFailed) -> CheckFailed | None:
    """Keep of a failure what can be shown; nothing if that is large.

    Its frames, and the reply that an array is a part of, hold all that the student's code sent.
    """
    if failure.got is not None:
        if failure.got.nbytes > MAX_KEPT_BYTES:
            return None
        failure.got = failure.got.copy()
    failure.__context__ = None
    return failure.with_traceback(None)


def _capped(message: str) -> str:
    """Cut what a student's code has made longer than anybody reads."""
    return message if len(message) <= MAX_MESSAGE else message[:MAX_MESSAGE] + " …"


def _named(mistakes: list[tuple[KnownMistake, ...]]) -> str:
    """Say which mistakes it looks like, in their own words, unless the check has said it."""
    if len(mistakes) == 1 and len(mistakes[0]) > 1 and mistakes[0][0].found_by:
        return ""
    said = AND.join(
        OR.join(f"{mistake.explanation} {mistake.hint}" for mistake in twins) for twins in mistakes
    )
    return f"{KNOWN_MISTAKE} {said}"


def _in_words(failure: CheckFailed | None) -> str:
    """Describe how an answer differs."""
    if failure is None or failure.got is None or failure.want is None:
        return ""
    arguments = {**failure.call.arguments, **failure.call.keywords} if failure.call else {}
    return explain(failure.got, failure.want, arguments)


def _unseen(check: StageCheck, verdict: _Verdict) -> str:
    """Describe a failure on secret inputs without a word about them, or of the student's code."""
    left_out = "is a case left out, or a number written in?"
    what = {
        "failed": f"the answer is wrong: {left_out}",
        "timeout": "the call takes too long: does a loop wait for what only some inputs bring?",
        "killed": f"the call ends the process: {left_out}",
    }.get(verdict.outcome, f"the call raises an exception: {left_out}")
    name = f"`{check.function}`"
    return f"{name} passes on the public inputs, but on inputs that you have not seen {what}"


def _why_not_parsable(student: Student) -> str:
    try:
        student.load()
    except NotParsable as failure:
        return f"{failure}."
    except CallFailed:  # each function will be told
        pass
    return ""


def _summed(name: str, checks: list[CheckReport]) -> FunctionReport:
    return FunctionReport(
        name=name,
        points=round(sum(check.points for check in checks), 2),
        max_points=round(sum(check.max_points for check in checks), 2),
        checks=checks,
    )
