"""The command that finds submissions which are alike."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from autograder.cli.shared import (
    KitOption,
    StagesOption,
    app,
    chosen_stages,
    out,
    plain_table,
    progress_bar,
    refuse_inside,
)

if TYPE_CHECKING:
    from autograder.similar.pairs import Comparison


@app.command(epilog="Example: autograder similar submissions/ --stage linear_svm --out similar")
def similar(
    submissions: Annotated[Path, typer.Argument(help="Folder or LMS zip with the submissions.")],
    stages: StagesOption = ["all"],  # noqa: B006 - typer's own form of a default
    folder: Annotated[Path, typer.Option("--out", help="Folder for the pages.")] = Path("similar"),
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="Show pairs from this share on.")
    ] = 0.5,
    top: Annotated[int, typer.Option(min=1, max=1000, help="Show so many pairs at most.")] = 20,
    kit: KitOption = None,
) -> None:
    """Show which submissions share code, side by side: a hint for you, not a verdict.

    No submission is run. Exit 0 whatever is found.
    """
    from autograder.files import write_whole
    from autograder.kit import find_kit
    from autograder.similar.own_code import stub_lines
    from autograder.similar.page import similar_page
    from autograder.similar.pairs import compare
    from autograder.stage import read_stages
    from autograder.submission import find_entries, read_submissions

    home = find_kit(kit)
    entries = find_entries(submissions)
    refuse_inside(folder, submissions)
    known = [one.name for one in read_stages(home)]
    for one in chosen_stages(home, entries, stages, submissions):
        read = [read_submissions(entry, [one.name], known)[0] for entry in entries]
        stub = stub_lines((home / "starter" / f"{one.name}.py").read_bytes())
        with progress_bar(one.name) as progress:
            found = compare(read, stub, threshold, top, progress)
        page = folder / f"{one.name}.html"
        write_whole(page, similar_page(found, one, threshold))
        _show(one.title, found, threshold)
        out.print(f"{page} written\n", markup=False, soft_wrap=True)
    out.print("A hint where to look, not a verdict: read both sides, and hear the people.")


def _show(title: str, found: "Comparison", threshold: float) -> None:
    from autograder.reports.words import percent_text
    from autograder.submission.names import shown

    compared = f"compared {len(found.compared)}, not {len(found.left_out)}"
    out.print(f"{title}: {compared}", markup=False, soft_wrap=True)
    if found.pairs:
        table = plain_table("student", "shared", "student", "shared")
        for pair in found.pairs:
            (one, other), (ours, theirs) = pair.codes, (percent_text(s, 1) for s in pair.shares)
            table.add_row(*map(Text, (shown(one.student), ours, shown(other.student), theirs)))
        out.print(table)
    else:
        out.print(f"No pair shares {percent_text(threshold, 1)} or more.")
    for student, why in found.left_out:
        out.print(f"{shown(student)} not compared: {why}", markup=False, soft_wrap=True)
