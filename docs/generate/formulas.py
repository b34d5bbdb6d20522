"""Formulae as MathML, which browsers draw by themselves."""

import html
import re

from autograder.handout import formula

_FORMULA = re.compile(
    r'<(span|div) class="arithmatex">\s*(?:\\\(|\\\[)(.*?)(?:\\\)|\\\])\s*</\1>', re.DOTALL
)


def drawn(page: str) -> str:
    """Return a page with MathML in place of the LaTeX that pymdownx.arithmatex has marked."""
    return _FORMULA.sub(_draw, page)


def _draw(match: re.Match[str]) -> str:
    block = match[1] == "div"
    mathml = formula(html.unescape(match[2]).strip(), block)
    return f'<div class="formula">{mathml}</div>' if block else mathml
