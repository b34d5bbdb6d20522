"""Generate a notebook from its text source: no answers, no outputs, always the same bytes."""

from pathlib import Path

from autograder.authoring import tool, without_solutions
from autograder.errors import UserError
from autograder.stage import Stage, stage_folder

SOURCE = "notebook.py"
CHECK = "%autograder check "
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(kit: Path, stage: Stage) -> str:
    """Return the notebook of a stage as students get it, as JSON.

    Its source is jupytext's percent format. An answer cell, which nbgrader's metadata mark as a
    solution, holds a model answer and a marking guide there, and nbgrader's stub here. Ids of
    cells are their numbers, and nothing else depends on a version or on chance either.

    Raises
    ------
    UserError
        If the source can't be read, or does not check each function of the stage once, in order.
    """
    path = stage_folder(kit, stage) / SOURCE
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} can't be read: {error}.") from None
    nbformat = tool("nbformat")
    cells = tool("jupytext").reads(source, fmt="py:percent").cells
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number}"
        cell.metadata = {key: cell.metadata[key] for key in ("nbgrader",) if key in cell.metadata}
    _see_that_all_is_checked(path, stage, [cell.source for cell in cells])
    made = nbformat.from_dict(
        {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    )
    made = without_solutions(made)
    nbformat.validate(made)
    return nbformat.writes(made, version=nbformat.NO_CONVERT) + "\n"


def _see_that_all_is_checked(path: Path, stage: Stage, cells: list[str]) -> None:
    checked = [cell.removeprefix(CHECK) for cell in cells if cell.startswith(CHECK)]
    functions = [function.name for function in stage.functions]
    if checked != functions:
        raise UserError(
            f"{path} has cells that check {', '.join(checked) or 'nothing'}; expected one for "
            f"each function of stage.toml, in order: {', '.join(functions)}."
        )
