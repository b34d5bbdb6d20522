"""The commands: parse the call, run it, print what it gave."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder import __version__
from autograder.errors import UserError

if TYPE_CHECKING:  # each command imports what it needs when it runs: `check` must start at once
    from autograder.checking import Checked
    from autograder.export.gradebook import Written
    from autograder.export.request import Exported
    from autograder.report import Report

app = typer.Typer(
    help="Check, grade and train the assignments of the neural-network course kit.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
data_app = typer.Typer(help="Data sets: what is here, fetch the full ones, check every byte.")
app.add_typer(data_app, name="data", no_args_is_help=True)
nbgrader_app = typer.Typer(help="A course for nbgrader, made of the kit's stages.")
app.add_typer(nbgrader_app, name="nbgrader", no_args_is_help=True)

out = Console(highlight=False)
err = Console(highlight=False, stderr=True)

KitOption = Annotated[
    Path | None,
    typer.Option("--kit", help="Folder with assignments/ and solutions/.", show_default=False),
]
StageArgument = Annotated[
    str | None,
    typer.Argument(help="Stage, or function; by default each stage whose file is there."),
]
FolderOption = Annotated[Path, typer.Option("--dir", help="Folder with your files.")]
OnlyOption = Annotated[str | None, typer.Option(help="Check this function alone.")]
JobsOption = Annotated[
    int | None, typer.Option(min=1, max=256, help="Graders at once.", show_default="one a core")
]


class Isolation(StrEnum):
    """How far a submission is kept from the machine."""

    strict = "strict"
    process = "process"


class ExportTarget(StrEnum):
    """What points can be handed on to."""

    canvas = "canvas"
    moodle = "moodle"
    gradescope = "gradescope"
    nbgrader = "nbgrader"
    csv = "csv"


class DatasetName(StrEnum):
    """The data sets of the course."""

    mnist = "mnist"
    fashion_mnist = "fashion_mnist"


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"nn-course-kit {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command(epilog="Example: autograder check linear_svm --only svm_loss")
def check(
    stage: StageArgument = None,
    folder: FolderOption = Path(),
    only: OnlyOption = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again at each save.")] = False,
    plots: Annotated[
        Path | None, typer.Option(help="Write pictures of wrong answers into this folder.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the reports into this file (-: stdout).")
    ] = None,
    kit: KitOption = None,
) -> None:
    """Run the public checks on your own files; exit 0 only if all pass."""
    to_stdout = json_file == Path("-")

    def keep(results: list["Checked"]) -> None:
        if plots:
            _save_pictures(results, plots)
        if json_file:
            _write_json(results, json_file)

    if watch:
        from autograder.watch.session import watch_folder

        console = err if to_stdout else out
        raise typer.Exit(0 if watch_folder(folder, stage, only, kit, console, keep) else 1)

    from autograder.checking import check_folder
    from autograder.reports.terminal import show_checks

    with err.status("checking"):
        results = check_folder(folder, stage, only, kit)
        keep(results)
    for result in results if not to_stdout else ():
        show_checks(out, result.report, result.stage)
    raise typer.Exit(0 if all(result.report.complete for result in results) else 1)


def _save_pictures(results: list["Checked"], folder: Path) -> None:
    from autograder.files import write_whole
    from autograder.reports.pictures import picture

    for result in results:
        for check, failure in result.failures.items():
            if drawn := picture(failure):
                write_whole(folder / f"{check.replace('::', '-')}.png", drawn.png)


def _write_json(results: list["Checked"], file: Path) -> None:
    from autograder.files import write_whole

    documents = [result.report.model_dump(mode="json", by_alias=True) for result in results]
    text = json.dumps(documents if len(documents) != 1 else documents[0], indent=1) + "\n"
    if file == Path("-"):
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_whole(file, text)


@app.command(epilog="Example: autograder grade submissions/ --stage all --out results")
def grade(
    submissions: Annotated[Path, typer.Argument(help="Folder or LMS zip with the submissions.")],
    stage: Annotated[str, typer.Option(help="Stage, or 'all' for each that is found.")],
    results: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    jobs: JobsOption = None,
    dask: Annotated[
        str | None,
        typer.Option(help="Grade on the workers of the Dask scheduler at this address."),
    ] = None,
    isolation: Annotated[
        Isolation, typer.Option(help="How far submissions are kept from this machine.")
    ] = Isolation.strict,
    secret: Annotated[
        str | None,
        typer.Option(
            envvar="AUTOGRADER_SECRET", help="Your seed, for inputs that no student has seen."
        ),
    ] = None,
    no_resume: Annotated[
        bool, typer.Option("--no-resume", help="Grade anew what an earlier run has graded.")
    ] = False,
    kit: KitOption = None,
) -> None:
    """Grade each submission of a class; exit 0 when every one has an outcome."""
    if dask is not None and jobs is not None:
        raise UserError("--jobs is for this machine's cores, --dask for a cluster: leave one out.")
    _grade(submissions, stage, results, jobs, secret, not no_resume, isolation.value, kit, dask)
    if secret is None:
        err.print(
            "No --secret: graded on the public inputs alone, whose answers can be written in.",
            style="yellow",
            soft_wrap=True,
        )


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
        "all",
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
    stage_name: str,
    results: Path,
    jobs: int | None,
    secret: str | None,
    resume: bool,
    isolation: Literal["strict", "process"],
    kit_option: Path | None,
    dask: str | None = None,
) -> None:
    from autograder.forking import grader_context

    if dask is None:
        grader_context()
    from autograder.classroom import Settings, default_jobs, grade_class, secret_hash
    from autograder.kit import find_kit
    from autograder.reports.results import ResultsTree
    from autograder.reports.terminal import class_table
    from autograder.stage import find_stage, read_stages
    from autograder.submission import find_entries, stages_in

    kit = find_kit(kit_option)
    entries = find_entries(submissions)
    if results.resolve().is_relative_to(submissions.resolve()):
        raise UserError(
            f"--out {results} lies inside {submissions}, where it would be taken for a submission: "
            "name a folder elsewhere."
        )
    if stage_name == "all":
        known = read_stages(kit)
        found = stages_in(entries, [stage.name for stage in known])
        stages = tuple(stage for stage in known if stage.name in found)
        if not stages:
            names = ", ".join(f"{stage.name}.py" for stage in known)
            raise UserError(f"No submission in {submissions} holds a stage's file: {names}.")
    else:
        stages = (find_stage(kit, stage_name),)
    store = results / ".cache"
    settings = Settings(kit, stages, store, secret, jobs or default_jobs(), resume, isolation, dask)
    students = [entry.student for entry in entries]
    lms_ids = {entry.student: entry.lms_id for entry in entries if entry.lms_id}
    tree = ResultsTree(results, stages, students, secret_hash(secret), isolation, lms_ids)
    finished = 0
    total = len(entries) * len(stages)
    with _progress("grading") as progress:

        def done(report: "Report") -> None:
            nonlocal finished
            finished += 1
            tree.add(report)
            progress(finished, total)

        graded = grade_class(entries, settings, done)
    tree.finish(graded)
    out.print(class_table(graded, list(stages)))
    out.print(
        f"{len(entries)} submissions graded: {results / 'grades.csv'}, {results / 'index.html'}",
        markup=False,
        soft_wrap=True,
    )


@app.command(epilog="Example: autograder build --check")
def build(
    check_only: Annotated[
        bool, typer.Option("--check", help="Only compare; exit 1 if anything differs.")
    ] = False,
    kit: KitOption = None,
) -> None:
    """Regenerate starter/: stubs from solutions/, notebooks from assignments/."""
    from autograder.build import build, stale
    from autograder.kit import find_kit

    folder = find_kit(kit)
    paths = list(stale(folder)) if check_only else build(folder)
    for path in paths:
        shown = path.relative_to(folder)
        text = f"{shown} differs: run autograder build" if check_only else f"{shown} written"
        out.print(text, markup=False)
    if not paths:
        out.print("starter/ is up to date.")
    raise typer.Exit(1 if paths and check_only else 0)


@app.command(epilog="Example: autograder release linear_svm two_layer_net --out bundle --zip")
def release(
    stages: Annotated[list[str], typer.Argument(help="Stages, or 'all'.")],
    bundle: Annotated[Path, typer.Option("--out", help="New folder for the bundle.")],
    zipped: Annotated[bool, typer.Option("--zip", help="Write OUT.zip as well.")] = False,
    kit: KitOption = None,
) -> None:
    """Write the student's bundle: stubs, handouts, data, fingerprints; no solution in it."""
    from autograder.kit import find_kit
    from autograder.release import release, zip_folder
    from autograder.stage import find_stage, read_stages

    folder = find_kit(kit)
    chosen = read_stages(folder) if stages == ["all"] else [find_stage(folder, s) for s in stages]
    with err.status("writing the bundle"):
        release(folder, chosen, bundle)
    out.print(f"{bundle} written", markup=False)
    if zipped:
        out.print(f"{zip_folder(bundle)} written", markup=False)


