"""CommonMark's lists and tables in the form that MkDocs's Python-Markdown understands."""

import re

from markdown_it import MarkdownIt

_MARKER = re.compile(r"( *)([-*+]|\d+[.)])( +)")
_NUMBER = re.compile(r"^(\d+)\.(?= )")
_BLOCKS = ("bullet_list_open", "ordered_list_open", "table_open")


def four_spaces(markdown: str) -> str:
    """Indent what is in a list by four a level, and put empty lines where they tell things apart.

    CommonMark is content with the width of the marker: three for "1. " (its section 5.2, "List
    items").
    """
    lines = markdown.split("\n")
    levels, widths = [0] * len(lines), [0] * len(lines)
    apart, literal = set(), set()  # lines that an empty one must precede; lines that stay
    level = 0
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        first, last = token.map or (0, 0)
        if token.type == "list_item_open":
            if not all(line.strip() for line in lines[first:last]):
                apart.add(last)
            marker = _MARKER.match(lines[first])
            assert marker, f"a list that this can't read: {lines[first]!r}"
            level += 1
            levels[first], widths[first] = level - 1, len(marker[1])
            for number in range(first + 1, last):
                levels[number], widths[number] = level, marker.end()
            literal.add(first)
        elif token.type == "list_item_close":
            level -= 1
        elif token.type in ("fence", "code_block"):
            literal |= set(range(first, last))
        elif token.type in _BLOCKS and not level:
            apart.add(first)
    result: list[str] = []
    for number, line in enumerate(lines):
        if number in apart and result and result[-1]:
            result.append("")
        kept = line[widths[number] :] if not line[: widths[number]].strip() else line.lstrip()
        if levels[number] and number not in literal:  # a line that begins with "144. "
            kept = _NUMBER.sub(r"\1\\.", kept)
        result.append("    " * levels[number] + kept if line.strip() else "")
    return "\n".join(result)
