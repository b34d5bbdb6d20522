"""IPython's own lines in a cell: ``%magics``, ``!shell`` and ``help?``; found without IPython."""

import re

# Cell magics whose cell is Python; of any other kind the whole cell is left out.
_PYTHON_CELLS = {"time", "timeit", "capture"}
# For lines without their indent: a pattern that skips it could go back and forth over it.
_MAGIC = re.compile(r"(?:[%!?]|[\w., ]+=\s*(?:!|%\w)|[\w.]+\?{1,2}\s*$)")
_TOKEN = re.compile(r"#.*|\\.|\"\"\"|'''|[\"'()\[\]{}]")


def cell_magic(text: str) -> tuple[int, str] | None:
    """Return the line that makes a whole cell something else than Python, and its number."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            name = re.match(r"%%(\w*)", line)
            return (number, line) if name and name[1] not in _PYTHON_CELLS else None
    return None


def without_magics(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Put ``pass`` in place of IPython's lines, so that all other lines keep their numbers.

    Returns
    -------
    text : str
        The cell as plain Python; a cell that is indented as a whole is moved to the left.
    left_out : list of (int, str)
        Number and text of each line that was replaced.
    """
    lines = _dedented(text.split("\n"))
    left_out = []
    state = _State()
    shell = False  # in a magic that goes on after a backslash
    for number, line in enumerate(lines, start=1):
        if shell or (state.between_statements and _MAGIC.match(line.lstrip())):
            if not shell:
                left_out.append((number, line.strip()))
            indent = line[: len(line) - len(line.lstrip())]
            lines[number - 1] = "" if shell else f"{indent}pass"
            shell = line.rstrip().endswith("\\")
        else:
            state.read(line)
    return "\n".join(lines), left_out


def _dedented(lines: list[str]) -> list[str]:
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines]


class _State:
    """Whether a line begins within a string, within brackets or after a backslash."""

    def __init__(self) -> None:
        self.quote = ""
        self.depth = 0
        self.continued = False

    @property
    def between_statements(self) -> bool:
        return not self.quote and not self.depth and not self.continued

    def read(self, line: str) -> None:
        self.continued = line.endswith("\\")
        for found in _TOKEN.finditer(line):
            token = found[0]
            if self.quote:
                self.quote = "" if token == self.quote else self.quote
            elif token[0] in "\"'":
                self.quote = token
            elif token[0] == "#":
                self.continued = False
                break
            elif token in "([{":
                self.depth += 1
            elif token in ")]}":
                self.depth = max(0, self.depth - 1)
