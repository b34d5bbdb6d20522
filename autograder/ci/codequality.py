"""GitLab's code-quality report, which it shows beside the lines of a merge request."""

import hashlib
import json
from collections.abc import Sequence

from autograder.ci.result import StageResult
from autograder.printable import printable


def code_quality(results: Sequence[StageResult]) -> str:
    """Return a JSON array with an issue for each function that is wrong.

    A fingerprint stays while the function is wrong, so that GitLab knows what is new and what is
    mended; the line and the message are not in it.
    """
    issues = [
        {
            "description": printable(found.message),
            "check_name": found.name,
            "fingerprint": hashlib.sha256(f"{result.file}\n{found.name}".encode()).hexdigest(),
            "severity": "major" if found.lost else "info",
            "location": {"path": result.file, "lines": {"begin": found.line}},
        }
        for result in results
        for found in result.findings
    ]
    return json.dumps(issues, indent=1) + "\n"
