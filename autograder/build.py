"""Generate starter/: stubs from solutions with nbgrader's own stripping, and notebooks."""

import ast
from pathlib import Path

from autograder.authoring import tool, without_solutions
from autograder.errors import UserError
from autograder.files import write_whole
from autograder.notebooks import notebook
from autograder.stage import Stage, read_stages

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def build(kit: Path) -> list[Path]:
    """Write every generated file whose content has changed, and return those."""
    changed = stale(kit)
    for path, content in changed.items():
        write_whole(path, content)
    return list(changed)


def stale(kit: Path) -> dict[Path, str]:
    """Return the generated files that differ from what their sources give, with that content."""
    generated = {}
    for stage in read_stages(kit):
        generated[kit / "starter" / f"{stage.name}.py"] = starter(kit, stage)
        generated[kit / "starter" / f"{stage.name}.ipynb"] = notebook(kit, stage)
    return {path: content for path, content in generated.items() if _read(path) != content}


def starter(kit: Path, stage: Stage) -> str:
    """Return the stub of a stage: its solution with each marked region replaced.

    Raises
    ------
    UserError
        If the solution is missing or not Python, or its markers are malformed, with file and
        line; or if it does not hold exactly one region in each function of stage.toml.
    """
    path = kit / "solutions" / f"{stage.name}.py"
    try:
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror}.") from None
    except SyntaxError as error:
        raise UserError(f"{path}, line {error.lineno}: {error.msg}.") from None
    regions = _regions(path, source)
    lines = source.splitlines()
    # A comment after the last statement of a function, such as END, belongs to it as well.
    ends = [node.lineno - 1 for node in tree.body[1:]] + [len(lines)]
    functions = {
        node.name: (node.lineno, end)
        for node, end in zip(tree.body, ends, strict=True)
        if isinstance(node, ast.FunctionDef)
    }
    names = {function.name for function in stage.functions}
    for name in sorted(names - functions.keys()):
        raise UserError(f"{path} has no function {name}, which stage.toml lists.")
    for name, (first, last) in sorted(functions.items(), key=lambda item: -item[1][0]):
        inside = [begin for begin, end in regions if first < begin and end <= last]
        if name in names and len(inside) != 1:
            raise UserError(
                f"{path}, line {first}: {name} holds {len(inside)} regions from {BEGIN} to {END}; "
                "expected one."
            )
        if inside:
            stub = f"{name}: not implemented yet (stage {stage.number}, {stage.name})"
            lines[first - 1 : last] = _stripped(lines[first - 1 : last], stub)
    return "\n".join(lines) + "\n"


def _regions(path: Path, source: str) -> list[tuple[int, int]]:
    """Find the marked regions, as line numbers from 1; nbgrader lets a stray END pass."""
    regions, begin = [], 0
    for number, line in enumerate(source.splitlines(), 1):
        marker = line.strip()
        if "BEGIN SOLUTION" not in marker and "END SOLUTION" not in marker:
            continue
        if marker not in (BEGIN, END):
            problem = f"malformed marker {marker!r}, expected {BEGIN!r} or {END!r} alone on a line"
        elif marker == BEGIN and begin:
            problem = f"{BEGIN} inside the region that begins in line {begin}"
        elif marker == END and not begin:
            problem = f"{END} without {BEGIN} before it"
        else:
            if marker == END:
                regions.append((begin, number))
            begin = number if marker == BEGIN else 0
            continue
        raise UserError(f"{path}, line {number}: {problem}.")
    if begin:
        raise UserError(f"{path}, line {begin}: {BEGIN} without {END} after it.")
    return regions


def _stripped(lines: list[str], stub: str) -> list[str]:
    v4 = tool("nbformat.v4")
    notebook = v4.new_notebook(cells=[v4.new_code_cell("\n".join(lines))])
    stripped = without_solutions(notebook, f'raise NotImplementedError("{stub}")')
    return stripped.cells[0].source.split("\n")


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
