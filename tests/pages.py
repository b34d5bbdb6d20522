"""Do what a page of docs/ says, in a fresh copy of the kit: write its files, run its commands.

What a code block is stands on its fence:

- ``sh``: commands; each must succeed. All of a page run in one shell, in order.
- ``console``: lines that begin with ``$ `` are commands, what follows is their output: each line
  must come, in order and whole, but for ``…``, which stands for anything. So may lines between
  them come that are not shown.
- ``python``: run in order after the commands, in one session; ``pycon`` is a
  doctest.
- any language with ``title="FILE"``: the file. ``FILE, continued`` goes on with it, ``FILE,
  FUNCTION`` stands for that function in it.
- anything else, as ``text``, is for reading.

``<!-- not run: REASON -->`` on the line above leaves a block out. ``<!-- in: bundle -->`` at the
top of a page runs it in a student's bundle of linear_svm that lies beside the kit.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from tests.mistakes import KIT

NOT_RUN = re.compile(r"<!-- not run: \S.* -->")
IN_BUNDLE = "<!-- in: bundle -->"
LEFT_OUT = (".git", ".venv", "site", ".*_cache", "__pycache__", ".hypothesis", "*results", "build")
RELEASE = "autograder release linear_svm --out ../bundle"


@dataclass(frozen=True)
class Block:
    """A code block.

    Attributes
    ----------
    line : int
        Where it begins in the page.
    """

    line: int
    language: str
    title: str
    text: str

    @property
    def commands(self) -> Iterator[tuple[str, list[str]]]:
        """The commands of a console, each with the lines that it prints."""
        for part in re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            yield command, [line.rstrip() for line in lines if line.strip()]


def blocks(page: Path) -> list[Block]:
    """Return the blocks that are to be run."""
    tokens = MarkdownIt("commonmark").parse(page.read_text("utf-8"))
    found = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type not in ("fence", "code_block"):
            continue
        if before and before.type == "html_block" and NOT_RUN.search(before.content):
            continue
        language, _, rest = token.info.partition(" ")
        title = re.search(r'title="([^"]+)"', rest)
        found.append(Block(token.map[0] + 1, language, title[1] if title else "", token.content))
    return found


def follow(page: Path, folder: Path) -> None:
    """Do all that a page says in a new folder, or fail with the line and what came."""
    kit = folder / "kit"
    shutil.copytree(KIT, kit, ignore=shutil.ignore_patterns(*LEFT_OUT))
    steps, found = folder / "steps", blocks(page)
    steps.mkdir()
    script = ["set -eu", f"cd {kit}"]
    if IN_BUNDLE in page.read_text("utf-8"):
        script += [RELEASE, "cd ../bundle"]
    for block in found:
        script += _shell(block, steps)
    session = "\n\n".join(b.text for b in found if b.language == "python" and not b.title)
    if session:
        (steps / "session.py").write_text(session)
        script += [f"exec >{steps}/session.out 2>&1", f"{sys.executable} {steps}/session.py"]
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)], env=_environment(kit), capture_output=True, text=True
    )
    last = max(steps.glob("*.out"), key=lambda path: path.stat().st_mtime_ns, default=None)
    came = last.read_text("utf-8") if last else ""
    assert done.returncode == 0, f"{page.name}, {last and last.stem}: {came}{done.stderr}"
    for block in found:
        if block.language == "console":
            for number, (command, lines) in enumerate(block.commands):
                came = (steps / f"line {block.line}.{number}.out").read_text("utf-8")
                assert _shows(came, lines), f"{page.name}: $ {command}\n{came}"


def _shell(block: Block, steps: Path) -> Iterator[str]:
    if block.title:
        content = steps / f"line {block.line}.txt"
        content.write_text(block.text, "utf-8")
        yield f"{sys.executable} -m tests.pages '{content}' '{block.title}'"
    elif block.language == "sh":
        yield f"exec >'{steps}/line {block.line}.out' 2>&1"
        yield block.text
    elif block.language == "console":
        for number, (command, _) in enumerate(block.commands):
            yield f"exec >'{steps}/line {block.line}.{number}.out' 2>&1"
            yield f"set +e; {command}\nset -e"  # what it prints is what it is judged by


def _environment(kit: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUTOGRADER")}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}:{kept['PATH']}",
        "PYTHONPATH": str(kit),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COLUMNS": "100",
        "NO_MKDOCS_2_WARNING": "1",
    }


def _shows(came: str, lines: list[str]) -> bool:
    """Tell whether these lines came, in order."""
    found = (line.rstrip() for line in came.split("\n"))
    return all(any(_matches(line, shown) for line in found) for shown in lines)


def _matches(line: str, shown: str) -> bool:
    pattern = re.escape(" ".join(shown.split())).replace("…", ".*")
    return re.fullmatch(pattern, " ".join(line.split())) is not None


def write(content: Path, title: str) -> None:
    """Write the file, or the part of one, that a block's title names."""
    name, _, part = title.partition(", ")
    path, text = Path(name), content.read_text("utf-8")
    old = path.read_text("utf-8") if path.exists() else ""
    if part == "continued":
        text = f"{old}{text}"
    elif part:
        lines = old.splitlines(keepends=True)
        found = [node for node in ast.parse(old).body if getattr(node, "name", "") == part]
        assert found, f"{name} has no {part}"
        lines[found[0].lineno - 1 : found[0].end_lineno] = [text]
        text = "".join(lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
