"""The magic `%autograder`: in a kernel as in a notebook, and in a shell as on a terminal."""

import subprocess
import sys

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient

from autograder.checking import check_folder
from autograder.reports import cell
from autograder.reports.cell import cell_html
from tests.mistakes import KIT
from tests.page import Page

SOLUTION = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
STUB = (KIT / "starter" / "linear_svm.py").read_text("utf-8")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
RAISING = (
    SOLUTION
    + f"""

def add_bias(X):
    raise ValueError({HOSTILE!r})

def linear_forward(W, X):
    return X @ W + np.eye(len(X), W.shape[1])

def predict_svm(W, X):
    raise NotImplementedError
"""
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make a student's folder with a right solution, and work in it."""
    (tmp_path / "linear_svm.py").write_text(SOLUTION, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTOGRADER_KIT", str(KIT))
    return tmp_path


@pytest.fixture
def shell(folder, capsys):
    """Make a shell with the magic."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "autograder")
    yield shell
    InteractiveShell.clear_instance()


def run(folder, *cells):
    """Run cells in a kernel that works in the folder, and return the outputs of each."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, kernel_name="python3", allow_errors=True, resources=resources
    ).execute()
    return [cell.outputs for cell in notebook.cells]


def html_of(outputs):
    """Return the HTML that a cell displayed, parsed."""
    (shown,) = (output for output in outputs if output.output_type == "display_data")
    return Page(shown.data["text/html"]).root


def result_of(outputs):
    """Return the text of a cell's value, if it has one."""
    values = [one for one in outputs if one.output_type == "execute_result"]
    return values[0].data["text/plain"] if values else None


def test_a_notebook_shows_right_and_wrong_answers_and_takes_points(folder):
    (folder / "linear_svm.py").write_text(RAISING, "utf-8")
    _, right, hostile, wrong, todo, points, nothing, name, option = run(
        folder,
        "%load_ext autograder",
        "%autograder check svm_loss_naive",
        "%autograder check add_bias",
        "%autograder check linear_forward",
        "%autograder check predict_svm",
        "%autograder points svm_loss_naive",
        "%autograder points two_layer_net",
        "%autograder check svn_loss",
        "%autograder check svm_loss --foo",
    )
    shown = html_of(right)
    assert "svm_loss_naive 6 of 6 points" in shown.text
    assert not shown.find_all("details")
    assert result_of(right) is None

    shown = html_of(hostile)
    assert HOSTILE in shown.text
    assert not shown.find_all("script")
    assert not shown.find_all("img")
    assert "raises ValueError" in shown.find("pre").text

    shown = html_of(wrong)
    assert "scores[0, 0] should be" in shown.text
    picture = shown.find("img")
    assert picture.attributes["src"].startswith("data:image/png;base64,")
    assert "Heat maps of scores" in picture.attributes["alt"]
    first, second = shown.find_all("details")
    assert second.parent is first
    assert "Hint 1 of 2" in first.text

    assert "`" not in html_of(todo).text
    assert "predict_svm is not implemented yet" in html_of(todo).text

    assert "6 of 6" in html_of(points).text
    assert result_of(points) == "6.0"

    assert result_of(nothing) == "0.0"
    for outputs, words in (
        (nothing, "There is no two_layer_net.py or two_layer_net.ipynb in"),
        (name, "Did you mean svm_loss?"),
        (option, "No such option: --foo"),
    ):
        (said,) = (one for one in outputs if one.output_type == "stream")
        assert said.name == "stderr"
        assert words in said.text
        assert "Traceback" not in said.text


def test_nbgrader_takes_the_points(folder):
    utils = pytest.importorskip("nbgrader.utils")
    (folder / "linear_svm.py").write_text(RAISING, "utf-8")
    lines = (
        "%load_ext autograder",
        *(f"%autograder points {n}" for n in ("add_bias", "svm_loss", "f")),
    )
    graded = {"grade": True, "points": 6, "solution": False, "locked": True, "grade_id": "a"}
    grades = []
    for outputs in run(folder, *lines)[1:]:
        one = nbformat.v4.new_code_cell(outputs=outputs, metadata={"nbgrader": graded})
        grades.append(utils.determine_grade(one))
    assert grades == [(0, 6), (6, 6), (0, 6)]


def test_a_shell_shows_the_table_of_the_command(shell, capsys):
    assert shell.run_cell("%autograder check svm_loss").result is None
    said = capsys.readouterr().out
    assert "✓   svm_loss    6 / 6" in said
    assert "<" not in said


def test_the_value_is_the_sum_of_a_stage(shell, folder):
    (folder / "linear_svm.py").write_text(STUB, "utf-8")
    assert shell.run_line_magic("autograder", "points linear_svm") == 0.0
    (folder / "linear_svm.py").write_text(SOLUTION, "utf-8")
    assert shell.run_line_magic("autograder", "points linear_svm --only add_bias # mine") == 1.0


def test_the_file_counts_and_not_what_the_notebook_holds(shell, folder):
    shell.run_cell("from linear_svm import add_bias\ndef add_bias(X): return None")
    assert shell.run_line_magic("autograder", "points add_bias") == 1.0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("check f", "There is no stage 'f'"),
        ("check --dir nowhere", "There is no folder nowhere"),
        ("check two_layer_net", "There is no two_layer_net.py or two_layer_net.ipynb"),
        ("check 'svm_loss", "A quotation mark is missing"),
        ("check --watch", "No such option: --watch"),
        ("grade", "No such command 'grade'"),
    ],
)
def test_what_is_wrong_with_a_line_is_one_sentence(shell, capsys, line, words):
    shell.run_cell(f"%autograder {line}")
    out, err = capsys.readouterr()
    assert words in err
    assert "Traceback" not in out + err


