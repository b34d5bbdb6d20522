"""The page that lists the stages."""

from pathlib import Path, PurePosixPath

from autograder.reports.words import points_text
from autograder.stage import read_stages, stage_folder
from docs.generate.links import handout_uri

TOP = """# Handouts

What students get to read for each stage: the idea, the mathematics, what to write and how to go
about it. The bundle of `autograder release` has them as pages, too.

| | stage | functions | points | what it is about |
|---|---|---|---|---|
"""


def stages_page(kit: Path) -> str:
    """Return the page: what each stage is about, and its handout."""
    rows = []
    for stage in read_stages(kit):
        handout = PurePosixPath(handout_uri(stage_folder(kit, stage))).name
        points = points_text(stage.max_points)
        title = f"[{stage.title}]({handout})"
        rows.append(
            f"| {stage.number} | {title} | {len(stage.functions)} | {points} | {stage.summary} |\n"
        )
    return TOP + "".join(rows)
