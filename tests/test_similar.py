"""Similar submissions: copies are found however they are dressed up, and only hinted at."""

import ast
import json
import re
import sys
import time
import zipfile

import pytest

from autograder.similar.listing import listings
from autograder.similar.own_code import NotComparable, own_code, stub_lines
from autograder.similar.page import histogram, share_below, similar_page
from autograder.similar.pairs import compare
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.command import autograder
from tests.mistakes import CLOSED, KIT
from tests.page import Page
from tests.test_reports import HOSTILE

STAGES = [stage.name for stage in CLOSED]
STAGE = "linear_svm"
VERDICTS = re.compile("plagiar|cheat|copied|suspect|suspicious|guilt|fraud", re.IGNORECASE)


class Renamed(ast.NodeTransformer):
    """Give the variables of a function other names."""

    def visit_FunctionDef(self, node):
        names = {
            inner.id: f"value_{number}"
            for number, inner in enumerate(ast.walk(node))
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        }
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name):
                inner.id = names.get(inner.id, inner.id)
        return node


def disguised(source):
    """Rename variables, set it anew, turn the order of functions round, add comments."""
    tree = Renamed().visit(ast.parse(source))
    pieces = [ast.unparse(node) for node in tree.body]
    functions = [piece for piece in pieces if piece.startswith("def ")]
    lines = "\n\n".join([p for p in pieces if p not in functions] + functions[::-1]).split("\n")
    return "\n".join(
        f"{line}\n    # step {n}" if n % 3 == 0 else line for n, line in enumerate(lines)
    )


def notebook_of(source):
    """Put each statement into a cell of its own."""
    texts = [ast.get_source_segment(source, node) for node in ast.parse(source).body]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": t} for t in texts]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def variants(stage):
    """Return right solutions that were written independently."""
    folder = KIT / "tests" / "variants" / stage
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.py"))}


def stub(stage=STAGE):
    """Return the lines that count for nothing."""
    return stub_lines((KIT / "starter" / f"{stage}.py").read_bytes())


def handed_in(student, source, stage=STAGE, **others):
    """Make a submission of texts."""
    files = {f"{stage}.py": source, **{f"{name}.py": text for name, text in others.items()}}
    return Submission(student, stage, {name: text.encode() for name, text in files.items()})


def compared(sources, stage=STAGE, threshold=0.0, top=1000):
    """Compare texts by student."""
    submissions = [handed_in(student, source, stage) for student, source in sources.items()]
    return compare(submissions, stub(stage), threshold, top, lambda done, total: None)


def students(pair):
    """Return the two names of a pair."""
    return {code.student for code in pair.codes}


@pytest.mark.parametrize("stage", STAGES)
def test_a_disguised_copy_ranks_above_all_independent_solutions(stage):
    sources = variants(stage) | {"copy": disguised(variants(stage)["einsum"])}
    first, second, *_ = compared(sources, stage).pairs
    assert students(first) == {"einsum", "copy"}
    assert min(first.shares) > 0.75
    assert second.share < 0.45


def test_a_notebook_is_compared_with_a_file(tmp_path):
    source = variants(STAGE)["one_hot"]
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / f"{STAGE}.ipynb").write_text(notebook_of(source), "utf-8")
    with zipfile.ZipFile(tmp_path / "class" / "bob.zip", "w") as archive:
        archive.writestr(f"work/{STAGE}.py", disguised(source))
    (tmp_path / "class" / "eve.py").write_text(variants(STAGE)["typed"], "utf-8")
    done = similar(tmp_path)
    assert done.code == 0
    (row,) = [line.split() for line in done.out.splitlines() if "%" in line]
    assert (row[0], row[2]) == ("ada", "bob")
    assert all(int(share.rstrip("%")) > 75 for share in (row[1], row[3]))


def similar(folder, *arguments):
    """Run the command on the class in a folder."""
    call = ("similar", folder / "class", "--stage", STAGE, "--out", folder / "out", "--kit", KIT)
    return autograder(*call, *arguments)


def test_the_stubs_lines_and_docstrings_do_not_count():
    source = (KIT / "starter" / f"{STAGE}.py").read_text("utf-8")
    code = own_code(handed_in("ada", source), stub())
    assert [file.own for file in code.files] == [frozenset()]
    body = "    twos = np.full(3, 2)\n    return twos\n"
    filled = re.sub(r"    raise NotImplementedError\(.add_bias.*\n", body, source)
    (file,) = own_code(handed_in("ada", filled), stub()).files
    assert "".join(f"{file.lines[at]}\n" for at in sorted(file.own)) == body
    assert file.functions["add_bias"] == 2
    assert file.functions["svm_loss"] == 0


def test_code_behind_a_text_counts():
    source = 'def f(x):\n    "a text"; return x + 1\n    """\n    one more\n    """\n'
    (file,) = own_code(handed_in("ada", source), stub()).files
    assert file.own == {0, 1}


