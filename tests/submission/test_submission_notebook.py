"""Notebooks: definitions are taken, all else is left out with a note."""

import contextlib
import json
import textwrap
import time
import warnings

import pytest
from archives import SOURCE
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.submission.notebook import MAX_CODE_BYTES, MAX_NOTES, source_of


def notebook(*cells, kind="code"):
    """Make a notebook of nbformat 4 of the cells' texts; a tuple is (kind, text)."""
    made = []
    for cell in cells:
        kind_of, text = cell if isinstance(cell, tuple) else (kind, cell)
        lines = textwrap.dedent(text).removeprefix("\n").rstrip("\n").splitlines(keepends=True)
        made.append({"cell_type": kind_of, "metadata": {}, "source": lines, "outputs": []})
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}).encode()


def taken(*cells):
    """Return the source without the comments that name the cells, and the notes."""
    source, notes = source_of(notebook(*cells))
    lines = [line for line in source.splitlines() if not line.startswith("# cell ")]
    return "\n".join(lines), notes


def run(*cells):
    """Execute what is taken of a notebook and return its names."""
    names = {"__name__": "linear_svm"}
    exec(compile(source_of(notebook(*cells))[0], "linear_svm.py", "exec"), names)
    return names


# What is taken


def test_definitions_are_taken_and_the_rest_is_noted():
    source, notes = source_of(
        notebook(
            ("markdown", "# My work"),
            "import numpy as np\nimport matplotlib.pyplot as plt",
            """
            EPS = 1e-8

            # a comment
            def f(x):
                \"\"\"Say what.\"\"\"
                return np.abs(x) + EPS  # why
            """,
            "losses = train(f)\n\nplt.plot(losses)",
        )
    )
    assert source == (
        "# cell 2\nimport numpy as np\n# cell 3\nEPS = 1e-8\ndef f(x):\n"
        '    """Say what."""\n    return np.abs(x) + EPS\n'
    )
    assert notes == [
        "cell 4, line 1: `losses = train(f)` left out",
        "cell 4, line 3: `plt.plot(losses)` left out",
        "cell 2, line 2: `import matplotlib.pyplot as plt` left out, "
        "as nothing that was kept uses it",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "class Net:\n    size = 3\n    def f(self): return self.size",
        "async def f(): pass",
        "@np.vectorize\ndef f(x): return x",
        "import os, math as m",
        "from collections import defaultdict",
        "from collections import (\n    Counter,  # of labels\n)",
        "if 1 < 2:\n    A = 1\n    B = A + 1",
        "try:\n    A = 1\nexcept ImportError:\n    A = 2\nB = A + 1",
        "from .helpers import g",
        "from helpers import *",
        "SHAPE = (28, 28)",
        "H, W = SIZE = (28, -28)",
        "FLOAT = np.float64",
        "N: int = 3",
        "N: int",
        "def f(key=lambda: later): pass",
        "class A:\n    if 1 < 2:\n        def f(self): return later",
        "W = np.zeros(3)",
        "rng = np.random.default_rng(seed=0)",
        "A = np.arange(6).reshape((2, 3))",
        "A = np.r_[1:3, 4].astype(float)",
        "B = [np.pi * i for i in range(3) if i]",
        "C = {'lr': [0.1, float('inf')], **{}}",
        "D = {k: v for k, v in zip('ab', (1, 2))}",
        "relu = lambda x: np.maximum(0, x)",
        "NAME = f'{1 + 1}.npz'",
        "E = 3 if 1 < 2 else None",
        "try:\n    import numba\nexcept ImportError:\n    numba = None",
        "if 1 < 2:\n    def f(): pass\nelse:\n    f = None",
    ],
)
def test_kept(statement):
    uses = "def uses(): return g, numba"
    source, notes = taken("import numpy as np", statement, uses)
    assert source == f"import numpy as np\n{statement}\n{uses}"
    assert notes == []


