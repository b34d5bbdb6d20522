"""Which functions a save affects, by their syntax trees."""

import pytest

from autograder.stage import find_stage
from autograder.watch.affected import affected, divide
from tests.mistakes import KIT

STAGE = find_stage(KIT, "linear_svm")
ALL = [function.name for function in STAGE.functions]
BEFORE = '''"""My file."""
import numpy as np

STEP = 2

def scale(x):
    return x * STEP

def linear_forward(W, X):
    """Scores."""
    return X @ W

def predict_svm(W, X):
    return best(linear_forward(W, X))

def best(scores):
    return scores.argmax(axis=1)

def add_bias(X):
    return scale(X)
'''


def after(old: str, new: str) -> list[str]:
    """Return what is affected when one text takes another's place."""
    assert old in BEFORE
    return affected(divide(BEFORE.encode()), divide(BEFORE.replace(old, new).encode()), STAGE)


def test_nothing_by_comments_docstrings_and_blank_lines():
    assert after("    return X @ W", "    # a product\n\n    return (X @ W)") == []
    assert after('"""Scores."""', '"""The scores."""') == []


def test_a_function_and_those_that_use_it_by_stage_toml():
    assert after("return X @ W", "return W @ X") == [name for name in ALL if name != "add_bias"]


def test_a_function_that_nobody_uses():
    assert after("best(linear_forward(W, X))", "best(X @ W)") == ["predict_svm", "tune_svm"]


def test_a_helper_affects_all_that_call_it():
    assert after("x * STEP", "x / STEP") == ["add_bias"]
    assert after("axis=1", "axis=0") == ["predict_svm", "tune_svm"]


def test_a_helper_that_goes_affects_all_that_called_it():
    assert after("def scale", "def rescale") == ["add_bias"]


@pytest.mark.parametrize(
    "old, new",
    [("STEP = 2", "STEP = 3"), ("import numpy as np", "import numpy as np, math")],
)
def test_what_stands_outside_of_functions_affects_everything(old, new):
    assert after(old, new) == ALL


def test_what_runs_at_the_import_affects_everything():
    before = BEFORE + "\nprint(best(np.ones((1, 2))))\n"
    changed = before.replace("axis=1", "axis=0")
    assert affected(divide(before.encode()), divide(changed.encode()), STAGE) == ALL


@pytest.mark.parametrize("source", [b"def f(:", b"return 1", b"x = '\xff'"])
def test_no_python(source):
    with pytest.raises(SyntaxError):
        divide(source)
