"""Take from a wrong answer what can be shown of it: which picture fits, and its numbers."""

import re
from typing import Literal

import numpy as np

from autograder.checks.compare import CheckFailed
from autograder.evidence import Curves, Difference, Evidence, Excerpt
from autograder.tables import Table, noticeable, shown_part

GRADIENT = re.compile(r"grad|d(?:[A-Za-z]|scores)\b")
LARGEST = 1e150  # beyond it, differences and squares are no numbers any more
SIDE = 8  # rows and columns of an excerpt
POINTS = 100  # of a scatter plot or a curve
DIGITS = 6

Kind = Literal["", "number", "table", "gradient", "curves"]


def fitting(failure: CheckFailed) -> Kind:
    """Tell what shows a failure best.

    Returns
    -------
    str
        "curves" for the losses of a training, "gradient" for one that can be drawn against the
        right one, "table" for other arrays, "number" for one number alone, and "" where nothing
        can be shown: no arrays, or empty ones.
    """
    got, want = failure.got, failure.want
    if got is None or want is None or not (_plain(got) and _plain(want)):
        return ""
    if got.shape == want.shape and want.size == 1:
        return "number"
    if got.ndim == 0 or want.ndim == 0:
        return ""
    with np.errstate(all="ignore"):
        if failure.name == "losses" and got.ndim == want.ndim == 1 and _moderate(want):
            return "curves"
        alike = got.shape == want.shape and _moderate(got) and _moderate(want)
        return "gradient" if alike and GRADIENT.match(failure.name) else "table"


def evidence_of(check: str, failure: CheckFailed, brief: bool = False) -> Evidence | None:
    """Return what a report keeps of a failure, or None if there is nothing but its message.

    Parameters
    ----------
    check : str
        The check's id.
    failure : CheckFailed
        On public inputs.
    brief : bool
        Whether the first difference will do, since another check shows the rest.
    """
    kind, got, want = fitting(failure), failure.got, failure.want
    if not kind or got is None or want is None:
        return None
    evidence = Evidence(check=check, call=str(failure.call or ""), name=failure.name, brief=brief)
    with np.errstate(all="ignore"):
        wrong = _wrong(failure) if got.shape == want.shape else None
        if wrong is not None:
            where = _where(failure, wrong)
            evidence.first = Difference(
                index=list(where), expected=float(want[where]), got=float(got[where])
            )
            evidence.differing, evidence.size = int(wrong.sum()), wrong.size
        if kind == "curves":
            evidence.curves = None if brief else _curves(got, want, wrong)
        elif kind != "number" and not brief:
            _add_excerpts(evidence, got, want, wrong)
        if kind == "gradient" and not brief:
            evidence.slopes = _slopes(got, want)
    return evidence


def _plain(array: np.ndarray) -> bool:
    return isinstance(array, np.ndarray) and array.dtype.kind in "biuf" and array.size > 0


def _moderate(array: np.ndarray) -> bool:
    """Tell whether there are finite numbers, and all of them can be squared and added."""
    finite = array[np.isfinite(array)].astype(np.float64)
    return finite.size > 0 and float(np.abs(finite).max()) < LARGEST


def _wrong(failure: CheckFailed) -> np.ndarray:
    """Mark what differs; what the message names is among it, however small the difference."""
    got, want = failure.got, failure.want
    assert got is not None and want is not None
    wrong = np.asarray(noticeable(got, want))
    if failure.where is not None:
        wrong[failure.where] = True
    elif not wrong.any():
        wrong[...] = got != want
    return wrong


def _where(failure: CheckFailed, wrong: np.ndarray) -> tuple[int, ...]:
    if failure.where is not None:
        return failure.where
    return tuple(int(place) for place in np.unravel_index(wrong.argmax(), wrong.shape))


def _add_excerpts(
    evidence: Evidence, got: np.ndarray, want: np.ndarray, wrong: np.ndarray | None
) -> None:
    mark = None
    if wrong is not None and evidence.first is not None:
        mark = np.zeros_like(wrong)
        mark[tuple(evidence.first.index)] = True
        seen = shown_part(wrong, mark, SIDE).values
        evidence.wrong = [(int(i), int(j)) for i, j in np.argwhere(seen)]
    evidence.expected = _excerpt(want, shown_part(want, mark, SIDE))
    evidence.got = _excerpt(got, shown_part(got, mark, SIDE))


def _excerpt(array: np.ndarray, part: Table) -> Excerpt:
    values = [[_short(value) for value in row] for row in part.values.tolist()]
    return Excerpt(shape=list(array.shape), row=part.row, column=part.column, values=values)


def _slopes(got: np.ndarray, want: np.ndarray) -> list[tuple[float, float]]:
    """Pair entries expected and got, evenly chosen and finite."""
    x, y = want.ravel().astype(np.float64), got.ravel().astype(np.float64)
    seen = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    chosen = seen[:: -(-len(seen) // POINTS) or 1]
    pairs = zip(x[chosen].tolist(), y[chosen].tolist(), strict=True)
    return [(_short(one), _short(other)) for one, other in pairs]


def _curves(got: np.ndarray, want: np.ndarray, wrong: np.ndarray | None) -> Curves:
    stride = -(-max(len(got), len(want)) // POINTS)
    return Curves(
        stride=stride,
        expected=[_short(value) for value in want[::stride].astype(np.float64).tolist()],
        got=[_short(value) for value in got[::stride].astype(np.float64).tolist()],
        lengths=(len(want), len(got)),
        parted=int(wrong.argmax()) if wrong is not None else None,
    )


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
