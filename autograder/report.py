"""The outcome of one submission and stage, in the form of RESULTS/<student>/<stage>.json."""

from itertools import islice
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from autograder.evidence import Evidence, Gallery

Outcome = Literal["passed", "failed", "error", "timeout", "killed", "not_implemented"]
Visibility = Literal["public", "hidden"]
What = Literal["manual", "late", "override"]
Points = Annotated[float, Field(ge=0)]
KNOWN_MISTAKE = "This looks like a known mistake:"  # begins the end of a message that names one
# Between mistakes that are made together, and between those that no check can tell apart.
AND, OR = " And: ", " Or: "


class NamedMistake(NamedTuple):
    """A known mistake, or several that no check can tell apart, and what a message says of it."""

    ids: tuple[str, ...]
    said: str


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CheckReport(_Part):
    """What one check found.

    Attributes
    ----------
    id : str
        ``<function>::<name>``.
    title : str
        What it looks at, in a sentence.
    visibility : str
        Whether its inputs are those that students see, or drawn by the instructor's secret seed.
    outcome : str
        "error": an exception. "timeout", "killed": a limit was reached, or the process ended.
    points, max_points : float
        Earned here, and possible.
    message : str
        One or two sentences for the student; empty if it passed.
    mistakes : list of str
        Ids of the known mistakes that fit: ``<function>.<what>``.
    duration_s : float
        How long it took, in seconds.
    failed_on : str
        The inputs on which it fails; on hidden ones it is only run if it passes on the public.
    """

    id: str
    title: str
    visibility: Visibility
    outcome: Outcome
    points: Points
    max_points: Points
    message: str = ""
    mistakes: list[str] = []
    duration_s: float = 0.0
    failed_on: Visibility | Literal[""] = ""

    @property
    def inputs(self) -> Visibility:
        """Those of which it tells: all can be known of a failure on public ones."""
        return "public" if self.failed_on == "public" else self.visibility

    @property
    def name(self) -> str:
        """What stands behind the function's name in the id."""
        return self.id.split("::")[1]

    @property
    def finding(self) -> str:
        """The message up to where it names known mistakes."""
        return self._divided[0]

    @property
    def known_mistake(self) -> str:
        """What the message says of known mistakes, if any fits."""
        return self._divided[1]

    @property
    def named_mistakes(self) -> list[NamedMistake]:
        """The known mistakes that fit, each with its part of the message if that can be told."""
        said = self.known_mistake
        parts = [part.split(OR) for part in said.split(AND)] if said else []
        if sum(map(len, parts)) != len(self.mistakes):
            return [NamedMistake((id_,), "") for id_ in self.mistakes]
        ids = iter(self.mistakes)
        return [NamedMistake(tuple(islice(ids, len(twins))), OR.join(twins)) for twins in parts]

    @property
    def _divided(self) -> tuple[str, str]:
        before, found, after = self.message.rpartition(KNOWN_MISTAKE)
        if not (self.mistakes and found):
            return self.message, ""
        return before.strip(), after.strip()

    @property
    def general(self) -> bool:
        """Whether it needs right values as well: where those are wrong, it says nothing."""
        return self.name in ("float32", "arguments", "loops", "memory")


class FunctionReport(_Part):
    """The checks of one function, and their points.

    Attributes
    ----------
    name : str
        As in stage.toml.
    points, max_points : float
        The sums over its checks.
    checks : list of CheckReport
        In the order in which they are run.
    example : str
        Where a check fails: lines of Python that show it on a small public input, if there is one.
    evidence : list of Evidence
        What its checks found wrong on public inputs; nothing of what they found on hidden ones.
    gallery : Gallery or None
        What it has learnt from the kit's public images, if it learns.
    """

    name: str
    points: Points
    max_points: Points
    checks: list[CheckReport]
    example: str = ""
    evidence: list[Evidence] = []
    gallery: Gallery | None = None

    @property
    def failures(self) -> list[CheckReport]:
        """The checks that do not pass, those first that say most."""
        wrong = [check for check in self.checks if check.outcome != "passed"]
        return sorted(wrong, key=lambda check: check.general)

    @property
    def in_order(self) -> list[CheckReport]:
        """All checks, those last that fail and would say nothing while another fails."""
        return sorted(self.checks, key=lambda check: check.general and check.outcome != "passed")

    @property
    def outcome(self) -> Outcome:
        """One outcome for all checks: "failed" where they are of several kinds."""
        outcomes = {check.outcome for check in self.checks}
        return outcomes.pop() if len(outcomes) == 1 else "failed"

    @property
    def known_mistakes(self) -> dict[str, Visibility]:
        """What the checks say of known mistakes, each once, and the inputs that have shown it."""
        said: dict[str, Visibility] = {}
        for check in self.failures:
            if check.known_mistake and said.get(check.known_mistake) != "public":
                said[check.known_mistake] = check.inputs
        return said

    @property
    def shared_message(self) -> str:
        """What all checks say alike, if there are several and they do."""
        messages = {check.message for check in self.checks}
        return messages.pop() if len(messages) == 1 < len(self.checks) else ""


