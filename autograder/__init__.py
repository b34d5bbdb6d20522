"""Checks, sandbox and reports of the neural-network course kit.

For students' own use: `numerical_gradient` and `gradient_check`, and in a notebook the magic that
``%load_ext autograder`` adds.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.agreement import gradient_check
    from autograder.gradient import numerical_gradient
    from autograder.magic import load_ipython_extension

__version__ = "0.1.0"
__all__ = ["__version__", "gradient_check", "load_ipython_extension", "numerical_gradient"]

_HOMES = {
    "gradient_check": "autograder.agreement",
    "load_ipython_extension": "autograder.magic",
    "numerical_gradient": "autograder.gradient",
}


def __getattr__(name: str) -> Any:
    """Import what needs NumPy only when it is asked for: the commands must start at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