@pytest.mark.parametrize(
    "statement",
    [
        "print(1)",
        "X = load()",
        "data = np.load('x.npy')",
        "data = np.loadtxt('x.csv')",
        "data = np.genfromtxt('x.csv')",
        "data = np.fromfile('x')",
        "data = np.memmap('x')",
        "data = np.lib.format.open_memmap('x')",
        "x = np.save('x.npy', [1])",
        "x = [np.load(name) for name in ['a']]",
        "x = [1 for i in load()]",
        "x = [1 for i in (1, 2) if load()]",
        "x = [i async for i in (1, 2)]",
        "x: unknown = 3",
        "x: int = load()",
        "x = open('x')",
        "x = input()",
        "x = np.ones(3).tofile('x')",
        "x = unknown + 1",
        "np.random.seed(0)",
        "plt.rcParams['figure.figsize'] = (10, 8)",
        "np.float = float",
        "for i in range(3):\n    def f(): pass",
        "while True: pass",
        "with np.errstate(all='ignore'): x = 1",
        "if __name__ == '__main__':\n    x = 1",
        "if 1 < 2:\n    x = 1\n    train()",
        "try:\n    x = 1\nfinally:\n    train()",
        "assert 1 == 1",
        "del np",
        "raise ValueError",
        "x = (yield)",
        "x = (y := 3)",
        "global x",
        "x += 1",
    ],
)
def test_left_out(statement):
    source, notes = taken("import numpy as np", statement, "def f(): pass")
    assert source == "import numpy as np\ndef f(): pass"
    first, *more = statement.split("\n")
    assert notes == [f"cell 2, line 1: `{first}{' …' if more else ''}` left out"]


@pytest.mark.parametrize(
    "definition",
    [
        "@unknown\ndef f(): pass",
        "def f(a=unknown): pass",
        "def f(*, a: unknown): pass",
        "def f() -> unknown: pass",
        "class A(unknown): pass",
        "class A:\n    x = unknown",
        "class A:\n    def f(self, x=unknown): pass",
    ],
)
def test_definition_that_would_fail_at_import_is_left_out(definition):
    """One such would cost the student all functions."""
    source, notes = taken("unknown = load()", definition, "def g(): return unknown")
    assert source == "def g(): return unknown"
    first, *more = definition.split("\n")
    what = f"`{first}{' …' if more else ''}`"
    assert notes[1:] == [f"cell 2, line 1: {what} left out, as it needs `unknown` at once"]


def test_star_import_may_define_anything():
    definition = "def f(a=unknown): pass"
    assert taken("from helpers import *\nfrom numpy import e", definition)[1] == []
    assert taken("from .helpers import *\nfrom .others import e", definition)[1] == [
        "cell 1, line 2: `from .others import e` left out, as nothing that was kept uses it"
    ]


def test_constants_of_what_was_left_out_are_left_out_too():
    names = run("x = load()\ny = x + 1\nz = 2", "def f(): return z")
    assert names["f"]() == 2 and "x" not in names and "y" not in names


def test_shadowed_names_lose_their_meaning():
    _, notes = taken(
        "import numpy as np\nnp = 3\nx = np.zeros(3)\ndef float(x): exit()\ny = float(2)"
    )
    assert notes == [
        "cell 1, line 3: `x = np.zeros(3)` left out",
        "cell 1, line 5: `y = float(2)` left out",
    ]


def test_names_of_numpy_itself():
    source, notes = taken(
        "from numpy import zeros, load\nW = zeros(3)\nX = load('x')\ndef f(): load"
    )
    assert "W = zeros(3)" in source and len(notes) == 1
    _, notes = taken(
        "from helpers import zeros\nfrom .numpy import ones\nW = zeros(3)\nV = ones(3)"
    )
    assert [note.split("`")[1] for note in notes[:2]] == ["W = zeros(3)", "V = ones(3)"]


def test_constants_may_be_changed():
    assert run("C = {}\nC['lr'] = 0.1\nN = 1\nN += 2\nD = {}\nD['a'] = load()")["C"] == {"lr": 0.1}
    assert run("N = 1\nN += 2")["N"] == 3
    assert run("N = 1\nN += load()")["N"] == 1
    _, notes = taken("C = {}\nimport numpy as C\nC['pi'] = 3")
    assert notes == ["cell 1, line 3: `C['pi'] = 3` left out"]


def test_last_definition_wins():
    names = run("EPS = 1\ndef f(): return EPS", "def f(): return 2 * EPS\nEPS = 5")
    assert names["f"]() == 10


def test_all_that_is_imported_for_plots_alone_is_left_out():
    source, notes = taken(
        "import numpy as np, seaborn as sns\nfrom google.colab import drive\nimport scipy.signal",
        "def f(x): return scipy.signal.convolve(x, x)",
    )
    assert source.startswith("import numpy as np\nimport scipy.signal\ndef")
    assert notes == [
        "cell 1, line 2: `from google.colab import drive` left out, "
        "as nothing that was kept uses it"
    ]


