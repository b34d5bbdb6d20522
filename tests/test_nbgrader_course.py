"""A course laid out for nbgrader, with nbgrader itself: from init to the marks, with tampering."""

import contextlib
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from autograder.build import starter
from autograder.course import CONFIG_FILE, lay_out
from autograder.export.gradebook import write_points
from autograder.export.results import read_results
from autograder.notebooks import CHECK, POINTS, SOURCE, course_notebook
from autograder.stage import find_stage, read_stages, stage_folder
from autograder.submission import find_entries, read_submissions
from tests.command import autograder
from tests.mistakes import CLOSED, KIT

pytestmark = pytest.mark.xdist_group("nbgrader")  # its courses are laid out once
NAME = "nearest_neighbors"
STAGE = find_stage(KIT, NAME)
SOLUTION = (KIT / "solutions" / f"{NAME}.py").read_text("utf-8")
FUNCTIONS = [function.name for function in STAGE.functions]
MAX_POINTS = {function.name: function.points for function in STAGE.functions}
MANUAL = "a_question"
ANSWER = "The marking guide: one point for a reason."

# What a student puts into a cell of their own, before the first that is graded. The functions
# behind it are stubs, so each point is one too many.
TAMPERING = {
    "transformer": """
import ast
class Full(ast.NodeTransformer):
    def visit_Expr(self, node):
        if "autograder" in ast.dump(node):
            return ast.copy_location(ast.Expr(ast.Constant(1.0)), node)
        return node
get_ipython().ast_transformers.append(Full())""",
    "magic": """
get_ipython().register_magic_function(lambda line: 1.0, "line", "autograder")""",
    "input": """
get_ipython().input_transformers_cleanup.append(
    lambda lines: ["None"] if "autograder" in lines[0] else lines
)""",
    "negative": """
get_ipython().register_magic_function(lambda line: -1, "line", "autograder")""",
    "patched": """
import autograder.grading
autograder.grading._Judge._attempt = lambda *_: autograder.grading._Verdict("passed")""",
    "numpy": """
import numpy as np
np.allclose = np.array_equal = lambda *_, **__: True
np.max = np.abs = lambda *_, **__: 0.0""",
    "too_much": """
get_ipython().register_magic_function(lambda line: 1e6, "line", "autograder")""",
    "exit": "import os; os._exit(0)",
}
FOOLED = {"transformer", "magic", "input", "negative", "patched"}  # nbgrader gives them points
EQUAL = """
class Equal:
    def __eq__(self, other):
        return True
    __array__ = __float__ = __lt__ = __eq__

""" + "\n".join(f"def {name}(*_, **__):\n    return Equal()\n" for name in FUNCTIONS)


# --- the course -------------------------------------------------------------------------------


def small_kit(folder):
    """Copy the kit, with a notebook that only loads the magic, checks, and asks one question."""
    for part in ("assignments", "solutions", "data"):
        shutil.copytree(KIT / part, folder / part)
    mark = {"cell_type": "markdown", "grade": True, "grade_id": MANUAL, "locked": False}
    mark |= {"points": 2, "schema_version": 3, "solution": True, "task": False}
    cells = ["# %%", "# %load_ext autograder", "# %% [markdown]", f"# See `{CHECK.strip()}`."]
    for name in FUNCTIONS:
        cells += ["# %%", f"# {CHECK}{name}"]
    cells += ["# %% [markdown] nbgrader=" + json.dumps(mark), f"# {ANSWER}"]
    (stage_folder(folder, STAGE) / SOURCE).write_text("\n".join(cells) + "\n", "utf-8")
    return folder


