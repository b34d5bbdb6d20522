"""The magic `%autograder`, for notebooks and IPython on a terminal.

================================  ==========================================================
``%load_ext autograder``          adds it
``%autograder check svm_loss``    checks a function, or a stage, of the file by the notebook
``%autograder points svm_loss``   does the same, and its value is the points
================================  ==========================================================
"""

from typing import Any

from autograder.magic.commands import run
from autograder.magic.completion import complete


def load_ipython_extension(shell: Any) -> None:
    """Add the magic to an InteractiveShell; ``%load_ext autograder`` calls this."""
    shell.register_magic_function(run, "line", "autograder")
    shell.set_hook("complete_command", complete, str_key="%autograder")
