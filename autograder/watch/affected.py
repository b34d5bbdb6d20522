"""Which functions a save affects: those that were edited, and those that use them."""

import ast
import warnings
from collections.abc import Iterable
from typing import NamedTuple

from autograder.stage import Stage

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Parts(NamedTuple):
    """A student's file, divided; comments, docstrings and blank lines count for nothing.

    Attributes
    ----------
    functions : dict of str to str
        What each function at top level says.
    mentions : dict of str to set of str
        The names that each of them mentions.
    rest : str
        What the other statements say: imports, constants, classes.
    at_import : set of str
        The names that these mention: a function among them runs at the import.
    """

    functions: dict[str, str]
    mentions: dict[str, set[str]]
    rest: str
    at_import: set[str]


def divide(source: bytes) -> Parts:
    """Divide a file.

    Raises
    ------
    SyntaxError
        If it is no Python.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as those of a backslash in a string
        tree = ast.parse(source)
        compile(tree, "", "exec", dont_inherit=True)  # which finds more, as a return outside
    functions: dict[str, str] = {}
    mentions: dict[str, set[str]] = {}
    rest, at_import = [], set()
    for node in tree.body:
        if isinstance(node, _FUNCTIONS):
            functions[node.name] = functions.get(node.name, "") + _said(node)
            mentions.setdefault(node.name, set()).update(_names(node))
        else:
            rest.append(ast.dump(node))
            at_import |= _names(node)
    return Parts(functions, mentions, "\n".join(rest), at_import)


def affected(before: Parts, after: Parts, stage: Stage) -> list[str]:
    """Return the functions of the stage that may do something else than before the save.

    A function that uses another is among them even where its code does not mention it: how it is
    judged depends on whether the other is right.
    """
    everything = [function.name for function in stage.functions]
    if before.rest != after.rest:
        return everything
    reached = {
        name
        for name in before.functions.keys() | after.functions.keys()
        if before.functions.get(name) != after.functions.get(name)
    }
    uses = {function.name: set(function.uses) for function in stage.functions}
    new = reached
    while new:
        new = {
            user
            for mentions in (before.mentions, after.mentions, uses)
            for user, used in mentions.items()
            if used & new
        } - reached
        reached |= new
    if reached & (before.at_import | after.at_import):
        return everything
    return [name for name in everything if name in reached]


def edited(before: Parts, after: Parts, names: Iterable[str]) -> list[str]:
    """Return those of some functions whose own code differs."""
    return [name for name in names if before.functions.get(name) != after.functions.get(name)]


def _said(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    if ast.get_docstring(node, clean=False) is not None:
        node.body = node.body[1:]
    return ast.dump(node)


def _names(node: ast.AST) -> set[str]:
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
