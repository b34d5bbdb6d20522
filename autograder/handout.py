"""A stage's handout as a page that stands alone: its formulae are MathML, no network needed."""

import re
from typing import Any

from markupsafe import Markup

from autograder.authoring import tool
from autograder.reports.html import environment

# Of functions that are written without brackets, browsers set the argument too near.
_BARE = re.compile(r"(<mi>(?:log|exp|max|min)</mi>)(?=<m(?!o>))")


def handout_page(markdown: str) -> str:
    """Return the page of a handout.

    Parameters
    ----------
    markdown : str
        With tables, and with LaTeX between dollars. HTML in it is shown as text.

    Returns
    -------
    str
        An HTML document.
    """
    parser = tool("markdown_it").MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(tool("mdit_py_plugins.dollarmath").dollarmath_plugin, renderer=_formula)
    title = markdown.partition("\n")[0].lstrip("# ")
    template = environment().get_template("handout.html")
    return template.render(title=title, text=Markup(parser.render(markdown)))


def formula(latex: str, block: bool) -> str:
    """Return LaTeX as MathML, in a line of its own or within a text."""
    display = "block" if block else "inline"
    mathml = tool("latex2mathml.converter").convert(latex, display=display)
    return _BARE.sub(r'\1<mspace width="0.17em"/>', mathml)


def _formula(latex: str, options: dict[str, Any]) -> str:
    return formula(latex, options["display_mode"])
