"""Tools that come by an extra, such as nbgrader and jupytext: imported when they are needed."""

import importlib
from types import ModuleType
from typing import Any

from autograder.errors import UserError


def tool(name: str, extra: str = "notebooks") -> ModuleType:
    """Import a module of such a tool, or raise a `UserError` that says how to get it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise UserError(
            f"This needs {error.name}, which is not installed: "
            f"pip install 'nn-course-kit[{extra}]'."
        ) from None


def without_solutions(notebook: Any, stub: str = "") -> Any:
    """Clear a notebook as nbgrader does: marked regions become `stub`, answers its text stub."""
    clear = tool("nbgrader.preprocessors").ClearSolutions(
        enforce_metadata=False, code_stub={"python": stub}
    )
    return clear.preprocess(notebook, {})[0]
