"""The page on what a class has in common in a stage: pairs side by side, and what is usual."""

from math import ceil
from statistics import median
from typing import NamedTuple

from autograder.reports.html import environment
from autograder.similar.listing import Listing, listings, shared_lines
from autograder.similar.pairs import Comparison, Pair
from autograder.stage import Stage

BINS = 10
SHORT = 3  # lines in which there is little choice


class Side(NamedTuple):
    """One of a pair, as it is shown."""

    student: str
    share: float
    lines: int
    files: list[Listing]


def similar_page(found: Comparison, stage: Stage, threshold: float) -> str:
    """Return the page as an HTML document.

    Parameters
    ----------
    found : Comparison
        Of the stage.
    stage : Stage
        The stage.
    threshold : float
        The share from which pairs were looked for.
    """
    return (
        environment()
        .get_template("similar.html")
        .render(
            stage=stage,
            found=found,
            threshold=threshold,
            above=sum(share >= threshold for share in found.shares),
            bins=histogram(found.shares),
            usual=[(name, share_below(found.shares, part)) for name, part in USUAL],
            short=short_functions(found, stage),
            pairs=[sides(pair) for pair in found.pairs],
        )
    )


USUAL = (("half of the pairs", 0.5), ("19 of 20 pairs", 0.95))


def sides(pair: Pair) -> list[Side]:
    """Return both submissions of a pair as they are shown."""
    shown = []
    for code, share, spans in zip(pair.codes, pair.shares, pair.spans, strict=True):
        files = listings(code, spans)
        shown.append(Side(code.student, share, shared_lines(files), files))
    return shown


def histogram(shares: list[float]) -> list[int]:
    """Count the pairs in each tenth of the share."""
    bins = [0] * BINS
    for share in shares:
        bins[min(int(share * BINS), BINS - 1)] += 1
    return bins


def share_below(shares: list[float], part: float) -> float:
    """Return the share that so large a part of all pairs does not exceed; they are descending."""
    return shares[len(shares) - ceil(len(shares) * part)] if shares else 0.0


def short_functions(found: Comparison, stage: Stage) -> list[str]:
    """Return the functions that take the class so few lines that they can hardly differ."""
    short = []
    for function in stage.functions:
        lines = [code.files[0].functions.get(function.name, 0) for code in found.compared]
        written = [count for count in lines if count]
        if written and median(written) <= SHORT:
            short.append(function.name)
    return short
