"""No byte of a solution, a known mistake or a model answer is in a student's bundle."""

import ast
import io
import json
import marshal
import zipfile

import jupytext
import pytest

from autograder.fingerprints import NAME
from autograder.stage import open_task
from tests.bundle_members import (
    body,
    bytecode,
    code_objects,
    functions,
    members,
    normal,
    passes_on,
    sources,
    statements,
    unpacked,
)
from tests.mistakes import KIT

pytestmark = pytest.mark.xdist_group("bundle")
SOURCES = sorted((KIT / "solutions").rglob("*.py"))
TELLING = 340  # characters of a statement's tree: more than a call of some variables has


@pytest.fixture(scope="module")
def contents(released):
    """All that is in a bundle of all stages: names and bytes."""
    return list(members(released))


def texts():
    """Return the instructor's sources, without what stubs of open tasks hold on purpose."""
    return {path: without_given(path) for path in SOURCES}


def without_given(path):
    text = path.read_text("utf-8")
    if path.name != f"{open_task(KIT).name}.py" or path.parent.name == "mistakes":
        return text
    tree = ast.parse(text)
    asked = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and "BEGIN SOLUTION" in ast.get_source_segment(text, node)
    ]
    return ast.unparse(ast.Module(asked, []))


def secret_bodies():
    """Return the functions of solutions and mistakes as trees without names of variables."""
    return {
        normal(body(function)): function.name
        for text in texts().values()
        for function in functions(text)
        if not passes_on(function)
    }


def secret_statements():
    return {
        tree: ast.unparse(statement)
        for text in texts().values()
        for statement in statements(text)
        if len(tree := normal([statement])) > TELLING
    }


def secret_code():
    """Return the bytecode of the functions of solutions and mistakes.

    A comprehension alone, of some names that both sides have, tells nothing.
    """
    return {
        bytecode(code): code.co_name
        for text in texts().values()
        for code in code_objects("secret.py", text.encode())
        if not code.co_name.startswith("<")
    }


def test_the_search_is_as_wide_as_the_kit(contents):
    names = [name for name, _ in contents]
    assert any(name.endswith("autograder/checks/convnet.py") for name in names)  # in the wheel
    assert any(name.endswith(".ipynb") for name in names)
    assert not [name for name in names if name.endswith(".pyc")]
    assert not [name for name in names if "solutions" in name or "mistakes/" in name]
    assert len(secret_bodies()) > 500
    assert len(secret_statements()) > 500
    assert len(secret_code()) > 500


def test_no_function_is_in_it_as_a_tree(contents):
    secret = secret_bodies()
    found = [
        (name, function.name, secret[tree])
        for name, content in contents
        for text in sources(name, content)
        for function in functions(text)
        if (tree := normal(body(function))) in secret
    ]
    assert not found


def test_no_statement_is_in_it_as_a_tree(contents):
    secret = secret_statements()
    found = [
        (name, ast.unparse(statement))
        for name, content in contents
        for text in sources(name, content)
        for statement in statements(text)
        if normal([statement]) in secret
    ]
    assert not found


def test_no_function_is_in_it_as_bytecode(contents):
    secret = secret_code()
    found = [
        (name, code.co_name)
        for name, content in contents
        for code in code_objects(name, content)
        if bytecode(code) in secret
    ]
    assert not found


def test_no_name_of_a_mistake_is_in_it(contents):
    """A fingerprints file has the ids that reports have, but no name of a function."""
    named = [
        function.name
        for path, text in texts().items()
        if path.parent.name == "mistakes"
        for function in functions(text)
        if "__" in function.name
    ]
    assert len(named) > 300
    for name, content in contents:
        assert not [one for one in named if one.encode() in content], name
        if not name.endswith((NAME, NAME.removesuffix(".xz"))):
            ids = [one.replace("__", ".", 1) for one in named]
            assert not [one for one in ids if one.encode() in content], name


def model_answers():
    """Return the sentences of the answers and marking guides in the notebooks' sources."""
    for path in sorted((KIT / "assignments").glob("*/notebook.py")):
        for cell in jupytext.read(path, fmt="py:percent").cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                yield from (line for line in cell.source.splitlines() if len(line) > 30)


def test_no_model_answer_or_marking_guide_is_in_it(contents):
    answers = list(model_answers())
    assert len(answers) > 40
    assert any("Marking guide" in line for line in answers)
    for name, content in contents:
        assert not [line for line in answers if line.encode() in content], name
        assert b"Marking guide" not in content, name


@pytest.mark.parametrize("suffix", [".py", ".pyc", ".ipynb", ".whl"])
def test_the_search_finds_a_solution_in_any_form(suffix, tmp_path):
    """With other names of variables, other comments and other blank lines."""
    hidden = SOURCES[-1].read_text("utf-8").replace("scores", "s")
    path = tmp_path / f"hidden{suffix}"
    path.write_bytes(packed(hidden, suffix))
    contents = list(unpacked(path.name, path.read_bytes()))
    secret, compiled = secret_bodies(), secret_code()
    trees = [
        tree
        for name, content in contents
        for text in sources(name, content)
        for function in functions(text)
        if (tree := normal(body(function))) in secret
    ]
    codes = [
        code
        for name, content in contents
        for code in code_objects(name, content)
        if bytecode(code) in compiled
    ]
    assert len(codes) > 3
    assert len(trees) > 3 or suffix == ".pyc"


def packed(text: str, suffix: str) -> bytes:
    if suffix == ".py":
        return text.encode()
    if suffix == ".pyc":
        return bytes(16) + marshal.dumps(compile(text, "hidden.py", "exec"))
    if suffix == ".ipynb":
        return json.dumps({"cells": [{"cell_type": "code", "source": [text]}]}).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("autograder/hidden.py", text)
    return file.getvalue()
