"""Compare each submission with each other, by copydetect.

copydetect replaces names by letters, drops comments and spaces, and finds the runs of NOISE or more
characters that two texts share, wherever they stand (winnowing: Schleimer, Wilkerson and Aiken,
SIGMOD 2003). With a window of one it keeps every run, so that the result is the same each time.
"""

import heapq
import io
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from autograder.authoring import tool
from autograder.similar.own_code import NotComparable, OwnCode, own_code
from autograder.submission import Submission

NOISE = 25  # characters without names and spaces: a line or two
WINDOW = 1
LEAST = 300  # some ten lines: of less code than that, little can be said

Spans = tuple[tuple[int, int], ...]


class Pair(NamedTuple):
    """Two submissions that share code.

    Attributes
    ----------
    codes : tuple of OwnCode
        The two, by name.
    shares : tuple of float
        How much of each the other has, 0 to 1.
    spans : tuple of tuple of (int, int)
        What is shared: begin and end in each one's text.
    """

    codes: tuple[OwnCode, OwnCode]
    shares: tuple[float, float]
    spans: tuple[Spans, Spans]

    @property
    def share(self) -> float:
        """The greater share: a copy to which much was added has still all of the original."""
        return max(self.shares)


@dataclass
class Comparison:
    """What a class has in common in one stage.

    Attributes
    ----------
    compared : list of OwnCode
        Who was compared, by name.
    left_out : list of (str, str)
        Who was not, and why.
    shares : list of float
        The greater share of each pair, in descending order.
    pairs : list of Pair
        The most alike, first those that share most.
    """

    compared: list[OwnCode] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)


def compare(
    submissions: Sequence[Submission],
    stub: frozenset[str],
    threshold: float,
    top: int,
    progress: Callable[[int, int], None],
) -> Comparison:
    """Compare the submissions of a class for one stage.

    Parameters
    ----------
    submissions : sequence of Submission
        One a student.
    stub : frozenset of str
        The lines that do not count, as for `own_code`.
    threshold : float
        Which greater share a pair must have to be told of.
    top : int
        How many pairs to tell of, at most.
    progress : callable
        Told how many pairs are done, of how many.

    Returns
    -------
    Comparison
        It is the same for any order of `submissions`.
    """
    library = tool("copydetect", "similar")
    found, prints = Comparison(), []
    for submission in sorted(submissions, key=lambda one: one.student):
        try:
            code = own_code(submission, stub)
            prints.append(_fingerprint(library, code))
            found.compared.append(code)
        except NotComparable as why:
            found.left_out.append((submission.student, str(why)))
    total = len(prints) * (len(prints) - 1) // 2
    all_shares: dict[tuple[int, int], tuple[float, float]] = {}
    for one, other in itertools.combinations(range(len(prints)), 2):
        _, shares, _ = library.compare_files(prints[one], prints[other])
        all_shares[one, other] = (float(shares[0]), float(shares[1]))
        progress(len(all_shares), total)
    found.shares = sorted(map(max, all_shares.values()), reverse=True)
    most = heapq.nsmallest(
        top,
        (places for places, shares in all_shares.items() if max(shares) >= threshold),
        key=lambda places: (*sorted(-share for share in all_shares[places]), places),
    )
    for one, other in most:
        _, _, slices = library.compare_files(prints[one], prints[other])
        codes = found.compared[one], found.compared[other]
        spans = _spans(slices[0]), _spans(slices[1])
        found.pairs.append(Pair(codes, all_shares[one, other], spans))
    return found


def _fingerprint(library: Any, code: OwnCode) -> Any:
    made = library.CodeFingerprint("code.py", NOISE, WINDOW, fp=io.StringIO(code.text))
    if len(made.filtered_code) < LEAST:
        raise NotComparable("Beside the stub there is too little code to compare.")
    return made


def _spans(slices: Any) -> Spans:
    return tuple((int(begin), int(end)) for begin, end in zip(*slices, strict=True))
