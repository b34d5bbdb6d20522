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
    deepest = max((name.count("/") for name in files), default=0) + 1
    found = []
    for parts in dict.fromkeys(_imports(tree, folder, deepest)):
        for length in range(1, len(parts) + 1):
            stem = "/".join(parts[:length])
            found += [name for name in (f"{stem}.py", f"{stem}/__init__.py") if name in files]
    return list(dict.fromkeys(found))


def _imports(tree: ast.Module, folder: list[str], deepest: int) -> Iterator[tuple[str, ...]]:
    """Yield the parts of each module's name; what is imported from it may be a module, too.

    No more parts than any file has: a name may be made of thousands.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".", deepest)[:deepest]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = folder[: max(len(folder) - node.level + 1, 0)] if node.level else []
            parts = (*base, *(node.module.split(".", deepest) if node.module else ()))[:deepest]
            yield from ((*parts, alias.name)[:deepest] for alias in node.names)
