"""The meter counts loops wherever they hide, and the memory of arrays, without a clock."""

import textwrap

import numpy as np
import pytest

from autograder.sandbox.student import CallFailed
from autograder.sandbox.wire import pack
from tests.test_sandbox import student_of

FEW, MANY = 8, 72
HEAD = """
import functools, threading
import numpy as np
def f(x): return float(x.sum())
"""
LOOPS = {
    "comprehension": "return [f(x) for x in X]",
    "comprehension without a call": "return [x @ x for x in X]",
    "set": "return sorted({i for i in range(len(X))})",
    "nested": "return [[a for a in x] for x in X]",
    "for on one line": """
        total = 0
        for x in X: total += x[0]
        return total""",
    "for": """
        total = 0
        for x in X:
            total += x[0]
        return total""",
    "while on one line": """
        i = 0
        while i < len(X): i += 1
        return i""",
    "generator": "return sum(x[0] for x in X)",
    "map": "return list(map(lambda x: x[0], X))",
    "reduce": "return functools.reduce(lambda a, b: a + b, X)",
    "vectorize": "return np.vectorize(lambda x: x + 1)(X[:, 0])",
    "vectorize rows": "return np.vectorize(lambda x: x.sum(), signature='(d)->()')(X)",
    "apply_along_axis": "return np.apply_along_axis(np.sum, 1, X)",
    "fromiter": "return np.fromiter((x[0] for x in X), float)",
    "ndindex": "return [X[i][0] for i in np.ndindex(len(X))]",
    "recursion": "return 0.0 if len(X) == 0 else X[0, 0] + g(X[1:])",
    "thread": """
        seen = []
        def run():
            for x in X: seen.append(x[0])
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return seen""",
    "exec": """
        exec("for x in X: pass")
        return 0""",
}
WHOLE_ARRAYS = {
    "einsum": "return np.einsum('nd,md->nm', X, X)",
    "einsum, optimized": "return np.einsum('nd,md->nm', X, X, optimize=True)",
    "tensordot": "return np.tensordot(X, X, axes=([1], [1]))",
    "broadcasting": "return ((X[:, None] - X) ** 2).sum(axis=2)",
    "fancy indexing": "return X[np.arange(len(X)), 0] + X[range(len(X)), 1]",
    "add.at": """
        total = np.zeros(len(X))
        np.add.at(total, np.arange(len(X)), X[:, 0])
        return total""",
    "pad and windows": """
        padded = np.pad(X, ((1, 1), (0, 0)))
        return np.lib.stride_tricks.sliding_window_view(padded, (2, 2)).copy()""",
    "cells of a kernel": """
        total = np.zeros_like(X)
        for i in range(3):
            for j in range(3):
                total += X * i * j
        return total""",
    "printing": """
        print(X, f"{X[:3]}", repr(X))
        return X + 1""",
}


@pytest.fixture
def open_student():
    opened = []

    def from_body(body):
        body = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
        opened.append(student_of(f"{HEAD}def g(X):\n{body}\n"))
        return opened[-1]

    yield from_body
    for student in opened:
        student.close()


def lines(student, size):
    """Count lines on two calls, which must agree."""
    X = np.random.default_rng(0).standard_normal((size, 4))
    first, second = (student.measure("g", pack([X], {})) for _ in range(2))
    assert first.lines == second.lines
    return first.lines


@pytest.mark.parametrize("body", LOOPS.values(), ids=LOOPS)
def test_the_lines_of_a_loop_grow(open_student, body):
    student = open_student(body)
    assert lines(student, MANY) - lines(student, FEW) >= MANY - FEW


@pytest.mark.parametrize("body", WHOLE_ARRAYS.values(), ids=WHOLE_ARRAYS)
def test_the_lines_of_an_operation_on_whole_arrays_do_not(open_student, body):
    student = open_student(body)
    assert lines(student, MANY) == lines(student, FEW)


def test_imports_of_the_first_call_do_not_count(open_student):
    student = open_student("""
        import csv, difflib, fractions, statistics
        return 1.0""")
    assert lines(student, FEW) < 100


def test_memory_is_that_of_the_arrays_made(open_student):
    student = open_student("""
        both = np.stack([X, X])
        return both.sum(axis=0)""")
    X = np.zeros((1000, 100))
    used = student.measure("g", pack([X], {}))
    np.testing.assert_array_equal(used.value, X)
    assert 3 * X.nbytes <= used.peak_bytes <= 3.1 * X.nbytes


def test_a_call_that_fails_gives_its_reason_and_the_next_one_is_measured(open_student):
    student = open_student("return 1 / len(X)")
    with pytest.raises(CallFailed, match="ZeroDivisionError"):
        student.measure("g", pack([np.zeros(0)], {}))
    assert student.measure("g", pack([np.zeros(2)], {})).value == 0.5


def test_the_second_call_can_fail_too(open_student):
    student = open_student("""
        if hasattr(f, "called"): raise ValueError("again")
        f.called = True""")
    with pytest.raises(CallFailed, match="again"):
        student.measure("g", pack([np.zeros(2)], {}))


@pytest.mark.parametrize("forged", ["'few'", "-1", "2 ** 70", "True", "1.5", "None", "[1]"])
@pytest.mark.parametrize("name", ["lines", "peak_bytes"])
def test_a_count_that_is_none_is_no_answer(open_student, name, forged):
    student = open_student(f"""
        import sys
        sys.modules["__main__"].meter.measured = lambda *call: (
            1, {{"lines": 1, "peak_bytes": 1, "{name}": {forged}}}
        )
        return 1""")
    with pytest.raises(CallFailed, match="`g` sent something that is no answer") as caught:
        student.measure("g", pack([np.zeros(2)], {}))
    assert caught.value.outcome == "killed"


def test_a_count_that_is_missing_is_no_answer(open_student):
    student = open_student("""
        import sys
        sys.modules["__main__"].meter.measured = lambda *call: (1, {})
        return 1""")
    with pytest.raises(CallFailed, match="no answer"):
        student.measure("g", pack([np.zeros(2)], {}))
