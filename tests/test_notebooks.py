"""The notebooks: built the same each time, without answers, and with the solution they run."""

import base64
import json
import re
import shutil
import struct
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from autograder.build import build, stale
from autograder.errors import UserError
from autograder.notebooks import CHECK, SOURCE, checked_function, notebook
from autograder.stage import find_stage, read_stages, stage_folder
from autograder.submission import read_working_folder
from tests.command import autograder
from tests.mistakes import KIT

STAGES = read_stages(KIT)
NEIGHBORS, LINEAR = (find_stage(KIT, name) for name in ("nearest_neighbors", "linear_svm"))
PICTURES = {
    "perceptron": 11,
    "nearest_neighbors": 11,
    "linear_svm": 11,
    "two_layer_net": 12,
    "convnet": 15,
    "deep_training": 14,
    "generative": 9,
    "challenge": 3,
}
SECRET = re.compile(r"Marking guide|\bpoints?:|BEGIN SOLUTION")


@pytest.fixture(params=STAGES, ids=lambda stage: stage.name)
def stage(request):
    return request.param


@pytest.fixture
def kit(tmp_path):
    for folder in ("assignments", "solutions", "starter"):
        shutil.copytree(KIT / folder, tmp_path / folder)
    return tmp_path


def source(stage, kit=KIT):
    return stage_folder(kit, stage) / SOURCE


def built(stage):
    text = (KIT / "starter" / f"{stage.name}.ipynb").read_text("utf-8")
    return nbformat.reads(text, as_version=nbformat.NO_CONVERT)


def answers(stage):
    return [cell for cell in built(stage).cells if "nbgrader" in cell.metadata]


# --- what is built ----------------------------------------------------------------------------


def test_it_is_valid_and_has_no_outputs(stage):
    made = built(stage)
    nbformat.validate(made)
    assert (made.nbformat, made.nbformat_minor) == (4, 5)
    assert made.metadata.kernelspec.name == "python3"
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert not [cell for cell in code if cell.outputs or cell.execution_count]


def test_it_is_the_same_each_time(stage):
    first, second = notebook(KIT, stage), notebook(KIT, stage)
    assert first == second
    assert json.dumps(json.loads(first), sort_keys=True, indent=1, ensure_ascii=False) == first[:-1]


def test_each_function_is_checked_once_in_order(stage):
    lines = [line for cell in built(stage).cells for line in cell.source.splitlines()]
    checked = [checked_function(line) for line in lines if line.startswith(CHECK)]
    assert checked == [function.name for function in stage.functions]


def test_a_check_stands_alone_in_its_cell(stage):
    cells = [cell for cell in built(stage).cells if cell.source.startswith(CHECK)]
    assert all(cell.cell_type == "code" and "\n" not in cell.source for cell in cells)


def test_the_first_code_cell_loads_the_magic_and_the_students_file(stage):
    first = next(cell for cell in built(stage).cells if cell.cell_type == "code")
    lines = first.source.splitlines()
    assert lines[:3] == ["%load_ext autograder", "%load_ext autoreload", "%autoreload 2"]
    assert f"import {stage.name}" in lines


def test_each_written_question_has_a_stub(stage):
    stubs = answers(stage)
    assert 2 <= len(stubs) <= 4
    for cell in stubs:
        assert cell.source == "YOUR ANSWER HERE"
        assert cell.cell_type == cell.metadata.nbgrader.cell_type == "markdown"
        marks = {
            key: cell.metadata.nbgrader[key] for key in ("grade", "solution", "locked", "task")
        }
        assert marks == {"grade": True, "solution": True, "locked": False, "task": False}
        assert (cell.metadata.nbgrader.points, cell.metadata.nbgrader.schema_version) == (2, 3)


def test_nbgrader_takes_its_metadata(stage):
    MetadataValidatorV3().validate_nb(built(stage))


def test_questions_have_names_of_their_own():
    names = [cell.metadata.nbgrader.grade_id for stage in STAGES for cell in answers(stage)]
    assert len(set(names)) == len(names)


def test_a_question_stands_before_its_answer(stage):
    cells = built(stage).cells
    for number, cell in enumerate(cells):
        if "nbgrader" in cell.metadata:
            assert cells[number - 1].source.startswith("### Question: ")


def test_no_answer_is_in_it(stage):
    text = (KIT / "starter" / f"{stage.name}.ipynb").read_text("utf-8")
    assert not SECRET.search(text)
    model_answers = re.findall(r"nbgrader=.*\n((?:#.*\n)+)", source(stage).read_text("utf-8"))
    assert len(model_answers) == len(answers(stage))
    for answer in model_answers:
        assert SECRET.search(answer)
        lines = [line.removeprefix("# ") for line in answer.splitlines() if len(line) > 30]
        assert len(lines) > 3
        assert not [line for line in lines if json.dumps(line, ensure_ascii=False)[1:-1] in text]


