"""Names of folders that are safe on every system, from students' names that may be anything."""

import hashlib
import re
import unicodedata
from collections import Counter

MAX_LENGTH = 80
RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)}
# Files and folders that RESULTS itself holds.
TAKEN = {
    *("grades.csv", "index.html", "ledger.json", "regrade.json", "run.json"),
    *("leaderboard.csv", "leaderboard.html", "leaderboard.json"),
}


def safe_names(students: list[str]) -> dict[str, str]:
    """Give each student a folder's name: letters, digits, `_`, `-` and `.`, none like another.

    A name that had to be changed, or that differs from another only in case, gets some digits of
    its hash, so that it does not depend on who else is in the class more than it must.
    """
    plain = {student: _plain(student) for student in students}
    marked = {student: f"{name}-{_digits(student)}" for student, name in plain.items()}
    # A name may have been chosen so that it is another's with its digits.
    taken = Counter(name.casefold() for name in (*plain.values(), *marked.values()))
    return {
        student: name if name == student and taken[name.casefold()] == 1 else marked[student]
        for student, name in plain.items()
    }


def _plain(student: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", ascii_name).strip("._")[:MAX_LENGTH].rstrip(".")
    stem = name.split(".")[0].casefold()
    return f"_{name}" if not name or stem in RESERVED or name.casefold() in TAKEN else name


def _digits(student: str) -> str:
    return hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:16]