@nbgrader_app.command("init", epilog="Example: autograder nbgrader init course --stage linear_svm")
def nbgrader_init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The course's folder, new or not.")],
    stages: Annotated[
        list[str] | None,
        typer.Option("--stage", help="Stage to lay out; may be repeated.", show_default="all"),
    ] = None,
    course_id: Annotated[
        str | None, typer.Option(help="Name of the course.", show_default="DIR's name")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that you have edited, too.")
    ] = False,
    kit: KitOption = None,
) -> None:
    """Lay out a course that nbgrader works on: its configuration and source/."""
    from autograder.course import lay_out
    from autograder.kit import find_kit
    from autograder.stage import find_stage, read_stages

    home = find_kit(kit)
    chosen = [find_stage(home, name) for name in stages] if stages else read_stages(home)
    with err.status("laying out the course"):
        files = list(lay_out(home, chosen, folder, course_id or folder.resolve().name, force))
    for path, kept in files:
        said = "kept: it differs from the kit's, which --force would write" if kept else "written"
        out.print(f"{path} {said}", markup=False, soft_wrap=True)
    if not files:
        out.print(f"{folder} is up to date.", markup=False, soft_wrap=True)
    first = f"cd {folder} && nbgrader generate_assignment {chosen[0].name}"
    out.print(f"Next: {first}", markup=False, soft_wrap=True)


