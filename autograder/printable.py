"""Text that students may have written, made fit for terminals and for other programs."""


def one_line(text: str) -> str:
    r"""Write out characters that are none, such as those that move a terminal's cursor.

    They stand as in a Python string: the escape character as ``\x1b``, the end of a line as ``\n``.
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def printable(text: str) -> str:
    """Write out the same in a text of several lines, which remain."""
    return "\n".join(map(one_line, text.split("\n")))