def test_marks_stand_where_the_code_is():
    source = variants(STAGE)["one_hot"]
    moved = '"""Mine.\n\nAll of it."""\n\n\n' + source
    (pair,) = compared({"ada": source, "bob": moved}).pairs
    assert pair.shares == (1, 1)
    for code, spans, text in zip(pair.codes, pair.spans, (source, moved), strict=True):
        (listing,) = listings(code, spans)
        rows = [row for row in listing.rows if not row.folded]
        lines = text.split("\n")
        for row in rows:
            line = "".join(part.text for part in row.parts)
            assert line == lines[row.number - 1]
            if row.counts and not line.strip().startswith("#"):
                assert "".join(p.text for p in row.parts if p.shared) == line.strip()
        assert sum(row.folded or 1 for row in listing.rows) == len(lines)


def test_only_what_is_shared_is_marked():
    own, other = (variants(STAGE)[name] for name in ("one_hot", "decorated"))
    function = (
        "\n\ndef extra(a, b):\n    return [a * i - b / (i + 1) for i in range(17) if a < b]\n"
    )
    (pair,) = compared({"ada": own + function, "bob": other + function}).pairs
    assert 0 < pair.share < 0.3
    (listing,) = listings(pair.codes[0], pair.spans[0])
    marked = {row.number for row in listing.rows if any(part.shared for part in row.parts)}
    last = own.count("\n") + 4
    assert {last - 1, last} <= marked
    assert len(marked) < 15


def test_helpers_count_where_they_are_imported():
    helper = variants(STAGE)["one_hot"]
    uses = "import os\nfrom tools import svm_loss\n"
    with_helper = handed_in("ada", uses, tools=helper, unused="x = 1\n", convnet="y = 2\n")
    code = own_code(with_helper, stub())
    assert [file.name for file in code.files] == [f"{STAGE}.py", "tools.py"]
    found = compare(
        [with_helper, handed_in("bob", disguised(helper))], stub(), 0, 9, lambda *_: None
    )
    (pair,) = found.pairs
    assert min(pair.shares) > 0.8
    names = [listing.name for listing in listings(pair.codes[0], pair.spans[0])]
    assert names == [f"{STAGE}.py", "tools.py"]
    hidden = handed_in("ada", "from convnet import *\nimport a.b\n", convnet="y = 2\n")
    hidden.files["a/b.py"] = b"from . import c\nfrom .. import d"
    hidden.files["a/c.py"] = b"z = 3"
    assert [f.name for f in own_code(hidden, stub()).files] == [
        f"{STAGE}.py",
        "convnet.py",
        "a/b.py",
        "a/c.py",
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f(:\n", "linear_svm.py is no Python (line 1"),
        ("x = 1\n", "too little code"),
        (f"x = [{'(' * 5000}]\n", "linear_svm.py is no"),
        ("x = 1\n" * 60000, "more than 256 kB"),
        ("# coding: no-such\n", "linear_svm.py is no Python"),
    ],
    ids=["syntax", "short", "deep", "long", "encoding"],
)
def test_what_can_not_be_compared_is_named(source, said):
    found = compared({"ada": source})
    assert [student for student, _ in found.left_out] == ["ada"]
    assert said in found.left_out[0][1]


def test_a_helper_of_an_odd_encoding_is_named():
    odd = handed_in("ada", "import tools\n")
    odd.files["tools.py"] = b"# coding: rot13\nx = 1\n"
    with pytest.raises(NotComparable, match=r"tools\.py is nothing that Python can parse"):
        own_code(odd, stub())


@pytest.mark.parametrize(
    "source",
    [
        f"from {'.'.join('a' * 3000)} import {','.join('b' * 3000)}\n",
        f"import {'.'.join('a' * 20000)}\n",
        "x = 'ü'; " + "'';" * 40000 + "\n",
    ],
    ids=["names", "parts", "texts"],
)
def test_hostile_code_takes_no_time(source):
    begin = time.monotonic()
    own_code(handed_in("ada", source), stub())
    assert time.monotonic() - begin < 5


def test_an_unreadable_one_keeps_its_reason():
    with pytest.raises(NotComparable, match=r"It is torn\."):
        own_code(Submission("ada", STAGE, {}, "It is torn."), stub())


def test_the_order_of_submissions_does_not_matter():
    sources = {name: variants(STAGE)[name] for name in ("typed", "one_hot", "einsum", "noisy")}
    backwards = dict(reversed(sources.items()))
    assert compared(sources) == compared(backwards)


def test_threshold_and_top():
    sources = variants(STAGE) | {"copy": disguised(variants(STAGE)["einsum"])}
    everything = compared(sources)
    number = len(sources) * (len(sources) - 1) // 2 - sum(
        len(sources) - 1 - place for place in range(len(everything.left_out))
    )
    assert len(everything.shares) == len(everything.pairs) == number
    assert [pair.share for pair in everything.pairs] == everything.shares
    assert len(compared(sources, top=3).pairs) == 3
    assert all(pair.share >= 0.5 for pair in compared(sources, threshold=0.5).pairs)
    assert compared(sources, threshold=0.5).pairs


