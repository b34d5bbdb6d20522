"""How outcomes, points, times and layers of isolation are put in words, the same everywhere."""

from typing import NamedTuple

from autograder.report import Final, Outcome, What


class OutcomeWords(NamedTuple):
    """What stands for an outcome, so that no colour has to."""

    word: str
    symbol: str


OUTCOMES: dict[Outcome, OutcomeWords] = {
    "passed": OutcomeWords("passed", "✓"),
    "failed": OutcomeWords("failed", "✗"),
    "error": OutcomeWords("error", "!"),
    "timeout": OutcomeWords("timed out", "◷"),
    "killed": OutcomeWords("killed", "■"),
    "not_implemented": OutcomeWords("not implemented", "○"),
}

LAYERS = {
    "process": "a process of its own",
    "rlimits": "limits on memory, processor time and files",
    "namespaces": "no view of other processes",
    "network": "no network",
    "filesystem": "no files but its own",
    "seccomp": "few system calls",
}


EXCUSED = "EX"
STEPS: dict[What, str] = {
    "manual": "Written questions",
    "late": "Time of submission",
    "override": "Set by hand",
}


def points_text(points: float) -> str:
    """Write points without needless zeros: 17, 17.5, 0.25."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def change_text(points: float) -> str:
    """Write what was added or taken off: +3, −2.5, or 0."""
    points = round(points, 2)
    sign = "+" if points > 0 else "−" if points else ""
    return sign + points_text(abs(points))


def final_text(final: Final) -> str:
    """Write the points that count; EX, as Canvas has it, if the student is excused."""
    return EXCUSED if final.points is None else points_text(final.points)


def seconds_text(seconds: float) -> str:
    """Write a duration with the digits that matter: 12 ms, 1.3 s, 48 s."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"


def signed_text(number: float) -> str:
    """Write a number between -1 and 1 with its sign: +0.42, −0.07."""
    return f"{number:+.2f}".replace("-", "−")


def percent_text(part: float, whole: float) -> str:
    """Write a share in percent; 0% is none and 100% is all, however many there are."""
    percent = round(100 * part / whole) if whole else 0
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    return f"{percent}%"


def layers_text(layers: list[str]) -> str:
    """List the layers of isolation in words; a layer without words stands as it is."""
    return "; ".join(LAYERS.get(layer, layer) for layer in layers)