def test_imports_are_left_out_name_by_name():
    source, _ = taken(
        "from helpers import f, plot\nfrom .others import g, draw as d\nfrom .math import h",
        "A = f, g",
    )
    assert source == "from helpers import f\nfrom .others import g\nA = f, g"


def test_future_imports_come_first():
    cells = ["A = 1\nfrom __future__ import annotations\n", "from __future__ import annotations"]
    source, _ = source_of(notebook(*cells, "def f(x: int): pass"))
    assert source.startswith("from __future__ import annotations\n# cell 1\nA = 1\n# cell 3")
    assert source.count("__future__") == 1


def test_statements_on_one_line():
    source, notes = taken("import numpy as np; é = 'ü'; train(); B = (1,\n  2); C = 3")
    assert source == "import numpy as np\né = 'ü'\nB = (1,\n  2)\nC = 3"
    assert notes == ["cell 1, line 1: `train()` left out"]


def test_warnings_are_the_students_affair():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert taken("S = '\\d'")[0] == "S = '\\d'"


def test_decorators_come_along():
    source, _ = taken(
        "import functools\n@functools.lru_cache\n@functools.wraps(print)\ndef f(): pass"
    )
    assert source.endswith("@functools.lru_cache\n@functools.wraps(print)\ndef f(): pass")


def test_docstrings_and_pass_are_not_worth_a_note():
    assert taken("'''My homework.'''\npass\n...\n3") == ("", [])


def test_notes_are_short_and_few():
    _, notes = taken("print('" + "x" * 100 + "')")
    assert len(notes[0]) < 100 and notes[0].endswith("xxx …` left out")
    _, notes = taken("\n".join(["print(1)"] * 200))
    assert len(notes) == MAX_NOTES + 1 and notes[-1] == "… and 150 more left out"


# IPython's lines


def test_magics_are_left_out():
    source, notes = taken(
        """
        %matplotlib inline
        !pip install \\
            'numpy
        import numpy as np
        np.abs?
        ?np
        files = !ls
        t = %timeit -o f()
        def f(x):
            '''
            % of x
            !no
            '''
            %timeit g()
            return (x
                % 2)
        s = "it's %d \\
        %d"
        # a path \\
        %cd ..
        y = 7 \\
        %3
        q = 'a"b'
        %cd /
        """
    )
    assert source == (
        "import numpy as np\ndef f(x):\n    '''\n    % of x\n    !no\n    '''\n    pass\n"
        '    return (x\n        % 2)\ns = "it\'s %d \\\n%d"\n'
        "y = 7 \\\n%3\nq = 'a\"b'"
    )
    assert [note.split(" left out")[0] for note in notes] == [
        "cell 1, line 1: `%matplotlib inline`",
        "cell 1, line 2: `!pip install \\`",
        "cell 1, line 5: `np.abs?`",
        "cell 1, line 6: `?np`",
        "cell 1, line 7: `files = !ls`",
        "cell 1, line 8: `t = %timeit -o f()`",
        "cell 1, line 14: `%timeit g()`",
        "cell 1, line 20: `%cd ..`",
        "cell 1, line 24: `%cd /`",
    ]


def test_python_that_looks_like_a_magic_is_kept():
    text = "x = (7\n%3)\ny = 7 \\\n%3"
    assert taken(text) == (text, [])


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 3", "%%capture out", "\n\n%%time"])
def test_cell_magic_of_a_python_cell(magic):
    source, notes = source_of(notebook("import numpy", f"{magic}\ndef f(): return 3"))
    assert "def f(): return 3" in source
    assert magic.strip() in notes[0]


@pytest.mark.parametrize(
    "magic", ["%%bash", "%%html", "%%writefile x.py", "%%script python", "%%", "\n\n%%bash"]
)
def test_cell_magic_of_any_other_cell(magic):
    source, notes = taken("A = 1", f"{magic}\ndef f(): return 3")
    assert source == "A = 1"
    line = 2 if magic.startswith("\n") else 1
    assert notes == [f"cell 2, line {line}: the whole cell `{magic.strip()}` left out"]