class Course(NamedTuple):
    """A course in a folder, with what its commands need."""

    folder: Path
    kit: Path
    environment: dict[str, str]

    def nbgrader(self, *words, code=0):
        """Run nbgrader in the course; return what it said."""
        command = [str(Path(sys.executable).with_name("nbgrader")), *words]
        ran = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = ran.stdout + ran.stderr
        assert ran.returncode == code, said
        return said

    def hand_in(self, student, source, stage=NAME, edit=None):
        """Put the released files into submitted/, with the student's code, notebook edited."""
        folder = self.folder / "submitted" / student / stage
        shutil.copytree(self.folder / "release" / stage, folder)
        (folder / f"{stage}.py").write_text(source, "utf-8")
        if edit:
            path = folder / f"{stage}.ipynb"
            notebook = nbformat.read(path, nbformat.NO_CONVERT)
            edit(notebook)
            nbformat.write(notebook, path)

    def grade(self):
        """Grade submitted/; return RESULTS."""
        results = self.folder / "results"
        what = "--stage", "all", "--out", results, "--secret", "s", "--jobs", 1, "--kit", self.kit
        assert autograder("grade", self.folder / "submitted", *what).code == 0
        return results

    def export(self, *words):
        """Write the points of RESULTS into the gradebook."""
        folder = self.folder / "results"
        return autograder("export", folder, "--to", "nbgrader", "--course", self.folder, *words)

    @property
    def database(self):
        """Address of the gradebook."""
        return f"sqlite:///{self.folder / 'gradebook.db'}"

    @contextlib.contextmanager
    def gradebook(self):
        """Open the gradebook."""
        with contextlib.closing(Gradebook(self.database, course_id="")) as book:
            yield book

    def points(self, student, stage=NAME):
        """Return what the gradebook has for each function."""
        with self.gradebook() as book:
            grades = book.find_submission_notebook(stage, stage, student).grades
            return {g.name: g.auto_score for g in grades if g.cell_type == "code"}


def new_course(folder, kit):
    """Lay out the small kit's one stage, and have nbgrader generate the assignment."""
    environment = {name: value for name, value in os.environ.items() if "AUTOGRADER" not in name}
    # nbgrader runs alembic, which lies beside it.
    path = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    home = folder.parent / "home"
    environment |= {"PATH": path, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home)}
    environment |= {"PYTHONPATH": str(KIT), "OMP_NUM_THREADS": "1"}
    list(lay_out(kit, [STAGE], folder, "course"))
    course = Course(folder, kit, environment)
    course.nbgrader("generate_assignment", NAME)
    return course


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """Make a kit whose notebook is short."""
    return small_kit(tmp_path_factory.mktemp("kit"))


@pytest.fixture(scope="module")
def fresh(kit, tmp_path_factory):
    """Make a course whose assignment is generated."""
    return new_course(tmp_path_factory.mktemp("fresh") / "course", kit)


@pytest.fixture(scope="module")
def marked(fresh, tmp_path_factory):
    """Have three students graded by nbgrader, with one mark by hand, and by us."""
    folder = tmp_path_factory.mktemp("marked") / "course"
    shutil.copytree(fresh.folder, folder)
    course = fresh._replace(folder=folder)
    course.hand_in("ada", SOLUTION)
    course.hand_in("ben", half_right())
    course.hand_in("mal", starter(KIT, STAGE), edit=add_cell(TAMPERING["transformer"]))
    course.nbgrader("autograde", NAME)
    with course.gradebook() as book:
        for student, cell, mark in (("ada", MANUAL, 1.5), ("mal", FUNCTIONS[1], 0.25)):
            book.find_grade(cell, NAME, NAME, student).manual_score = mark
        book.db.commit()
    course.grade()
    return course


@pytest.fixture
def copied(marked, tmp_path):
    """Copy that course: what is done to it ends with the test."""
    folder = tmp_path / "course"
    shutil.copytree(marked.folder, folder)
    return marked._replace(folder=folder)


def half_right():
    """Return a solution whose second function is wrong and whose last is a stub."""
    wrong = f"\n\ndef {FUNCTIONS[1]}(*_, **__):\n    return 0.0\n"
    return f"{SOLUTION}{wrong}\n\ndef {FUNCTIONS[-1]}(*_, **__):\n    raise NotImplementedError\n"


def add_cell(source):
    """Return an edit that puts a cell behind the one that loads the magic."""

    def edit(notebook):
        notebook.cells.insert(1, nbformat.v4.new_code_cell(source.strip()))

    return edit


def ours(results):
    """Return what `autograder grade` has found: points by student and function."""
    reports = read_results(results)
    return {r.student: {part.name: part.points for part in r.functions} for r in reports}


