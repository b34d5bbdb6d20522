"""How many days late, and what that costs."""

from datetime import UTC, datetime, timedelta

from autograder.rules.course_file import Late

DAY = timedelta(days=1)


def days_late(submitted: datetime, deadline: datetime, grace_minutes: float = 0) -> int:
    """Count the days after a deadline that had begun.

    A day ends at the deadline's time on the clock, in the deadline's time zone: where the clocks
    are changed in between, it has 23 or 25 hours.

    Parameters
    ----------
    submitted, deadline : datetime
        With time zones.
    grace_minutes : float
        The deadline and each day end so much later.
    """
    grace = timedelta(minutes=grace_minutes)
    submitted = submitted.astimezone(UTC)  # within one zone, Python would compare clocks
    days = max((submitted - deadline - grace) // DAY - 1, 0)  # less one: some days are shorter
    while submitted > _end(deadline, days) + grace:
        days += 1
    return days


def distance(submitted: datetime, deadline: datetime) -> tuple[int, timedelta]:
    """Return the days that have ended since a deadline, and the time since the last of them."""
    days = days_late(submitted, deadline)
    if submitted.astimezone(UTC) < _end(deadline, days):
        days -= 1
    return days, submitted.astimezone(UTC) - _end(deadline, days)


def _end(deadline: datetime, days: int) -> datetime:
    """Return the deadline's time of day so many days later; of two such moments, the later."""
    if not days:
        return deadline.astimezone(UTC)
    wall = deadline + days * DAY  # on the clock, as Python counts within a time zone
    return max(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def lost(policy: Late, days: int, earned: float, maximum: float) -> float:
    """Return the points that so many days cost, at most those that were earned."""
    if policy.percent_per_day is not None:
        percent = min(days * policy.percent_per_day, policy.at_most_lost or 100)
        points = (earned if policy.of == "earned" else maximum) * percent / 100
    else:
        points = days * (policy.points_per_day or 0)
        points = min(points, policy.at_most_lost or points)
    return min(points, earned)
