"""What MkDocs does for this site: pages made of the kit, links out of docs/, formulae."""

import sys
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

KIT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(KIT))

from docs.generate.commands import commands_page
from docs.generate.formats import formats_page
from docs.generate.formulas import drawn
from docs.generate.links import Sources, handout_uri, rewritten
from docs.generate.lists import four_spaces
from docs.generate.stages import stages_page

# Where in the kit the text of a page stands whose source is not in docs/.
INCLUDED = {
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "examples.md": "examples/README.md",
    "data.md": "data/README.md",
    "benchmarks.md": "benchmarks/README.md",
}
GENERATED = {
    "handouts/index.md": stages_page,
    "reference/commands.md": commands_page,
    "reference/formats.md": formats_page,
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Replace each entry of the navigation that ends with a slash by the pages of that folder."""
    pages = {*_outside(), *GENERATED}
    pages |= {path.relative_to(KIT / "docs").as_posix() for path in KIT.glob("docs/**/*.md")}

    def expanded(entry):
        if isinstance(entry, list):
            return [expanded(one) for one in entry]
        if isinstance(entry, dict):
            return {title: expanded(one) for title, one in entry.items()}
        if entry.endswith("/"):
            index = (f"{entry}index.md", f"{entry}README.md")
            inside = (page for page in pages if page.startswith(entry))
            return sorted(inside, key=lambda page: (page not in index, page))
        return entry

    config.nav = expanded(config.nav)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are not in docs/, and the files of the kit that pages link to."""
    for uri, source in _outside().items():
        files.append(File.generated(config, uri, content=(KIT / source).read_text("utf-8")))
    for uri, make in GENERATED.items():
        files.append(File.generated(config, uri, content=make(KIT)))
    linked: set[str] = set()
    for file in files.documentation_pages():
        linked |= rewritten(file.content_string, _sources(), file.src_uri)[1]
    for path in sorted(linked):
        content = (KIT / path).read_bytes()
        files.append(File.generated(config, f"files/{path}", content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn the Markdown that GitHub shows into Python-Markdown's, with the site's links."""
    return four_spaces(rewritten(markdown, _sources(), page.file.src_uri)[0])


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Draw the formulae."""
    return drawn(html)


def _outside() -> dict[str, str]:
    """Return the pages whose source is not in docs/, with the file of the kit that it is."""
    handouts = KIT.glob("assignments/*/README.md")
    sources = {handout_uri(path.parent): path.relative_to(KIT).as_posix() for path in handouts}
    return INCLUDED | sources


def _sources() -> Sources:
    return Sources(KIT, {uri: PurePosixPath(path) for uri, path in _outside().items()})