# --- what init makes --------------------------------------------------------------------------


@pytest.mark.parametrize("stage", read_stages(KIT), ids=lambda stage: stage.name)
def test_each_function_has_a_graded_cell_with_its_points(stage):
    made = nbformat.reads(course_notebook(KIT, stage), nbformat.NO_CONVERT)
    MetadataValidatorV3().validate_nb(made)
    graded = [cell for cell in made.cells if cell.source.startswith(POINTS)]
    for cell, function in zip(graded, stage.functions, strict=True):
        only = f" --only {function.name}" if function.name == stage.name else ""
        assert cell.source == f"{POINTS}{function.name}{only}"
        assert (cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.points) == (
            function.name,
            function.points,
        )
        marks = {key: cell.metadata.nbgrader[key] for key in ("grade", "solution", "locked")}
        assert marks == {"grade": True, "solution": False, "locked": True}
    text = "\n".join(cell.source for cell in made.cells)
    assert CHECK.strip() not in text
    assert "*Marking guide.*" in text


def test_source_holds_what_a_student_needs_and_no_path_of_this_machine(fresh):
    source = fresh.folder / "source" / NAME
    assert (source / f"{NAME}.py").read_text("utf-8") == starter(KIT, STAGE)
    assert (source / "assignments" / f"1_{NAME}" / "fingerprints.xz").is_file()
    assert (source / "data" / "mnist_10k.npz").is_file()
    for path in [*source.rglob("*.ipynb"), *source.rglob("*.py"), fresh.folder / CONFIG_FILE]:
        assert str(KIT) not in path.read_text("utf-8")
        assert str(fresh.kit) not in path.read_text("utf-8")


def test_the_released_notebook_holds_no_answer_and_differs_in_nothing_else(fresh):
    released = fresh.folder / "release" / NAME / f"{NAME}.ipynb"
    text = released.read_text("utf-8")
    assert ANSWER not in text
    made = nbformat.reads(text, nbformat.NO_CONVERT)
    assert made.cells[-1].source == "YOUR ANSWER HERE"
    assert [cell.source for cell in made.cells[2:-1]] == [POINTS + name for name in FUNCTIONS]


