"""Which files of a submission are a stage's code: its own file, and what that imports."""

import ast
from collections.abc import Iterator


def imported_files(tree: ast.Module, path: str, files: dict[str, bytes]) -> list[str]:
    """Return those files of a submission that one of them imports itself.

    Parameters
    ----------
    tree : ast.Module
        The file, parsed.
    path : str
        Where it lies in the submission.
    files : dict of str to bytes
        Relative POSIX path -> content, as `Submission` has them.

    Returns
    -------
    list of str
        Their paths, in the order of the imports.
    """
    folder = path.split("/")[:-1]
    found = []
    for parts in _imports(tree, folder):
        for length in range(1, len(parts) + 1):
            stem = "/".join(parts[:length])
            found += [name for name in (f"{stem}.py", f"{stem}/__init__.py") if name in files]
    return list(dict.fromkeys(found))


def _imports(tree: ast.Module, folder: list[str]) -> Iterator[list[str]]:
    """Yield the parts of each module's name; what is imported from it may be a module, too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = folder[: max(len(folder) - node.level + 1, 0)] if node.level else []
            parts = [*base, *(node.module.split(".") if node.module else [])]
            yield from ([*parts, alias.name] for alias in node.names)