@pytest.mark.parametrize("line", ["f", "svm_loss --foo", "svm_loss --dir nowhere", "'svm_loss"])
def test_where_nothing_can_be_checked_there_are_no_points(shell, capsys, line):
    assert shell.run_line_magic("autograder", f"points {line}") == 0.0
    assert capsys.readouterr().err.count("\n") == 1


def test_help_is_shown_and_is_no_value(shell, capsys):
    for line in ("", "--help", "check --help"):
        assert shell.run_line_magic("autograder", line) is None
        assert "%autograder" in capsys.readouterr().out


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # of the plainest way to ask
@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [
        ("%autograder ", {"check", "points"}, {"svm_loss"}),
        ("%autograder po", {"points"}, {"check"}),
        ("%autograder check svm", {"svm_loss", "svm_loss_naive"}, {"linear_svm", "add_bias"}),
        ("%autograder check --", {"--dir", "--only", "--kit"}, {"svm_loss"}),
        ("%autograder points --only lin", {"linear_forward"}, {"linear_svm"}),
        ("%autograder check --dir lin", {"linear_svm.py"}, {"linear_svm", "linear_forward"}),
        ("%autograder nonsense sv", set(), {"svm_loss"}),
    ],
)
def test_tab_offers_names(shell, typed, offered, not_offered):
    found = set(shell.complete(None, typed)[1])
    assert offered <= found
    assert not not_offered & found


def test_a_stage_opens_at_the_first_function_that_is_wrong(folder):
    (folder / "linear_svm.py").write_text(RAISING, "utf-8")
    shown = Page(cell_html(check_folder(folder, "linear_svm", None, KIT))).root
    opened = [details for details in shown.find_all("details") if "open" in details.attributes]
    assert ["add_bias" in details.find_all("summary")[0].text for details in opened] == [True]


def test_a_known_mistake_is_named_once(folder):
    wrong = SOLUTION.replace("+ 2 * reg * W", "+ reg * W")
    (folder / "linear_svm.py").write_text(wrong, "utf-8")
    page = Page(cell_html(check_folder(folder, "svm_loss", None, KIT)))
    assert page.root.text.count("The gradient of the regulariser lacks its factor 2.") == 1
    assert page.root.text.count("should be") == 2  # in the message and in the example
    assert not any({"class", "id", "onclick"} & set(tag) for tag in page.shape)


def test_an_unreadable_file_is_said(folder):
    (folder / "linear_svm.py").write_text("def add_bias(X:\n", "utf-8")
    shown = Page(cell_html(check_folder(folder, "add_bias", None, KIT))).root
    assert "linear_svm.py" in shown.text
    assert not shown.find_all("details")


def test_a_picture_that_fails_costs_nothing_else(folder, monkeypatch):
    def broken(failure):
        raise TypeError("NumPy is not what it was")

    monkeypatch.setattr(cell, "picture", broken)
    (folder / "linear_svm.py").write_text(RAISING, "utf-8")
    shown = Page(cell_html(check_folder(folder, "linear_forward", None, KIT))).root
    assert "scores[0, 0] should be" in shown.text
    assert not shown.find_all("img")


def test_importing_the_package_imports_no_ipython():
    code = "import sys, autograder; print({'IPython', 'numpy', 'typer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