def test_a_student_at_home_needs_no_kit(fresh, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(fresh.folder / "release" / NAME, home)
    (home / f"{NAME}.py").write_text(half_right(), "utf-8")
    script = "from autograder.magic.commands import run\nassert run('points {}') == {}"
    ran = subprocess.run(
        [sys.executable, "-c", script.format(FUNCTIONS[0], MAX_POINTS[FUNCTIONS[0]])],
        cwd=home,
        env=fresh.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_init_again_keeps_what_was_edited_unless_forced(fresh, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(fresh.folder, folder)
    edited = folder / "source" / NAME / f"{NAME}.ipynb"
    (folder / "source" / NAME / "README.md").unlink()
    whole = edited.read_text("utf-8")
    edited.write_text("mine", "utf-8")
    init = "nbgrader", "init", folder, "--stage", NAME, "--kit", fresh.kit
    result = autograder(*init)
    assert result.code == 0
    assert f"{edited} kept: it differs from the kit's" in result.out
    assert "README.md written" in result.out
    assert edited.read_text("utf-8") == "mine"
    assert f"{edited} written" in autograder(*init, "--force").out
    assert edited.read_text("utf-8") == whole
    assert f"{folder} is up to date." in autograder(*init).out


def test_init_names_stages_that_are_not_there(kit, tmp_path):
    result = autograder("nbgrader", "init", tmp_path / "c", "--stage", "svm", "--kit", kit)
    assert result.code == 2
    assert "There is no stage 'svm'; this kit has perceptron, nearest_neighbors" in result.err
    assert not (tmp_path / "c").exists()


# --- three students ---------------------------------------------------------------------------


def test_export_writes_our_points_and_tells_of_others(copied):
    found = ours(copied.folder / "results")
    assert copied.points("ada") == found["ada"] == MAX_POINTS
    assert copied.points("mal") == dict.fromkeys(FUNCTIONS, 1.0)
    assert 0 < sum(copied.points("ben").values()) <= sum(found["ben"].values())
    assert sum(found["ben"].values()) < sum(MAX_POINTS.values())

    first = copied.export()
    assert first.code == 0, first.err
    for student in ("ada", "ben", "mal"):
        assert copied.points(student) == found[student]
    assert set(found["mal"].values()) == {0.0}
    row = rf"mal +{NAME} +{FUNCTIONS[0]} +1 +0 +–"
    assert re.search(row, first.out), first.out
    assert re.search(rf"mal +{NAME} +{FUNCTIONS[1]} +1 +0 +0.25", first.out)
    assert "ada" not in first.out
    assert f"{3 * len(FUNCTIONS)} cells have our points" in first.out


def test_marks_by_hand_survive_a_second_export(copied):
    for times in range(2):
        result = copied.export()
        assert result.code == 0
        assert ("0 had others" in result.out) == bool(times)
        with copied.gradebook() as book:
            essay = book.find_grade(MANUAL, NAME, NAME, "ada")
            assert (essay.manual_score, essay.score) == (1.5, 1.5)
            overridden = book.find_grade(FUNCTIONS[1], NAME, NAME, "mal")
            assert (overridden.auto_score, overridden.manual_score) == (0.0, 0.25)
            assert overridden.needs_manual_grade
            assert not book.find_grade(FUNCTIONS[0], NAME, NAME, "mal").needs_manual_grade


def test_students_that_are_missing_somewhere_are_told(copied):
    run = copied.folder / "results" / "run.json"
    content = json.loads(run.read_text("utf-8"))
    content["students"]["[eve]"] = content["students"].pop("ben")
    run.write_text(json.dumps(content), "utf-8")
    report = copied.folder / "results" / "ben" / f"{NAME}.json"
    report.write_text(report.read_text("utf-8").replace('"ben"', '"[eve]"'), "utf-8")
    before = copied.points("ben")
    with copied.gradebook() as book:
        book.add_student("zoe")
    result = copied.export()
    assert result.code == 1
    assert f"[eve], {NAME}: graded, but not in the gradebook: nothing was written" in result.out
    assert f"ben, {NAME}: in the gradebook, but not in the results: left alone" in result.out
    assert f"zoe, {NAME}: handed in nothing" in result.out
    assert copied.points("ben") == before


def test_the_gradebook_can_be_named_by_its_address(copied):
    results = copied.folder / "results"
    assert autograder("export", results, "--to", "nbgrader", "--db", copied.database).code == 0
    assert copied.points("mal")[FUNCTIONS[0]] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--db", "sqlite:///nowhere.db"], "There is no gradebook nowhere.db: run `nbgrader"),
        (["--db", "sqlite://"], "There is no gradebook in memory"),
        (["--db", "gradebook.db"], "The gradebook can't be used (Could not parse"),
        (["--course", "nowhere"], "nowhere is no folder: name the nbgrader course"),
        (["--db", "sqlite:///a", "--course", "b"], "both name the gradebook"),
    ],
)
def test_a_gradebook_that_is_not_there_is_told_in_a_sentence(marked, words, said):
    result = autograder("export", marked.folder / "results", "--to", "nbgrader", *words)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_a_file_that_is_no_gradebook_is_told(copied):
    (copied.folder / "gradebook.db").write_bytes(b"no database " * 100)
    result = copied.export()
    assert result.code == 2
    assert "The gradebook can't be used (file is not a database)" in result.err


def test_cells_with_other_points_are_refused_and_nothing_is_written(copied):
    before = copied.points("mal")
    with copied.gradebook() as book:
        book.find_grade_cell(FUNCTIONS[-1], NAME, NAME).max_score = 9
        book.db.commit()
    result = copied.export()
    assert result.code == 2
    assert "in the gradebook has 9 points: make its source anew" in " ".join(result.err.split())
    assert copied.points("mal") == before


def test_an_assignment_that_nbgrader_does_not_have_is_told(copied):
    reports = read_results(copied.folder / "results")
    reports[0].stage = "convnet"
    with pytest.raises(Exception, match="has no assignment convnet with a notebook of that name"):
        write_points(reports, copied.database)
    assert copied.points("mal")[FUNCTIONS[0]] == 1


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("run.json", None, "can't be read (No such file or directory): name the folder that"),
        ("run.json", "{}", "run.json is damaged"),
        (f"ada/{NAME}.json", None, "is missing: the run was stopped"),
        (f"ada/{NAME}.json", "{", "is damaged: run `autograder grade` again"),
    ],
)
def test_results_that_are_not_whole_are_told(copied, file, content, said):
    path = copied.folder / "results" / file
    path.unlink() if content is None else path.write_text(content, "utf-8")
    result = copied.export()
    assert result.code == 2
    assert said in result.err


