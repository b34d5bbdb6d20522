"""Text that students' code may have written, made fit for other programs."""


def printable(text: str) -> str:
    r"""Write out control characters, which XML forbids and a terminal obeys; lines remain.

    Characters that are no text stand as in a Python string: the escape character as ``\x1b``.
    """
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)
