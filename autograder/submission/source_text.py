"""Judge whether a Python file's bytes are text as Python reads it, without parsing it."""

import codecs
import re

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # as PEP 263 has it
_BLANK = re.compile(rb"^[ \t\f]*(?:#|$)")
# Python takes these, but they are no encoding of a text file, and slow to decode.
_ODD = {"idna", "punycode"}


def problem_of(data: bytes) -> str:
    """Return why bytes are no Python source, as in "is UTF-16"; empty if they may be."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "is saved as UTF-16: save it as UTF-8"
    if b"\0" in data:
        return f"holds a NUL byte ({_place(data, data.index(0))}), so it is no Python source"
    bom = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    name = _declared(data[bom:])
    try:
        encoding = codecs.lookup(name or "utf-8").name
        if bom and encoding != "utf-8":
            return f"begins as UTF-8 but declares the encoding {name}: save it as UTF-8"
        if encoding in _ODD:
            raise LookupError
        data[bom:].decode(encoding)
    except LookupError:
        return f"declares the encoding {name}, which Python can't read: save it as UTF-8"
    except UnicodeDecodeError as error:
        at = bom + error.start
        what = f"is not {name or 'UTF-8'}"
        return f"{what}: byte 0x{data[at]:02x} at {_place(data, at)}; save it as UTF-8"
    except (UnicodeError, ValueError):
        return f"can't be decoded as {name}: save it as UTF-8"
    return ""


def _declared(data: bytes) -> str:
    """Return the encoding that one of the first two lines declares; empty if none does."""
    for line in re.split(rb"\r\n|\r|\n", data[:4096], maxsplit=2)[:2]:
        if found := _COOKIE.match(line):
            return found[1].decode("ascii", "replace")
        if not _BLANK.match(line):
            break
    return ""


def _place(data: bytes, position: int) -> str:
    line = len(re.findall(rb"\r\n|\r|\n", data[:position])) + 1
    return f"position {position}, line {line}"