@app.command(epilog="Example: autograder export results --to canvas --template gradebook.csv")
def export(
    results: Annotated[Path, typer.Argument(help="Folder that `autograder grade` has written.")],
    to: Annotated[ExportTarget, typer.Option(help="What takes the points.")],
    course: Annotated[
        Path | None,
        typer.Option(help="Folder of the nbgrader course.", show_default="here"),
    ] = None,
    database: Annotated[
        str | None, typer.Option("--db", help="Its gradebook, as in sqlite:///course/gradebook.db.")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(help="Canvas's gradebook or Moodle's grading worksheet, to be filled in."),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="Class list: a CSV with name, id, login or email.")
    ] = None,
    stage: Annotated[str | None, typer.Option(help="Stage.", show_default="all")] = None,
    column: Annotated[
        str | None, typer.Option(help="The template's column for the points.")
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("--out", help="File; for gradescope a folder.", show_default="stdout"),
    ] = None,
) -> None:
    """Hand points on: as a file that an LMS imports, or into an nbgrader gradebook."""
    of_gradebook = (course, database)
    of_files = (template, roster, stage, column, target)
    if any(of_files if to is ExportTarget.nbgrader else of_gradebook):
        raise UserError(
            "--course and --db are for --to nbgrader alone; --template, --roster, --stage, "
            "--column and --out are for the others."
        )
    if to is ExportTarget.nbgrader:
        _export_to_nbgrader(results, course, database)
    from autograder.export.systems import export_results

    exported = export_results(results, to.value, stage, template, roster, column)
    _write_exported(exported, target)
    raise typer.Exit(0 if exported.joined.complete else 1)


def _write_exported(exported: "Exported", target: Path | None) -> None:
    from autograder.files import write_whole
    from autograder.submission.names import shown

    if target is not None:
        for path, content in exported.files.items():
            write_whole(target / path, content)
    elif list(exported.files) == [""]:
        sys.stdout.write(exported.files[""])
        sys.stdout.flush()
    else:
        raise UserError("There is a file for each student: name a folder for them by --out.")
    joined = exported.joined
    lines = [f"{shown(student)} {why}" for student, why in joined.refused.items()]
    lines += [
        f"{shown(who)} was graded, but is not in the class list" for who in joined.not_in_list
    ]
    lines += [f"{who}: no submission was found" for who in joined.handed_in_nothing.values()]
    if lines:
        lines.append(f"{len(joined.places)} matched, {len(lines)} not")
    for line in lines:
        err.print(line, markup=False, soft_wrap=True)


def _export_to_nbgrader(results: Path, course: Path | None, database: str | None) -> NoReturn:
    from autograder.export.gradebook import course_database, write_points
    from autograder.export.results import read_results

    if course is not None and database is not None:
        raise UserError("--course and --db both name the gradebook: leave one out.")
    reports = read_results(results)
    written = write_points(reports, database or course_database(course or Path()))
    _show_written(written)
    raise typer.Exit(0 if written.complete else 1)