def test_a_report_in_anothers_place_is_told(copied):
    results = copied.folder / "results"
    mals = (results / "mal" / f"{NAME}.json").read_bytes()
    (results / "ada" / f"{NAME}.json").write_bytes(mals)
    result = copied.export()
    assert result.code == 2
    assert f"is a report on mal and {NAME}, expected ada and {NAME}" in " ".join(result.err.split())


def test_the_configuration_can_leave_out_running_notebooks(copied, tmp_path):
    path = copied.folder / CONFIG_FILE
    lines = path.read_text("utf-8").splitlines()
    begin = lines.index("# from nbgrader.converters import Autograde")
    lines[begin:] = [line.removeprefix("# ") for line in lines[begin:]]
    path.write_text("\n".join(lines), "utf-8")
    trace = tmp_path / "trace"
    copied.hand_in("eve", half_right(), edit=add_cell(f"open({str(trace)!r}, 'w')"))
    copied.nbgrader("autograde", NAME, "--student=eve")
    assert not trace.exists()
    assert copied.points("eve") == MAX_POINTS
    found = ours(copied.grade())
    assert copied.export().code == 0
    assert copied.points("eve") == found["eve"] == found["ben"]


# --- all of nbgrader --------------------------------------------------------------------------


@pytest.mark.slow
def test_feedback_and_nbgraders_export_show_our_points(copied):
    copied.export()
    copied.nbgrader("generate_feedback", NAME)
    page = (copied.folder / "feedback" / "mal" / NAME / f"{NAME}.html").read_text("utf-8")
    most = sum(MAX_POINTS.values()) + 2
    assert f"(Score: 0.25 / {most})" in page
    copied.nbgrader("export")
    with (copied.folder / "grades.csv").open(encoding="utf-8") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    found = {
        student: sum(points.values()) for student, points in ours(copied.folder / "results").items()
    }
    assert scores == pytest.approx(found | {"ada": found["ada"] + 1.5, "mal": 0.25})