def test_what_is_usual():
    shares = [1.0, 0.95, 0.4, 0.31, 0.3, 0.2, 0.1, 0.1, 0.0, 0.0]
    assert histogram(shares) == [2, 2, 1, 2, 1, 0, 0, 0, 0, 2]
    assert share_below(shares, 0.5) == 0.2
    assert share_below(shares, 0.9) == 0.95
    assert share_below([], 0.5) == 0


def page_of(sources):
    """Return the page on texts by student, as HTML."""
    return similar_page(compared(sources, threshold=0.5), find_stage(KIT, STAGE), 0.5)


def test_the_page_shows_pairs_side_by_side():
    source = variants(STAGE)["one_hot"]
    sources = {"ada": source, "bob": source + "\n# mine", "eve": variants(STAGE)["typed"]}
    page = Page(page_of(sources | {"zoë": "x = 1"})).root
    section = page.find("section", id="pair-1")
    assert section.find("h2").text == "1. ada and bob"
    codes = section.find_all("div", class_="code")
    assert len(codes) == 2
    for code in codes:
        assert len(code.find_all("mark")) > 20
        assert all(row.attributes["data-line"].isdigit() for row in code.find_all("span"))
    numbers = page.find_all("td", class_="number")
    assert numbers[0].text == "100%"
    (row,) = page.find("div", class_="trouble").find("tbody").find_all("tr")
    assert row.find("th").text == "zoë"
    assert row.find("td").text == "Beside the stub there is too little code to compare."
    assert "add_bias" in page.find("div", class_="notice").text
    assert "svm_loss_naive" not in page.find("div", class_="notice").text
    assert "3 pairs; 1 with a share of 50% or more" in page.text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_and_code_stay_text(hostile):
    quoted = json.dumps(hostile.replace("\x00", "").encode("utf-8", "replace").decode())
    source = variants(STAGE)["one_hot"]
    shapes = [
        Page(page_of({name: source + f"\nx = {text}\n", "": source})).shape
        for name, text in (("a", '"harmless"'), (hostile, quoted))
    ]
    assert shapes[0] == shapes[1]


def test_no_word_is_a_verdict(tmp_path):
    source = variants(STAGE)["one_hot"]
    page = page_of({"ada": source, "bob": source})
    assert not VERDICTS.search(page.replace("copydetect", ""))
    assert "A hint where to look, no more" in page
    for name in ("ada", "bob"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / f"{STAGE}.py").write_text(source, "utf-8")
    done = similar(tmp_path)
    assert not VERDICTS.search(done.out + autograder("similar", "--help").out)
    assert "not a verdict" in done.out
    docs = (KIT / "docs" / "similar.md").read_text("utf-8")
    assert not VERDICTS.search(docs.replace("copydetect", ""))


def test_the_command_names_whom_it_could_not_compare_and_runs_nothing(tmp_path):
    marker = tmp_path / "ran"
    source = variants(STAGE)["one_hot"]
    for name in ("ada", "bob", "[red]eve"):
        (tmp_path / "class" / name).mkdir(parents=True)
        text = f"{source}\nopen({str(marker)!r}, 'w')\n"
        (tmp_path / "class" / name / f"{STAGE}.py").write_text(text, "utf-8")
    (tmp_path / "class" / "bob.py").write_text(source, "utf-8")
    (tmp_path / "class" / "dan.zip").write_bytes(b"PK no zip")
    done = similar(tmp_path, "--threshold", 0.9, "--top", 5)
    assert (done.code, done.err) == (0, "")
    assert "bob not compared: bob/ and bob.py name the same student" in " ".join(done.out.split())
    assert "dan not compared: " in done.out
    assert "[red]eve  100%    ada" in done.out
    assert not marker.exists()
    assert (tmp_path / "out" / f"{STAGE}.html").is_file()


def test_it_says_how_to_get_the_library(tmp_path, monkeypatch):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.py").write_text("x = 1", "utf-8")
    monkeypatch.setitem(sys.modules, "copydetect", None)
    done = similar(tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "pip install 'nn-course-kit[similar]'" in " ".join(done.err.split())


def test_pages_do_not_go_among_the_submissions(tmp_path):
    (tmp_path / "ada.py").write_text("x = 1", "utf-8")
    done = autograder("similar", tmp_path, "--out", tmp_path / "out", "--kit", KIT)
    assert done.code == 2
    assert "name a folder elsewhere" in " ".join(done.err.split())