def test_cell_that_is_indented_as_a_whole():
    assert taken("A = 1", "  def f():\n      return 3\n  B = 2")[0].endswith("B = 2")
    text = json.dumps(
        {"cells": [{"cell_type": "code", "source": "  def f():\n      pass\n  B = 2"}]}
    )
    assert source_of(text.encode())[0] == "# cell 1\ndef f():\n    pass\nB = 2\n"


# What can't be read


def test_cell_with_a_definition_that_is_no_python():
    with pytest.raises(ValueError, match=r"^cell 2, line 3 is not Python \(.*\)$"):
        source_of(notebook("A = 1", "import numpy\n\ndef f(:\n    pass"))


def test_cell_without_a_definition_that_is_no_python():
    source, notes = taken("A = 1", "My answer is that\nit works", "def f(): pass")
    assert source == "A = 1\ndef f(): pass"
    assert notes == ["cell 2, line 1 is not Python (invalid syntax): the whole cell left out"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"3",
        b"{}",
        b'{"cells": []}',
        b'{"cells": 3}',
        b'{"cells": [3, null]}',
        b'{"worksheets": [3]}',
        b'{"worksheets": [{"cells": 3}]}',
        b'{"cells": [{"cell_type": "markdown", "source": "x"}]}',
        b'{"cells": [{"cell_type": "code", "source": 3}]}',
        b'{"cells": [{"cell_type": "code", "source": [3]}]}',
        b'{"cells": [{"cell_type": "code", "source": "def f(): \\u0000"}]}',
        b'{"cells": [{"cell_type": "code", "source": "def f(): \'\\ud800\'"}]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
        notebook("x = " + "(" * 3000 + ")" * 3000 + "\ndef f(): pass"),
        notebook("x = " + "-" * 100_000 + "1\ndef f(): pass"),
        notebook("x = 1" + "+1" * 100_000),
        notebook("#" * (MAX_CODE_BYTES + 1)),
    ],
)
def test_refused_in_one_sentence(data):
    with pytest.raises(ValueError) as refusal:
        source_of(data)
    assert type(refusal.value) is ValueError
    message = str(refusal.value)
    assert message and "\n" not in message and len(message) < 200


def test_much_code_takes_little_time():
    begin = time.process_time()
    source, _ = source_of(notebook("x=1\n" * (MAX_CODE_BYTES // 4)))
    assert source.count("x=1") == MAX_CODE_BYTES // 4
    assert time.process_time() - begin < 20


def test_nbformat_3():
    cell = {
        "cell_type": "code",
        "input": ["def f():\n", "    return 3"],
        "outputs": [],
        "language": "python",
    }
    sheets = [{"cells": [{"cell_type": "heading", "source": "x"}, cell]}, {"cells": [cell]}]
    data = json.dumps({"nbformat": 3, "worksheets": sheets}).encode()
    assert (
        source_of(data)[0] == "# cell 2\ndef f():\n    return 3\n# cell 3\ndef f():\n    return 3\n"
    )


def test_outputs_and_line_ends_do_not_matter():
    cell = {
        "cell_type": "code",
        "source": "a = 1\r\nb = 2\rc = 3",
        "outputs": [{"text": "x" * 1000}],
    }
    assert source_of(json.dumps({"cells": [cell]}).encode())[0] == "# cell 1\na = 1\nb = 2\nc = 3\n"


@pytest.mark.timeout(20)
def test_a_long_indent_takes_no_time():
    cell = {"cell_type": "code", "source": "x = = 1\n" + " " * 250_000 + "x"}
    source, notes = source_of(json.dumps({"cells": [cell]}).encode())
    assert source == "\n"
    assert "not Python" in notes[0]


@settings(deadline=None, max_examples=300)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=30),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["cells", "worksheets", "cell_type", "source", "input"]), inner
            )
        ),
    )
)
def test_any_json(content):
    with contextlib.suppress(ValueError):
        source_of(json.dumps(content).encode())


code = st.text(alphabet="def f(x):\n ='\"%!?@#\\[]{}import1,+;np.é\t\0", max_size=60)


@settings(deadline=None, max_examples=300)
@given(st.lists(code | st.text(max_size=20) | st.just(SOURCE.decode()), min_size=1, max_size=4))
def test_any_cells(cells):
    cells = [{"cell_type": "code", "source": cell} for cell in cells]
    try:
        source, _ = source_of(json.dumps({"cells": cells}).encode())
    except ValueError:
        return
    compile(source, "x.py", "exec", dont_inherit=True, flags=0x400)  # it parses
