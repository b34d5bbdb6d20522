"""What the pages of docs/ say is what happens: their code blocks are run in a copy of the kit."""

import doctest
import re

import pytest

from autograder.sandbox.isolation import best
from tests.mistakes import KIT
from tests.pages import blocks, follow

PAGES = sorted(path for path in KIT.glob("docs/**/*.md") if "decisions" not in path.parts)
HANDOUTS = sorted(KIT.glob("assignments/*/README.md"))
RUN = [p for p in PAGES if any(b.language in ("sh", "console", "python") for b in blocks(p))]
SESSIONS = [p for p in PAGES if any(b.language == "pycon" for b in blocks(p))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(KIT / "docs")))
def test_each_block_says_what_it_is(page):
    # A block that is indented, or of no language, would be neither run nor said to be left out.
    assert [block.line for block in blocks(page) if not block.language] == []


@pytest.mark.parametrize("handout", HANDOUTS, ids=lambda path: path.parent.name)
def test_the_python_of_a_handout_runs(handout):
    code = [block.text for block in blocks(handout) if block.language == "python"]
    assert code
    exec("\n".join(code), {})


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", RUN, ids=lambda page: str(page.relative_to(KIT / "docs")))
def test_a_page_can_be_followed(page, tmp_path):
    if "autograder grade " in page.read_text("utf-8") and best() != "strict":
        pytest.skip("this machine can't isolate submissions: see autograder doctor")
    follow(page, tmp_path)


class Rounded(doctest.OutputChecker):
    """Compares the errors in a printed session by their form only: they depend on the machine."""

    def check_output(self, want, got, optionflags):
        want, got = (re.sub(r"\d\.\de[+-]\d\d", "0.0e-00", text) for text in (want, got))
        return super().check_output(want, got, optionflags)


@pytest.mark.parametrize("page", SESSIONS, ids=lambda page: page.stem)
def test_a_session_is_a_true_one(page):
    session = doctest.DocTestParser().get_doctest(page.read_text("utf-8"), {}, "page", None, 0)
    assert len(session.examples) > 5
    runner = doctest.DocTestRunner(Rounded(), optionflags=doctest.NORMALIZE_WHITESPACE)
    said = []
    runner.run(session, out=said.append)
    assert runner.failures == 0, "".join(said)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("sh\ntrue\nfalse", "page.md, line 1"),
        ("console\n$ echo one; echo two\ntwo\none", "echo one"),
        ("python\nassert 1 + 1 == 3", "AssertionError"),
    ],
)
def test_a_page_that_does_not_tell_the_truth_fails(block, words, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"```{block}\n```\n", "utf-8")
    with pytest.raises(AssertionError, match=words):
        follow(page, tmp_path / "followed")


def test_files_and_parts_of_files_are_written_where_commands_find_them(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        '```python title="new/a.py"\nx = 1\ndef f():\n    return 1\n```\n'
        '```python title="new/a.py, f"\ndef f():\n    return 2\n```\n'
        '```python title="new/a.py, continued"\nprint(x, f())\n```\n'
        "```console\n$ python new/a.py\n1 …\n```\n"
        "<!-- not run: it fails -->\n```sh\nfalse\n```\n",
        "utf-8",
    )
    follow(page, tmp_path / "followed")
