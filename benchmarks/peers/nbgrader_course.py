"""The assignment as an nbgrader course."""

import inspect
import subprocess
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

from benchmarks.peers import tests


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
    helpers = "\n\n".join(inspect.getsource(f) for f in (tests._svm_inputs, tests._right_loss))
    cells = [_cell("code", code, solution=True)]
    for name in ("test_svm_loss", "test_svm_gradient", "test_nn_forward"):
        test = f"{helpers}\n\n{inspect.getsource(getattr(tests, name))}\n"
        call = f"{name}({'nn_forward' if 'nn' in name else 'svm_loss'})"
        hidden = f"### BEGIN HIDDEN TESTS\n{test}{call}\n### END HIDDEN TESTS"
        cells.append(_cell(name, "" if released else hidden, grade=True, points=1, locked=True))
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
