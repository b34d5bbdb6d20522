"""Where functions begin in a student's file."""

import re
from collections.abc import Iterable


def lines_of(text: str, functions: Iterable[str]) -> dict[str, int]:
    """Find the lines of functions, in a module or in the JSON of a notebook.

    Parameters
    ----------
    text : str
        The file as it is.
    functions : iterable of str
        Their names.

    Returns
    -------
    dict of str to int
        The line of the last definition, which is the one that counts, from 1.
    """
    found = {}
    for name in functions:
        # A line of a notebook's cell is a string, and begins with its quotation mark.
        pattern = re.compile(rf'^(?:\s*")?(?:async +)?def +{re.escape(name)}\b', re.MULTILINE)
        for match in pattern.finditer(text):
            found[name] = text.count("\n", 0, match.end()) + 1
    return found
