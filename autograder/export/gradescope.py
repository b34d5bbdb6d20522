"""Gradescope's results.json, as docs/specs.md of gradescope/autograder_samples has it."""

from typing import Any, Literal

from pydantic import BaseModel

from autograder.export.people import Joined
from autograder.export.request import Exported, Request
from autograder.report import CheckReport, FunctionReport, Report, Score
from autograder.reports.disclosure import without_hidden_inputs
from autograder.reports.words import STEPS, points_text

Order = Literal["asc", "desc"]
Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
FILE = "results.json"


class Test(BaseModel):
    """One check, worth points.

    Attributes
    ----------
    score, max_score : float
        Its points.
    status : str
        Whether it passes.
    name : str
        What it looks at.
    number : str
        Place of the function, and of the check in it.
    output : str
        The message.
    tags : list of str
        The function, and whether the check is public or hidden.
    visibility : str
        Who sees it.
    """

    __test__ = False  # for pytest

    score: float
    max_score: float
    status: Literal["passed", "failed"]
    name: str
    number: str
    output: str
    tags: list[str]
    visibility: Visibility = "visible"


class Column(BaseModel):
    """One column of Gradescope's leaderboard.

    Attributes
    ----------
    name : str
        Its heading.
    value : float
        The submission's.
    order : str
        Whether the largest are the best, "desc", or the smallest.
    """

    name: str
    value: float
    order: Order = "desc"


class Results(BaseModel):
    """What Gradescope's results.json tells of a submission; texts are plain: none is run as HTML.

    Attributes
    ----------
    score : float
        The points of the stage.
    execution_time : float
        In seconds.
    output : str
        Why nothing could be graded, and notes.
    output_format, test_output_format, test_name_format : str
        How texts are shown.
    visibility, stdout_visibility : str
        Who sees the tests, and what the autograder has printed.
    extra_data : dict
        Stage and version of the kit.
    tests : list of Test
        The checks.
    leaderboard : list of Column or None
        Of an open task.
    """

    score: float
    execution_time: float
    output: str
    output_format: Literal["text"] = "text"
    test_output_format: Literal["text"] = "text"
    test_name_format: Literal["text"] = "text"
    visibility: Visibility = "visible"
    stdout_visibility: Visibility = "hidden"
    extra_data: dict[str, Any]
    tests: list[Test]
    leaderboard: list[Column] | None = None

    def to_json(self) -> str:
        """Return the text of results.json."""
        return self.model_dump_json(indent=1, exclude_none=True) + "\n"


def results_json(report: Report) -> str:
    """Return the text of results.json for a report."""
    return results_of(report).to_json()


def results_of(report: Report) -> Results:
    """Return what Gradescope shows of a report: of hidden checks, no input."""
    report = without_hidden_inputs(report)
    return Results(
        score=report.counted.points or 0,
        execution_time=report.duration_s,
        output="\n".join([report.reason, *report.notes, *_steps(report)]).strip(),
        extra_data={"stage": report.stage, "kit_version": report.kit_version},
        tests=[
            _test(function, check, f"{n}.{m}")
            for n, function in enumerate(report.functions, 1)
            for m, check in enumerate(function.checks, 1)
        ],
        leaderboard=_leaderboard(report.score) if report.score else None,
    )


def _leaderboard(score: Score) -> list[Column]:
    return [
        Column(name="Accuracy", value=round(score.accuracy, 4)),
        Column(name="Parameters", value=score.parameters, order="asc"),
        Column(name="Prediction (s)", value=score.seconds, order="asc"),
    ]


def export(request: Request) -> Exported:
    """Write results.json for each student, in a folder of their own."""
    stage = request.only_stage(FILE)
    files = {
        f"{request.folders[student]}/{FILE}": results_json(report)
        for student, report in request.reports[stage].items()
        if not report.counted.excused
    }
    joined = Joined() if request.roster is None else request.join(request.roster)
    return Exported(files, joined, request.excused())


def _steps(report: Report) -> list[str]:
    """Tell how the score comes of the tests' points, which need not add up to it."""
    if report.final is None:
        return []
    return [
        f"Checks: {points_text(report.points)}",
        *(
            f"{STEPS[step.what]}: {points_text(step.points_after)} ({step.reason})"
            for step in report.final.steps
        ),
    ]


def _test(function: FunctionReport, check: CheckReport, number: str) -> Test:
    return Test(
        score=check.points,
        max_score=check.max_points,
        status="passed" if check.outcome == "passed" else "failed",
        name=f"{function.name}: {check.title}",
        number=number,
        output=_output(function, check),
        tags=[function.name, check.visibility],
    )


def _output(function: FunctionReport, check: CheckReport) -> str:
    public = [failure for failure in function.failures if failure.visibility == "public"]
    example = function.example if public[:1] == [check] else ""
    return "\n\n".join(text for text in (check.message, example) if text)