def test_build_check_notices_a_change_of_the_source(kit):
    path = source(NEIGHBORS, kit)
    path.write_text(path.read_text("utf-8").replace("Look before", "Look well before"), "utf-8")
    result = autograder("build", "--check", "--kit", kit)
    assert result.code == 1
    assert result.out.startswith("starter/nearest_neighbors.ipynb differs")
    assert [path.name for path in build(kit)] == ["nearest_neighbors.ipynb"]
    assert not stale(kit)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# %autograder check add_bias", "# %autograder check bias"),
        ("# %autograder check add_bias", "# nothing"),
        ("# %autograder check add_bias", "# %autograder check linear_forward"),
    ],
)
def test_a_source_that_checks_other_functions_is_refused(kit, old, new):
    path = kit / "assignments" / "2_linear_svm" / SOURCE
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(UserError, match=r"notebook\.py has cells that check .*; expected one for"):
        build(kit)


def test_a_missing_source_is_told(kit):
    source(LINEAR, kit).unlink()
    with pytest.raises(UserError, match=r"notebook\.py can't be read"):
        build(kit)


def test_a_missing_tool_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "jupytext", None)
    with pytest.raises(UserError, match=r"This needs jupytext, .* pip install 'nn-"):
        notebook(KIT, NEIGHBORS)


# --- in a student's folder --------------------------------------------------------------------


def test_it_does_not_pass_for_a_version_of_the_file_beside_it(stage, tmp_path):
    for suffix in (".py", ".ipynb"):
        shutil.copy(KIT / "starter" / f"{stage.name}{suffix}", tmp_path)
    assert read_working_folder(tmp_path, stage.name, []).notes == ()


def test_a_notebook_that_defines_functions_and_is_passed_over_is_told_of(tmp_path):
    stage = LINEAR
    shutil.copy(KIT / "starter" / f"{stage.name}.py", tmp_path)
    made = built(stage)
    made.cells.append(nbformat.v4.new_code_cell("def add_bias(X):\n    return X"))
    nbformat.write(made, tmp_path / f"{stage.name}.ipynb")
    (note,) = read_working_folder(tmp_path, stage.name, []).notes
    assert note == "linear_svm.py was graded, not linear_svm.ipynb."


# --- with a kernel ----------------------------------------------------------------------------


def run(stage, folder, cells=None, allow_errors=False):
    """Run a notebook in a folder, as a student would; return its code cells that ran."""
    made = built(stage)
    made.cells = [cell for cell in made.cells if cell.cell_type == "code"][:cells]
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        made, timeout=120, kernel_name="python3", resources=resources, allow_errors=allow_errors
    ).execute()
    return made.cells


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_KIT", str(KIT))
    monkeypatch.setenv("AUTOGRADER_DATA", str(KIT / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("PYTHONPATH", str(KIT))
    return tmp_path


def pictures_of(cells):
    outputs = [output for cell in cells for output in cell.outputs]
    return [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_with_the_solution_it_runs_and_shows_its_pictures(stage, desk):
    shutil.copy(KIT / "solutions" / f"{stage.name}.py", desk)
    cells = run(stage, desk)  # an error in a cell is an exception here
    for cell in cells:
        if cell.source.startswith(CHECK):
            points = re.search(r"([\d.]+) of ([\d.]+) points", cell.outputs[0].data["text/plain"])
            assert points[1] == points[2] or stage.challenge, cell.source
    pictures = [base64.b64decode(picture) for picture in pictures_of(cells)]
    assert len(pictures) == PICTURES[stage.name]
    for picture in pictures:
        width, height = struct.unpack(">II", picture[16:24])
        assert 400 < width < 2500
        assert 100 < height < 2000


@pytest.mark.slow
def test_with_stubs_it_says_what_is_missing_and_nothing_else(stage, desk):
    shutil.copy(KIT / "starter" / f"{stage.name}.py", desk)
    outputs = [output for cell in run(stage, desk, allow_errors=True) for output in cell.outputs]
    errors = [output for output in outputs if output.output_type == "error"]
    assert errors[0].ename == "NotImplementedError"
    assert {error.ename for error in errors} <= {"NotImplementedError", "NameError"}


def test_a_stub_says_which_function_is_missing(desk):
    stage = NEIGHBORS
    shutil.copy(KIT / "starter" / f"{stage.name}.py", desk)
    *_, distance = run(stage, desk, cells=5, allow_errors=True)
    errors = [output for output in distance.outputs if output.output_type == "error"]
    assert [(error.ename, error.evalue) for error in errors] == [
        (
            "NotImplementedError",
            "compute_distance: not implemented yet (stage 1, nearest_neighbors)",
        )
    ]


def test_a_file_saved_anew_is_loaded_anew(desk):
    stage = NEIGHBORS
    mine = desk / f"{stage.name}.py"
    shutil.copy(KIT / "starter" / mine.name, mine)
    made = built(stage)
    first = next(cell for cell in made.cells if cell.cell_type == "code")
    save = f"import pathlib; pathlib.Path('{mine.name}').write_text('def accuracy(a, b): return 7')"
    made.cells = [first, *map(nbformat.v4.new_code_cell, (save, f"{stage.name}.accuracy(1, 2)"))]
    resources = {"metadata": {"path": str(desk)}}
    NotebookClient(made, timeout=120, kernel_name="python3", resources=resources).execute()
    assert made.cells[-1].outputs[0].data["text/plain"] == "7"
