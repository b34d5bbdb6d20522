"""What is wrong with a value of a TOML file, in TOML's words (https://toml.io/en/v1.0.0)."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

_KINDS = {
    "dict_type": "should be a table",
    "mapping_type": "should be a table",
    "model_type": "should be a table",
    "tuple_type": "should be a list",
    "string_type": "should be a text in quotes",
    "int_type": "should be a whole number",
    "float_type": "should be a number",
    "bool_type": "should be true or false",
}
_SUBJECT = re.compile(r"^(Value error,|Input|String|Tuple) ")  # Python's names for the value
_MOST = 80


def expected(mistake: Mapping[str, Any]) -> str:
    """Return what pydantic misses, without the names that Python has for it."""
    text = _KINDS.get(mistake["type"]) or _SUBJECT.sub("", mistake["msg"])
    return text.partition(" after validation")[0]


def found(value: Any) -> str:
    """Return a value about as it stands in the file, in one line that is not long."""
    text = _written(value)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    return "a table" if isinstance(value, dict) else repr(value)
