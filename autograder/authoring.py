"""The tools of a course's authors, nbgrader and jupytext: an extra, imported when it is needed."""

import importlib
from types import ModuleType
from typing import Any

from autograder.errors import UserError


def tool(name: str) -> ModuleType:
    """Import a module of these tools, or raise a `UserError` that says how to get it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise UserError(
            f"This needs {error.name}, which is not installed: "
            "pip install 'nn-course-kit[notebooks]'."
        ) from None


def without_solutions(notebook: Any, stub: str = "") -> Any:
    """Clear a notebook as nbgrader does: marked regions become `stub`, answers its text stub."""
    clear = tool("nbgrader.preprocessors").ClearSolutions(
        enforce_metadata=False, code_stub={"python": stub}
    )
    return clear.preprocess(notebook, {})[0]
