"""Links as GitHub follows them in the repository, turned to what the site has in their place."""

import posixpath
import re
from pathlib import Path, PurePosixPath
from typing import NamedTuple

SECRET = ("solutions", "tests")  # are no files of a site that students read
_CODE = r"^ *(?P<fence>```+).*?^ *(?P=fence)|(?P<ticks>`+)[^`].*?(?P=ticks)"
_LINK = re.compile(
    _CODE + r"|(?P<before>!?)\[(?P<text>[^\]\[]*)\]\((?P<target>[^)\s]+)\)",
    re.DOTALL | re.MULTILINE,
)


class Sources(NamedTuple):
    """Where the text of each page stands in the kit.

    Attributes
    ----------
    kit : Path
        The kit's folder.
    outside : dict of str to PurePosixPath
        Page of the site -> file of the kit, for those that are not in docs/.
    """

    kit: Path
    outside: dict[str, PurePosixPath]

    def of(self, uri: str) -> PurePosixPath:
        """Return the file of the kit that a page is made of."""
        return self.outside.get(uri, PurePosixPath("docs") / uri)

    def page(self, source: str) -> str | None:
        """Return what on the site is made of a file of the kit, if anything is."""
        for uri, path in self.outside.items():
            if source == str(path):
                return uri
        return source.removeprefix("docs/") if source.startswith("docs/") else None


def handout_uri(folder: Path) -> str:
    """Return the page of a stage's handout, as handouts/2_linear_svm.md."""
    return f"handouts/{folder.name}.md"


def rewritten(markdown: str, sources: Sources, uri: str) -> tuple[str, set[str]]:
    """Point a page's relative links to the site.

    Returns
    -------
    text : str
        A link to what has a page leads there. One to another file leads to a copy of it; one to a
        folder, a test or a solution is its text alone. One to nothing stays, and MkDocs complains.
    files : set of str
        The files of the kit of which copies are needed.
    """
    files: set[str] = set()
    source = sources.of(uri)

    def replaced(match: re.Match[str]) -> str:
        target, _, anchor = (match["target"] or "").partition("#")
        if not target or "://" in target or target.startswith("mailto:"):
            return match[0]
        path = posixpath.normpath(str(source.parent / target))
        there = sources.page(path)
        if there is None:
            whole = sources.kit / path
            if not whole.exists():
                return match[0]
            if whole.is_dir() or path.startswith(SECRET):
                return match["text"]
            files.add(path)
            there = f"files/{path}"
        relative = posixpath.relpath(there, posixpath.dirname(uri) or ".")
        hash_ = f"#{anchor}" if anchor else ""
        return f"{match['before']}[{match['text']}]({relative}{hash_})"

    return _LINK.sub(replaced, markdown), files
