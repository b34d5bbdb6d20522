"""Reports as HTML pages that stand alone: no network, no other file, little or no script.

Names and messages come from students, so they are hostile until shown otherwise. Everything is
escaped, and a content security policy allows nothing but the page's own style and script.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.report import FunctionReport, Report
from autograder.reports.charts import drawings, shown
from autograder.reports.check_summary import CheckSummary
from autograder.reports.class_mistakes import frequent_mistakes
from autograder.reports.class_summary import MARKED, StageSummary, stage_summaries, troubles
from autograder.reports.words import (
    OUTCOMES,
    STEPS,
    change_text,
    final_text,
    layers_text,
    percent_text,
    points_text,
    seconds_text,
    signed_text,
)
from autograder.stage import Stage

# Characters that HTML cannot hold, or that no reader can see.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
CODE_SPAN = re.compile(r"`([^`\n]+)`")
MOST_MISTAKES = 10  # of a class, before the others are folded
BAR = 1000  # width of the bar of points, in units of its own


class _Segment(NamedTuple):
    """One function's part of the bar of points."""

    x: float
    width: float
    filled: float


def student_page(report: Report, stage: Stage | None) -> str:
    """Return the page for one student and stage.

    Parameters
    ----------
    report : Report
        What was found.
    stage : Stage or None
        For its title and hints; without it the page has no hints.

    Returns
    -------
    str
        An HTML document.
    """
    hints = {function.name: function.hints for function in stage.functions} if stage else {}
    template = environment().get_template("student.html")
    return template.render(
        report=report,
        stage=stage,
        title=stage.title if stage else report.stage,
        hints=hints,
        segments=_segments(report),
        any_hidden=any(
            check.visibility == "hidden" for part in report.functions for check in part.checks
        ),
        evidence={one.check: shown(one) for part in report.functions for one in part.evidence},
        galleries={part.name: drawings(part.gallery) for part in report.functions if part.gallery},
        start=next((part.name for part in report.functions if not _is_right(part)), None),
    )


def class_page(
    reports: list[Report],
    folders: dict[str, str],
    stages: list[Stage],
    isolation: str,
    secret: bool,
) -> str:
    """Return the page for the instructor, which links to the students' pages.

    Parameters
    ----------
    reports : list of Report
        Of the whole class, in any order.
    folders : dict of str to str
        Student to folder of RESULTS.
    stages : list of Stage
        The stages of the reports, in the order of the page.
    isolation : str
        "strict", or "process" where submissions could see the file system.
    secret : bool
        Whether a secret seed drew inputs that no student has seen.

    Returns
    -------
    str
        An HTML document.
    """
    summaries = stage_summaries(reports, stages)
    template = environment().get_template("class.html")
    return template.render(
        students=len({report.student for report in reports}),
        submissions=len(reports),
        summaries=summaries,
        troubles=troubles(summaries),
        hard=_checks(summaries, lambda check: check.nearly_all_fail),
        backwards=_checks(summaries, lambda check: check.backwards),
        easy=_checks(summaries, lambda check: check.nobody_fails),
        mistakes=frequent_mistakes(summaries),
        most=MOST_MISTAKES,
        titles={stage.name: stage.title for stage in stages},
        hrefs={
            student: quote(folder, safe="", errors="replace") for student, folder in folders.items()
        },
        isolation=isolation,
        secret=secret,
        marked=MARKED,
        settled=any(report.final for report in reports),
        leaderboard=any(stage.challenge for stage in stages),
    )


@cache
def environment() -> Environment:
    """Return what makes pages and parts of them: it escapes all that is put into a template."""
    templates = Environment(
        loader=PackageLoader("autograder.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_readable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "points": points_text,
        "change": change_text,
        "final": final_text,
        "seconds": seconds_text,
        "signed": signed_text,
        "layers": layers_text,
        "code_spans": _code_spans,
    }
    templates.tests["right"] = _is_right
    templates.globals |= {
        "OUTCOMES": OUTCOMES,
        "STEPS": STEPS,
        "percent": percent_text,
        "style_hash": _source_hash(templates, "style.css"),
        "script_hash": _source_hash(templates, "table.js"),
    }
    return templates


def _checks(
    summaries: list[StageSummary], which: Callable[[CheckSummary], bool]
) -> list[tuple[Stage, CheckSummary]]:
    """Pick checks of all stages."""
    return [
        (summary.stage, check) for summary in summaries for check in summary.checks if which(check)
    ]


def _source_hash(templates: Environment, template: str) -> str:
    """Return the source expression that lets a policy allow one inline text."""
    digest = hashlib.sha256(templates.get_template(template).render().encode())
    return f"'sha256-{base64.b64encode(digest.digest()).decode()}'"


def _readable(value: Any) -> Any:
    if not isinstance(value, str) or not NOT_TEXT.search(value):
        return value
    return type(value)(NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", value))


def _code_spans(text: str) -> Markup:
    """Escape a text and set what stands between backticks as code."""
    parts = CODE_SPAN.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if i % 2 else escape(part)
        for i, part in enumerate(parts)
    )


def _segments(report: Report) -> list[_Segment]:
    """Divide the bar of points among the functions."""
    whole = sum(part.max_points for part in report.functions) or 1
    gap = min(4, BAR / (4 * max(len(report.functions), 1)))
    segments, x = [], 0.0
    for part in report.functions:
        width = BAR * part.max_points / whole
        shown = max(width - gap, 0)
        filled = shown * part.points / part.max_points if part.max_points else 0
        segments.append(_Segment(round(x, 1), round(shown, 1), round(filled, 1)))
        x += width
    return segments


def _is_right(part: FunctionReport) -> bool:
    return all(check.outcome == "passed" for check in part.checks)