def _show_written(written: "Written") -> None:
    from autograder.reports.words import points_text

    if written.differences:
        table = _plain_table("student", "stage", "cell", "nbgrader", "ours", "by hand")
        for student, stage, function, *points in written.differences:
            shown = ("–" if found is None else points_text(found) for found in points)
            table.add_row(*map(Text, (student, stage, function, *shown)))
        out.print(table)
    for said, missing in (
        ("graded, but not in the gradebook: nothing was written", written.not_in_gradebook),
        ("in the gradebook, but not in the results: left alone", written.not_in_results),
        ("handed in nothing", written.nowhere),
    ):
        for student, stage in missing:
            out.print(f"{student}, {stage}: {said}", markup=False, soft_wrap=True)
    out.print(f"{written.cells} cells have our points, {len(written.differences)} had others.")


@app.command(epilog="Example: autograder train two_layer_net --plots plots")
def train(
    stage: Annotated[str, typer.Argument(help="Stage whose model is trained.")],
    data: Annotated[DatasetName, typer.Option(help="Data set.")] = DatasetName.mnist,
    full: Annotated[bool, typer.Option("--full", help="Use the full set, fetched before.")] = False,
    plots: Annotated[Path | None, typer.Option(help="Write pictures into this folder.")] = None,
    own: Annotated[
        Path | None,
        typer.Option(
            "--dir",
            help="Train with your functions in this folder.",
            show_default="the kit's solution; in a student's bundle, this folder",
        ),
    ] = None,
    kit: KitOption = None,
) -> None:
    """Train a stage's model on real images; print its accuracy."""
    from autograder import datasets
    from autograder.expected import functions_to_train
    from autograder.kit import find_kit
    from autograder.stage import find_stage
    from autograder.training import save_plots, train_stage

    folder = find_kit(kit, bundle=True)
    stage = find_stage(folder, stage).name
    with functions_to_train(folder, stage, own) as functions:
        images = datasets.load(data.value, full=full)
        with _progress(f"training {stage}") as progress:
            result = train_stage(stage, functions, images, progress, full=full)
    settings = ", ".join(f"{name} {value}" for name, value in result.settings.items())
    whose = f"{stage} on {data.value}, with {functions.__file__}"
    out.print(f"{whose}: {settings}", markup=False, soft_wrap=True)
    table = _plain_table("", "training", "validation", "test")
    for row in result.rows:
        table.add_row(row.name, f"{row.train:.1%}", f"{row.validation:.1%}", f"{row.test:.1%}")
    out.print(table)
    for path in save_plots(result, plots) if plots else ():
        out.print(str(path), markup=False, soft_wrap=True)


@data_app.command("list", epilog="Example: autograder data list --json")
def data_list(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the data sets: what is here, and where."""
    from autograder import datasets

    rows = datasets.status()
    if as_json:
        print(json.dumps([{**vars(row), "path": str(row.path)} for row in rows], indent=1))
        return
    table = _plain_table("data set", "train / val / test", "state", "size", "where")
    for row in rows:
        name = f"{row.name}, full" if row.full else row.name
        sizes = " / ".join(f"{size:,}" for size in row.sizes)
        table.add_row(name, sizes, row.state, f"{row.size / 1e6:.1f} MB", str(row.path))
    out.print(table)


@data_app.command("fetch", epilog="Example: autograder data fetch fashion_mnist --from DIR")
def data_fetch(
    name: Annotated[DatasetName, typer.Argument(help="Data set.")],
    source: Annotated[
        str | None, typer.Option("--from", help="Folder or address to take the files from.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder to keep them in, not the user's cache.")
    ] = None,
) -> None:
    """Fetch a full data set, 70,000 images, and check every byte."""
    from autograder import datasets

    folder = datasets.fetch(name.value, source=source, to=to)
    out.print(f"{name.value} is complete in {folder}", markup=False, soft_wrap=True)


@data_app.command("verify", epilog="Example: autograder data verify")
def data_verify() -> None:
    """Check every byte of the data that are here; exit 1 if a file is damaged."""
    from autograder import datasets

    checks = datasets.verify()
    for found in checks:
        out.print(f"{'ok ' if found.ok else 'BAD'} {found.file}: {found.message}", markup=False)
    raise typer.Exit(0 if all(found.ok for found in checks) else 1)


@app.command(epilog="Example: autograder doctor")
def doctor(kit: KitOption = None) -> None:
    """Tell what works on this machine, and how to mend what doesn't."""
    from autograder.doctor import examine

    table = _plain_table("", "what", "found")
    healthy = True
    with err.status("trying what works"):
        for finding in examine(kit):
            healthy &= finding.ok
            mark = "[green]✓[/]" if finding.ok else "[red]✗[/]"
            table.add_row(mark, finding.what, finding.detail)
    out.print(table)
    raise typer.Exit(0 if healthy else 1)


def _plain_table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error, if that is a terminal; it is told (done, total)."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
