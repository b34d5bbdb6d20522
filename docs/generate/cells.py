"""Words of the program in a table's cell."""


def cell(text: str) -> str:
    """Return text on one line in which only `code` is Markdown, anything else stands for itself."""
    parts = " ".join(text.split()).replace("``", "`").split("`")
    return "`".join(
        _code(part) if number % 2 else _words(part) for number, part in enumerate(parts)
    )


def _code(text: str) -> str:
    return text.replace("|", "\\|")


def _words(text: str) -> str:
    return "".join(f"&#{ord(sign)};" if sign in "\\<>[]*_$|" else sign for sign in text)
