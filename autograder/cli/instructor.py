"""Commands for who grades."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from autograder.cli.shared import (
    DataOption,
    KitOption,
    SecretOption,
    StagesOption,
    app,
    chosen_stages,
    err,
    out,
    plain_table,
    progress_bar,
    refuse_inside,
    warn_without_secret,
)
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.classroom import Graded
    from autograder.stage import Stage

JobsOption = Annotated[
    int | None, typer.Option(min=1, max=256, help="Graders at once.", show_default="one a core")
]


UNHIDDEN = (
    "--isolation process: the code of an open task could read the hidden images and their labels "
    "from this machine's disk."
)


class Isolation(StrEnum):
    """How far a submission is kept from the machine."""

    strict = "strict"
    process = "process"


@app.command(epilog="Example: autograder grade submissions/ --stage all --out results")
def grade(
    submissions: Annotated[Path, typer.Argument(help="Folder or LMS zip with the submissions.")],
    stages: StagesOption,
    results: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    jobs: JobsOption = None,
    dask: Annotated[
        str | None,
        typer.Option(help="Grade on the workers of the Dask scheduler at this address."),
    ] = None,
    isolation: Annotated[
        Isolation, typer.Option(help="How far submissions are kept from this machine.")
    ] = Isolation.strict,
    secret: SecretOption = None,
    no_resume: Annotated[
        bool, typer.Option("--no-resume", help="Grade anew what an earlier run has graded.")
    ] = False,
    course: Annotated[
        Path | None,
        typer.Option(help="course.toml: deadlines, late days, marks by hand, overrides."),
    ] = None,
    data: DataOption = None,
    kit: KitOption = None,
) -> None:
    """Grade each submission of a class; exit 0 when every one has an outcome."""
    if dask is not None and jobs is not None:
        raise UserError("--jobs is for this machine's cores, --dask for a cluster: leave one out.")
    graded = _grade(
        submissions,
        stages,
        results,
        jobs,
        secret,
        not no_resume,
        isolation.value,
        kit,
        dask,
        course,
        data,
    )
    if secret is None and not all(stage.challenge for stage in graded):
        warn_without_secret()


@app.command(epilog="Example: autograder demo")
def demo(
    results: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path(
        "demo-results"
    ),
    jobs: JobsOption = None,
    kit: KitOption = None,
) -> None:
    """Grade the example class of the kit, and say where to look."""
    from autograder.kit import find_kit
    from autograder.sandbox.isolation import best

    folder = find_kit(kit)
    _grade(
        folder / "examples" / "submissions",
        ["all"],
        results,
        jobs,
        "a secret seed for the demo",
        True,
        best(),
        folder,
    )
    out.print(
        f"\nOpen {results / 'index.html'} for the class, and a page for each student from there.\n"
        f"The submissions are in {folder / 'examples'}; examples/README.md says what is wrong "
        f"with each.\nNext: {sys.argv[0]} check two_layer_net --dir {folder / 'starter'}",
        markup=False,
        soft_wrap=True,
    )


def _grade(
    submissions: Path,
    names: list[str],
    results: Path,
    jobs: int | None,
    secret: str | None,
    resume: bool,
    isolation: Literal["strict", "process"],
    kit_option: Path | None,
    dask: str | None = None,
    course: Path | None = None,
    data: Path | None = None,
) -> "tuple[Stage, ...]":
    from autograder.forking import grader_context

    if dask is None:
        grader_context()
    from autograder.challenge.contest import open_contest, refuse_elsewhere
    from autograder.classroom import Settings, default_jobs, grade_class, secret_hash
    from autograder.kit import find_kit
    from autograder.regrade.record import Record
    from autograder.reports.regrade import regrade_table
    from autograder.reports.results import ResultsTree
    from autograder.reports.terminal import class_table
    from autograder.rules.class_rules import read_rules
    from autograder.stage import read_stages
    from autograder.submission import find_entries

    kit = find_kit(kit_option)
    entries = find_entries(submissions)
    refuse_inside(results, submissions)
    stages = tuple(chosen_stages(kit, entries, names, submissions))
    handed_in = len(entries)
    rules = read_rules(course, read_stages(kit), stages) if course else None
    if rules:
        entries = sorted([*entries, *rules.absent(entries)], key=lambda entry: entry.student)
    refuse_elsewhere(stages, data, dask)
    contests = {
        stage.name: contest for stage in stages if (contest := open_contest(kit, stage, data))
    }
    settings = Settings(
        kit,
        stages,
        results / ".cache",
        secret,
        jobs or default_jobs(),
        resume,
        isolation,
        dask,
        contests,
    )
    students = [entry.student for entry in entries]
    lms_ids = {entry.student: entry.lms_id for entry in entries if entry.lms_id}
    record = Record(results, settings.inputs)
    tree = ResultsTree(results, stages, students, secret_hash(secret), isolation, lms_ids)
    finished = 0
    total = len(entries) * len(stages)
    with progress_bar("grading") as progress:

        def done(graded: "Graded") -> None:
            nonlocal finished
            finished += 1
            record.count(graded.report.stage, graded.fresh)
            if rules:
                rules.add(graded.report, graded.submitted, tree.add)
            else:
                tree.add(graded.report)
            progress(finished, total)

        grade_class(entries, settings, done)
    reports = tree.finish()
    regrade = record.finish(reports)
    out.print(class_table(reports, list(stages)))
    if regrade:
        out.print(regrade_table(regrade))
    told = [remark for contest in contests.values() for remark in contest.remarks]
    if contests and isolation == "process":
        told.append(UNHIDDEN)
    for line in [*record.left_out(), *(rules.remarks() if rules else []), *told]:
        out.print(line, style="yellow", markup=False, soft_wrap=True)
    out.print(
        f"{handed_in} submissions graded: {results / 'grades.csv'}, {results / 'index.html'}",
        markup=False,
        soft_wrap=True,
    )
    return stages


@app.command(epilog="Example: autograder doctor")
def doctor(kit: KitOption = None) -> None:
    """Tell what works on this machine, and how to mend what doesn't."""
    from autograder.doctor import examine

    table = plain_table("", "what", "found")
    healthy = True
    with err.status("trying what works"):
        for finding in examine(kit):
            healthy &= finding.ok
            mark = "[green]✓[/]" if finding.ok else "[red]✗[/]"
            table.add_row(mark, finding.what, finding.detail)
    out.print(table)
    raise typer.Exit(0 if healthy else 1)
