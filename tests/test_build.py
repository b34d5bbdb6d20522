"""starter/ is generated from solutions/ by nbgrader's own code; no solution stays in it."""

import ast
import shutil

import pytest

from autograder.build import build, stale
from autograder.errors import UserError
from tests.command import autograder
from tests.mistakes import CLOSED, KIT

SVM = "solutions/linear_svm.py"


@pytest.fixture
def kit(tmp_path):
    for folder in ("assignments", "solutions", "starter"):
        shutil.copytree(KIT / folder, tmp_path / folder)
    return tmp_path


def test_the_starters_are_up_to_date():
    result = autograder("build", "--check", "--kit", KIT)
    assert (result.code, result.err) == (0, "")


def test_check_tells_of_a_difference_and_build_mends_it(kit):
    path = kit / "starter" / "convnet.py"
    path.write_text("edited")
    (kit / "starter" / "linear_svm.py").unlink()
    result = autograder("build", "--check", "--kit", kit)
    assert result.code == 1
    assert {"starter/convnet.py", "starter/linear_svm.py"} == {
        line.split()[0] for line in result.out.splitlines()
    }
    assert path.read_text() == "edited"
    assert autograder("build", "--kit", kit).code == 0
    assert not stale(kit)
    assert path.read_text() == (KIT / "starter" / "convnet.py").read_text()


@pytest.mark.parametrize("stage", CLOSED, ids=lambda stage: stage.name)
def test_a_starter_keeps_docstrings_and_loses_bodies(stage):
    solution, starter = (
        {
            node.name: node
            for node in ast.parse((KIT / folder / f"{stage.name}.py").read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef)
        }
        for folder in ("solutions", "starter")
    )
    assert list(solution) == list(starter)
    for name, function in starter.items():
        assert ast.unparse(function.args) == ast.unparse(solution[name].args)
        assert ast.get_docstring(function) == ast.get_docstring(solution[name])
        _, body = function.body
        assert isinstance(body, ast.Raise)
        assert ast.unparse(body) == (
            f"raise NotImplementedError('{name}: not implemented yet "
            f"(stage {stage.number}, {stage.name})')"
        )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("    ### BEGIN SOLUTION\n", "", 35, "### END SOLUTION without ### BEGIN SOLUTION"),
        ("    ### END SOLUTION\n", "", 53, "inside the region that begins in line 34"),
        ("### BEGIN SOLUTION", "# BEGIN SOLUTION", 34, "malformed marker '# BEGIN SOLUTION'"),
        ("### END SOLUTION", "### END SOLUTION here", 36, "malformed marker"),
    ],
)
def test_malformed_markers_are_refused_with_file_and_line(kit, old, new, line, words):
    path = kit / SVM
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(UserError, match=words) as caught:
        build(kit)
    assert f"linear_svm.py, line {line}:" in str(caught.value)


def test_a_region_that_does_not_end_is_refused(kit):
    path = kit / SVM
    text = path.read_text()
    path.write_text(text[: text.rindex("    ### END SOLUTION")])
    with pytest.raises(UserError, match="without ### END SOLUTION after it"):
        build(kit)


def test_a_function_without_a_region_or_missing_is_refused(kit):
    path = kit / SVM
    text = path.read_text()
    begin, end = text.index("    ### BEGIN"), text.index("\n\n\ndef linear_forward")
    path.write_text(text[:begin] + "    return X" + text[end:])
    with pytest.raises(UserError, match="add_bias holds 0 regions"):
        build(kit)
    path.write_text(text.replace("def add_bias", "def add_ones"))
    with pytest.raises(UserError, match="has no function add_bias"):
        build(kit)


def test_a_solution_that_is_no_python_is_refused(kit):
    (kit / SVM).write_text("def broken(:\n")
    with pytest.raises(UserError, match=r"linear_svm\.py, line 1: "):
        build(kit)
