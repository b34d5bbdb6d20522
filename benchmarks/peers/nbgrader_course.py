"""The assignment as an nbgrader course."""

import subprocess
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

from benchmarks.peers.parts import HELPERS, TESTS


def make(folder: Path, students: dict[str, str]) -> None:
    """Lay out a course, released and handed in."""
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "bench"\n', "utf-8"
    )
    stub = "import numpy as np\n\n### BEGIN SOLUTION\n### END SOLUTION"
    _write(folder / "source" / "ps1" / "functions.ipynb", stub)
    _run(folder, "generate_assignment", "ps1", "--create")
    for name, source in students.items():
        _write(folder / "submitted" / name / "ps1" / "functions.ipynb", source, released=True)


def autograde(folder: Path) -> dict[str, float]:
    """Grade the class; return each student's points."""
    _run(folder, "autograde", "ps1")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        handed_in = gradebook.assignment_submissions("ps1")
        return {submission.student_id: submission.score for submission in handed_in}


def _run(folder: Path, *words: str) -> None:
    subprocess.run(["nbgrader", *words], cwd=folder, check=True, capture_output=True)


def _write(path: Path, code: str, released: bool = False) -> None:
    cells = [_cell("code", code, solution=True)]
    for test in TESTS:
        called = f"{HELPERS}\n\n{test.source}\n{test.name}({test.function})"
        hidden = f"### BEGIN HIDDEN TESTS\n{called}\n### END HIDDEN TESTS"
        cells.append(
            _cell(test.name, "" if released else hidden, grade=True, points=1, locked=True)
        )
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def _cell(grade_id: str, source: str, **more: object) -> nbformat.NotebookNode:
    about = {"grade": False, "solution": False, "locked": False, "task": False, **more}
    about |= {"grade_id": grade_id, "schema_version": 3, "cell_type": "code"}
    return new_code_cell(source, metadata={"nbgrader": about})
