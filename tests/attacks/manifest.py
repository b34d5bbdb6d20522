"""Read attacks.toml: each attack, and what is required of the grader."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
SUBMISSIONS = HERE / "submissions"


@dataclass(frozen=True)
class Attack:
    """One hostile or broken submission.

    Attributes
    ----------
    name, group : str
        ``submissions/<group>/<name>`` is it: a ``.py``, an ``.ipynb`` or a folder.
    attack : str
        What it tries.
    make : str
        In place of a file: the function of `archives` that builds it.
    right : tuple of str
        The functions that earn their points; all others must earn none.
    status : str
        That of its report; "any" if it does not matter.
    outcomes : dict of str to str
        For some functions, the outcome that one of their checks must have.
    says : str
        Words that its report must hold.
    seconds : float
        How long grading it may take.
    memory_mb : float
        How much memory any process of the run may take; 0 if that is not looked at.
    beside : str
        A file of ``submissions/shared`` that is handed in with it.
    accomplice : str
        A file of ``submissions/shared`` that another student hands in before.
    wait : float
        Seconds after the run before the traces are looked for.
    needs : str
        "strict" if only that isolation can stop it.
    slow : bool
        Whether it takes more than two seconds.
    open : str
        Why it still succeeds, if it does.
    """

    name: str
    group: str
    attack: str
    make: str = ""
    right: tuple[str, ...] = ()
    status: str = "graded"
    outcomes: dict[str, str] = field(default_factory=dict)
    says: str = ""
    seconds: float = 5
    memory_mb: float = 0
    beside: str = ""
    accomplice: str = ""
    wait: float = 0
    needs: str = ""
    slow: bool = False
    open: str = ""


def read_attacks() -> list[Attack]:
    """Return all attacks, in the order of the file."""
    table = tomllib.loads((HERE / "attacks.toml").read_text(encoding="utf-8"))
    return [
        Attack(group=group, **{**entry, "right": tuple(entry.get("right", ()))})
        for group, entries in table.items()
        for entry in entries
    ]