@pytest.mark.slow
def test_release_fetch_submit_and_collect(fresh, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(fresh.folder, folder)
    course = fresh._replace(folder=folder)
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    place = f"--Exchange.root={exchange}", f"--Exchange.cache={tmp_path / 'cache'}"
    course.nbgrader("release_assignment", NAME, *place)
    desk = course._replace(folder=tmp_path / "desk")
    desk.folder.mkdir()
    desk.nbgrader("fetch_assignment", NAME, "--course", "course", *place)
    (desk.folder / NAME / f"{NAME}.py").write_text(SOLUTION, "utf-8")
    desk.nbgrader("submit", NAME, "--course", "course", *place)
    course.nbgrader("collect", NAME, *place)
    (student,) = (path.name for path in (folder / "submitted").iterdir())
    course.nbgrader("autograde", NAME)
    course.grade()
    assert course.points(student) == MAX_POINTS
    assert "0 had others" in course.export().out


@pytest.mark.slow
def test_zip_collect_takes_the_students_file_along(fresh, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(fresh.folder, folder)
    course = fresh._replace(folder=folder)
    config = folder / CONFIG_FILE
    text = config.read_text("utf-8")
    config.write_text(text.replace("# c.FileNameCollector", "c.FileNameCollector"), "utf-8")
    archive = folder / "downloaded" / NAME / "archive"
    archive.mkdir(parents=True)
    (archive / f"ada_{NAME}.py").write_text(SOLUTION, "utf-8")
    shutil.copy(folder / "release" / NAME / f"{NAME}.ipynb", archive / f"ada_{NAME}.ipynb")
    course.nbgrader("zip_collect", NAME)
    course.nbgrader("autograde", NAME)
    course.grade()
    assert course.points("ada") == MAX_POINTS
    assert "0 had others" in course.export().out


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_whatever_a_student_does_to_the_notebook_our_points_stand(fresh, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(fresh.folder, folder)
    course = fresh._replace(folder=folder)
    stub = starter(KIT, STAGE)
    for kind, source in TAMPERING.items():
        course.hand_in(kind, stub, edit=add_cell(source))
    course.hand_in("deleted", SOLUTION, edit=lambda made: made.cells.__delitem__(slice(2, None)))
    course.hand_in("edited", stub, edit=edit_grade_cells)
    course.hand_in("equal", EQUAL)
    course.nbgrader("autograde", NAME, code=1)  # two can't be graded by nbgrader
    found = ours(course.grade())
    nbgraders = {student: course.points(student) for student in found}
    assert {who for who, points in nbgraders.items() if any(points.values())} == FOOLED
    for student in ("exit", "too_much", "deleted"):
        assert set(nbgraders[student].values()) == {None}, student
    assert course.export().code == 0
    for student in found:
        right = MAX_POINTS if student == "deleted" else dict.fromkeys(FUNCTIONS, 0.0)
        assert course.points(student) == found[student] == right, student


def edit_grade_cells(notebook):
    """Write full points in place of the checks."""
    for cell in notebook.cells:
        if cell.source.startswith(POINTS):
            cell.source = str(cell.metadata.nbgrader.points)
            cell.metadata.nbgrader.points = 100


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_kits_own_notebooks_give_full_points(fresh, tmp_path):
    stages = CLOSED
    course = fresh._replace(folder=tmp_path / "course", kit=KIT)
    list(lay_out(KIT, stages, course.folder, "course"))
    for stage in stages:
        course.nbgrader("generate_assignment", stage.name)
        solution = (KIT / "solutions" / f"{stage.name}.py").read_text("utf-8")
        course.hand_in("ada", solution, stage.name)
        course.nbgrader("autograde", stage.name)
        most = {function.name: function.points for function in stage.functions}
        assert course.points("ada", stage.name) == most
    course.grade()
    assert "0 had others" in course.export().out
    (entry,) = find_entries(course.folder / "submitted")
    names = [stage.name for stage in stages]
    assert not [one for one in read_submissions(entry, names, names) if one.notes]


def test_what_the_rules_of_a_course_give_is_the_penalty_and_the_marks(copied):
    course = copied.folder / "course.toml"
    course.write_text(
        f"students = ['zoe']\n[excused]\nall = ['mal', 'zoe']\n"
        f"[deadlines]\n{NAME} = 2026-03-02T10:00:00Z\n"
        f"[submitted.{NAME}]\nada = 2026-03-02T11:00:00Z\n[late]\npoints_per_day = 0.5\n"
        f"[questions.{NAME}]\n'{MANUAL}' = 2\nelsewhere = 1\n"
        f"[manual.{NAME}.ada]\n'{MANUAL}' = 0.5\nelsewhere = 0.25\n"
        f"[override.{NAME}.ben]\npoints = 9\nreason = 'Agreed.'\n"
    )
    what = "--stage", "all", "--out", copied.folder / "results", "--secret", "s", "--jobs", 1
    graded = autograder(
        "grade", copied.folder / "submitted", *what, "--kit", copied.kit, "--course", course
    )
    assert graded.code == 0, graded.err
    before = copied.points("mal")
    result = copied.export()
    assert result.code == 0, result.out
    for student in ("mal", "zoe"):
        assert f"{student}, {NAME}: excused: nothing was written" in result.out
    assert copied.points("mal") == before
    with copied.gradebook() as book:
        for student, counted in (("ada", sum(MAX_POINTS.values()) + 0.75 - 0.5), ("ben", 9)):
            found = book.find_submission(NAME, student)
            assert found.score - found.late_submission_penalty == pytest.approx(counted)
        assert book.find_grade(MANUAL, NAME, NAME, "ada").manual_score == 0.5
