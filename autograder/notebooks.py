"""Generate the notebooks from their text sources: no outputs, always the same bytes."""

from pathlib import Path
from typing import Any

from autograder.authoring import tool, without_solutions
from autograder.errors import UserError
from autograder.stage import Function, Stage, stage_folder

SOURCE = "notebook.py"
CHECK = "%autograder check "
POINTS = "%autograder points "
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
    return _as_json(without_solutions(_made(kit, stage)))


def course_notebook(kit: Path, stage: Stage) -> str:
    """Return the notebook of a stage as the source of an nbgrader course, as JSON.

    It differs from that of `notebook` in two ways. The model answers are in it, since nbgrader
    takes them out itself. And the cell that checks a function is one that nbgrader grades: it has
    the points of stage.toml, its id is the function's name, and its value the points earned.
    """
    made = _made(kit, stage)
    for cell in made.cells:
        if cell.source.startswith(CHECK):
            cell.metadata["nbgrader"] = _graded(stage.function(checked_function(cell.source)))
        cell.source = cell.source.replace(CHECK.strip(), POINTS.strip())  # in the text as well
    return _as_json(made)


def checked_function(cell: str) -> str:
    """Return what a cell checks: ``check f``, or ``check f --only f`` if the stage is called f."""
    return cell.removeprefix(CHECK).rpartition(" --only ")[2]


def _graded(function: Function) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "grade": True,
        "grade_id": function.name,
        "locked": True,
        "points": function.points,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }


def _made(kit: Path, stage: Stage) -> Any:
    """Make the notebook of a stage, model answers included."""
    path = stage_folder(kit, stage) / SOURCE
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} can't be read: {error}.") from None
    cells = tool("jupytext").reads(source, fmt="py:percent").cells
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number}"
        cell.metadata = {key: cell.metadata[key] for key in ("nbgrader",) if key in cell.metadata}
    _see_that_all_is_checked(path, stage, [cell.source for cell in cells])
    return tool("nbformat").from_dict(
        {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    )


def _as_json(made: Any) -> str:
    nbformat = tool("nbformat")
    nbformat.validate(made)
    return str(nbformat.writes(made, version=nbformat.NO_CONVERT)) + "\n"


def _see_that_all_is_checked(path: Path, stage: Stage, cells: list[str]) -> None:
    checked = [checked_function(cell) for cell in cells if cell.startswith(CHECK)]
    functions = [function.name for function in stage.functions]
    if checked != functions:
        raise UserError(
            f"{path} has cells that check {', '.join(checked) or 'nothing'}; expected one for "
            f"each function of stage.toml, in order: {', '.join(functions)}."
        )
