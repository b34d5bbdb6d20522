"""When something was handed in, as the systems write it; never the time of a file."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_MOMENT = re.compile(
    r"(?P<date>2\d{3}-\d\d-\d\d)[ T](?P<time>\d\d:\d\d(:\d\d(\.\d{1,9})?)?)"
    r"\s*(?P<zone>[+-]\d\d:?\d\d|[A-Za-z][A-Za-z0-9_/+-]{0,60})?"
)


def moment_of(text: str) -> datetime | None:
    """Return a time as ISO 8601 has it, with an offset, Z, or a zone's name behind it.

    Returns
    -------
    datetime or None
        Without a zone if the text has none; None if it is no time.
    """
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return None
    zone = found["zone"] or ""
    try:
        if zone.upper() in ("Z", "UTC"):
            zone = "+00:00"
        if zone[:1] in ("+", "-", ""):
            return datetime.fromisoformat(f"{found['date']}T{found['time']}{zone}")
        return datetime.fromisoformat(f"{found['date']}T{found['time']}").replace(
            tzinfo=ZoneInfo(zone)
        )
    except (ValueError, KeyError, OSError):  # no such day, or no such zone
        return None


def nbgrader_moment(data: bytes) -> datetime | None:
    """Return the time in nbgrader's timestamp.txt: one without a zone is UTC, as nbgrader has it.

    See parse_utc in nbgrader/utils.py.
    """
    moment = moment_of(data[:200].decode("utf-8", "replace"))
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
