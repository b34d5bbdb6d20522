"""Sentences about lateness, for the student."""

import math
from datetime import UTC, datetime

from autograder.rules.course_file import Late
from autograder.rules.lateness import DAY, distance


def price(late: Late) -> str:
    """Say what a day costs."""
    limit = ""
    if late.at_most_lost is not None:
        limit = f", at most {late.at_most_lost:g}{'%' if late.percent_per_day else ''}"
    if late.percent_per_day is not None:
        of = "maximum" if late.of == "maximum" else "points earned"
        return f"a day costs {late.percent_per_day:g}% of the {of}{limit}"
    if late.points_per_day is not None:
        return f"a day costs {counted(late.points_per_day, 'point')}{limit}"
    return f"up to {counted(late.at_most_days or 0, 'day')} cost nothing"


def grace_time(late: Late | None) -> str:
    """Name the grace time; nothing if there is none."""
    if late is None or not late.grace_minutes:
        return ""
    return f"grace time of {counted(late.grace_minutes, 'minute')}"


def when(time: datetime, deadline: datetime, extended: bool) -> str:
    """Say when something was handed in, and how far from the deadline that is."""
    kind = "extended deadline" if extended else "deadline"
    late = time.timestamp() > deadline.timestamp()
    far = f"{_far(time, deadline)} after" if late else "in time for"
    return f"Handed in {_clock(time)}, {far} the {kind} {_clock(deadline)}."


def counted(number: float, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S %Z}"


def _far(time: datetime, deadline: datetime) -> str:
    """Say how late, to the second: a day that has begun, if only by one, counts."""
    days, rest = distance(time, deadline)
    seconds = math.ceil(rest.total_seconds())
    parts = (
        (days, "day"),
        (seconds // 3600, "hour"),
        (seconds // 60 % 60, "minute"),
        (seconds % 60, "second"),
    )
    text = ", ".join(counted(number, noun) for number, noun in parts if number)
    changed = days * DAY + rest != time.astimezone(UTC) - deadline.astimezone(UTC)
    return f"{text} by the clock" if changed else text
