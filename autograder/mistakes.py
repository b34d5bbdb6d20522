"""Known mistakes: what solutions/mistakes/<stage>.py says of each, and a module that holds all."""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownMistake:
    """One wrong version of a function.

    Attributes
    ----------
    id : str
        ``<function>.<what>``.
    function : str
        The function that is wrong.
    explanation : str
        What is wrong, in one sentence.
    hint : str
        Leads on without the code.
    found_by : str
        The one check that fails it although its values are right; "" where values tell.
    twin : str
        The id of another mistake that does the same on all inputs of the checks; "" if none does.
    """

    id: str
    function: str
    explanation: str
    hint: str
    found_by: str = ""
    twin: str = ""

    @property
    def code_name(self) -> str:
        """Name of the function that makes the mistake."""
        return self.id.replace(".", "__", 1)


def read_mistakes(source: str) -> list[KnownMistake]:
    """Read the mistakes in a file of them: its functions named ``<function>__<what>``."""
    return [
        _read(node)
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and "__" in node.name
    ]


def with_reference(reference: str, source: str) -> str:
    """Return a module that holds the reference's functions and every mistake beside them."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("solutions."):
            assert node.end_lineno is not None
            lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    return f"{reference}\n\n" + "\n".join(lines) + "\n"


def _read(node: ast.FunctionDef) -> KnownMistake:
    function, what = node.name.split("__", 1)
    explanation, *notes = (ast.get_docstring(node) or "").split("\n\n")
    said = dict(note.split(": ", 1) for note in notes)
    return KnownMistake(
        id=f"{function}.{what}",
        function=function,
        explanation=" ".join(explanation.split()),
        hint=" ".join(said.get("Hint", "").split()),
        found_by=said.get("Found by", ""),
        twin=f"{function}.{said['Twin']}" if "Twin" in said else "",
    )