class Score(_Part):
    """How a model did in an open task.

    Attributes
    ----------
    accuracy : float
        The share of images that got their right label.
    images : int
        How many there were.
    hidden : bool
        Whether they are images that no student has.
    parameters : int
        How many numbers the file of parameters holds.
    seconds : float
        What all predictions took.
    """

    accuracy: Annotated[float, Field(ge=0, le=1)]
    images: int
    hidden: bool
    parameters: int
    seconds: float


class Step(_Part):
    """One rule of the course, and what it makes of the points.

    Attributes
    ----------
    what : str
        "manual" (written questions), "late" or "override".
    points_before, points_after : float
        What it makes of them.
    reason : str
        Why, for the student.
    """

    what: What
    points_before: Points
    points_after: Points
    reason: str


class Final(_Part):
    """What counts in the end, step by step.

    Attributes
    ----------
    excused : bool
        Whether the stage need not be handed in: then it has no points.
    points : float or None
        What counts; None if the student is excused.
    max_points : float
        Of the checks and the written questions.
    marks : dict of str to float
        Written question -> points given by hand.
    steps : list of Step
        From the points of the checks to these, in the order in which they are taken.
    submitted : str
        When it was handed in, in ISO 8601; empty if that is not known.
    days_late, free_days : int
        The days after the deadline that had begun, and those of them that cost nothing.
    """

    excused: bool = False
    points: Points | None
    max_points: Points
    marks: dict[str, Points] = {}
    steps: list[Step] = []
    submitted: str = ""
    days_late: int = 0
    free_days: int = 0

    @property
    def after(self) -> dict[What, float]:
        """The points after each step that was taken."""
        return {step.what: step.points_after for step in self.steps}


class Report(_Part):
    """All that is known of one submission to one stage, as in RESULTS/<student>/<stage>.json.

    Attributes
    ----------
    schema : int
        The version of this format.
    student, stage : str
        Their names.
    status : str
        "unreadable": there is no file of the stage, or it can't be read or vetted.
    reason : str
        Why it is unreadable, in one sentence.
    points, max_points : float
        What the checks gave: the sums over its functions.
    functions : list of FunctionReport
        In the order of stage.toml.
    notes : list of str
        What else the student should know, as of files that were left out.
    isolation : list of str
        The layers that kept the submission from the machine.
    submission_sha256 : str
        Hash of the files that were graded.
    kit_version : str
        Version and hash of the kit, versions of NumPy and Python.
    duration_s : float
        How long it took, in seconds.
    final : Final or None
        What the rules of a course make of that, if there are any.
    score : Score or None
        How the model did, if the stage is an open task and it could be judged.
    """

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    student: str
    stage: str
    status: Literal["graded", "unreadable"]
    reason: str = ""
    points: Points
    max_points: Points
    functions: list[FunctionReport]
    notes: list[str] = []
    isolation: list[str] = []
    submission_sha256: str = ""
    kit_version: str
    duration_s: float = 0.0
    final: Final | None = None
    score: Score | None = None

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @property
    def counted(self) -> Final:
        """What counts: by the rules of the course, or without any what the checks gave."""
        return self.final or Final(points=self.points, max_points=self.max_points)

    @property
    def complete(self) -> bool:
        """Whether every check passed."""
        checks = [check for function in self.functions for check in function.checks]
        return bool(checks) and all(check.outcome == "passed" for check in checks)

    def to_json(self) -> str:
        """Return the report as text of one JSON document."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
