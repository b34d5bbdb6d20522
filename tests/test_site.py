"""The site builds without a warning, no link in it is dead, and it loads nothing from elsewhere.

Its reference says all that the program and the models of files say.
"""

import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from pydantic import BaseModel
from typer.main import get_command

from autograder.cli import app
from autograder.report import Report
from autograder.stage import Stage
from docs.generate.cells import cell
from docs.generate.commands import commands, commands_page
from docs.generate.formats import formats_page, models, notes
from docs.generate.links import Sources, rewritten
from docs.generate.lists import four_spaces
from tests.mistakes import CLOSED, KIT

pytestmark = pytest.mark.xdist_group("site")  # built once

LOADS = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src"}


class Document(HTMLParser):
    """What a page of the site links to, loads, and can be linked to."""

    def __init__(self, path: Path):
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        found = {name: value or "" for name, value in attrs}
        self.anchors |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif LOADS.get(tag) in found:
            self.loads.append(found[LOADS[tag]])


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # an advertisement of the theme's
    done = subprocess.run(command, cwd=KIT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="session")
def documents(site):
    return {path: Document(path) for path in sorted(site.rglob("*.html"))}


def missing(page: Path, link: str, documents: dict[Path, Document]) -> bool:
    """Tell whether a link within the site leads nowhere."""
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return True
    return bool(parts.fragment) and unquote(parts.fragment) not in documents[target].anchors


def test_no_link_is_dead(documents):
    dead = [
        f"{page.name}: {link}"
        for page, document in documents.items()
        if page.name != "404.html"  # of which nobody knows the folder it is shown in
        for link in (*document.links, *document.loads)
        if not urlsplit(link).scheme and missing(page, link, documents)
    ]
    assert not dead
    assert sum(len(document.links) for document in documents.values()) > 500


def test_links_to_elsewhere_are_well_formed(documents):
    schemes = {urlsplit(link).scheme for document in documents.values() for link in document.links}
    assert schemes <= {"", "https"}
    for document in documents.values():
        for link in document.links:
            parts = urlsplit(link)
            assert not parts.scheme or re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc)


def test_no_page_loads_anything_from_elsewhere(site, documents):
    for page, document in documents.items():
        elsewhere = [load for load in document.loads if urlsplit(load).netloc]
        assert not elsewhere, page.name
    for sheet in site.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", text), sheet.name


def test_handouts_are_there_with_their_formulae_as_mathml(site, documents):
    for stage in CLOSED:
        page = site / "handouts" / f"{stage.number}_{stage.name}.html"
        text = page.read_text("utf-8")
        source = (KIT / "assignments" / page.stem / "README.md").read_text("utf-8")
        prose = re.sub(r"^ *```.*?^ *```|`[^`\n]+`", "", source, flags=re.DOTALL | re.MULTILINE)
        formulae = re.findall(r"\$\$.+?\$\$|\$[^$]+\$", prose)
        assert documents[page].tags["math"] == len(formulae) > 10
        assert "arithmatex" not in text
        assert f"Stage {stage.number}: {stage.title}" in text


SOURCES = sorted([*KIT.glob("docs/**/*.md"), *KIT.glob("assignments/*/README.md")])


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_has_the_lists_tables_and_code_that_its_source_has(source, site, documents):
    folder = source.relative_to(KIT).parts
    name = "index" if source.stem == "README" else source.stem
    page = site.joinpath(*folder[1:-1], f"{name}.html")
    if folder[0] == "assignments":
        page = site / "handouts" / f"{folder[1]}.html"
    text = page.read_text("utf-8")
    article = text[text.index("<article") : text.index("</article>")]
    wanted = MarkdownIt("commonmark").enable("table").render(source.read_text("utf-8"))
    for tag in ("li", "tr", "pre", "h2", "h3", "blockquote"):
        count = len(re.findall(rf"<{tag}\b", article))
        assert count == len(re.findall(rf"<{tag}\b", wanted)), tag


def test_lists_are_indented_by_four_a_level():
    text = "a\n1. b\n   144. c\n\n   ```\n   1. x\n     y\n   ```\n2. d\n   - e\n     f\ng\n"
    assert four_spaces(text).split("\n") == [
        *("a", "", "1. b", "    144\\. c", ""),
        *("    ```", "    1. x", "      y", "    ```", ""),
        *("2. d", "    - e", "        f", "        g", ""),
    ]


def test_no_solution_and_no_test_is_on_the_site(site):
    names = {path.relative_to(site).parts[1] for path in (site / "files").rglob("*")}
    assert names
    assert not names & {"solutions", "tests"}
    assert not list(site.rglob("*.py"))


def test_links_out_of_the_pages_are_turned_to_what_there_is():
    sources = Sources(KIT, {"data.md": Path("data/README.md")})
    text = (
        "[a](../data/README.md#x) [b](../pyproject.toml) [c](../solutions) [d](../gone.md) `[e](x)`"
    )
    assert rewritten(text, sources, "ci.md") == (
        "[a](data.md#x) [b](files/pyproject.toml) c [d](../gone.md) `[e](x)`",
        {"pyproject.toml"},
    )


def test_every_command_and_option_is_in_the_reference():
    page = commands_page(KIT)
    found = list(commands(get_command(app), "autograder"))
    assert {"autograder check", "autograder nbgrader init"} <= {name for name, _ in found}
    for name, command in found:
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert command.help.split()[-1] in section
        for parameter in command.params:
            if parameter.name != "help":
                assert cell(parameter.help) in section, (name, parameter.name)
                assert parameter.param_type_name == "argument" or parameter.opts[0] in section


@pytest.mark.parametrize(
    "pair", list(commands(get_command(app), "autograder")), ids=lambda pair: pair[0]
)
def test_every_command_has_an_example_that_it_understands(pair):
    name, command = pair
    example = (command.epilog or "").removeprefix("Example: ").split(" |")[0]
    assert example.startswith(name)
    words = shlex.split(example.removeprefix(name))
    command.make_context(name, words)  # raises if an option is unknown or its value wrong


def test_every_key_of_a_file_is_explained():
    files = dict(models(KIT))
    assert {"stage.toml", "run.json"} <= files.keys()
    assert files["RESULTS/<student>/<stage>.json"] is Report
    page = formats_page(KIT)
    for file, model in files.items():
        assert f"\n## `{file}`\n" in page
        assert_explained(model)
    assert "|  |\n" not in page


def assert_explained(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        key = field.alias or name
        assert notes(model).get(key), f"{model.__name__}.{key} is not in its docstring"


def test_the_parts_of_a_file_are_explained():
    page = formats_page(KIT)
    for part in ("`Function` in `stage.toml`", "`Limits` in `stage.toml`", "`CheckReport` in"):
        assert f"### {part}" in page
    assert "number > 0" in page.replace("&#62;", ">")
    assert set(Stage.model_fields) == set(notes(Stage))


def test_every_decision_is_in_their_list():
    listed = (KIT / "docs" / "decisions" / "README.md").read_text("utf-8")
    pages = [path.name for path in KIT.glob("docs/decisions/0*.md")]
    assert len(pages) >= 10
    assert not [name for name in pages if f"({name})" not in listed]
