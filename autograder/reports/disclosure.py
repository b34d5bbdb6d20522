"""What students may be told of a report with hidden checks."""

from autograder.report import KNOWN_MISTAKE, CheckReport, FunctionReport, Report
from autograder.reports.words import OUTCOMES


def without_hidden_inputs(report: Report, public: Report | None = None) -> Report:
    """Return a report that shows no hidden input.

    Hidden checks tell whether they pass, and a known mistake; not their message, since it may show
    an input, as it is or in what the student's code has raised; nor their time, which that code
    may have chosen.

    Parameters
    ----------
    report : Report
        With hidden checks, or without.
    public : Report, optional
        Of the same submission, on the public inputs alone: where a check fails on those, too, it
        may say all that it says there.
    """
    shown = (
        {check.id: check for part in public.functions for check in part.checks} if public else {}
    )
    parts = [_disclosed(part, shown) for part in report.functions]
    seconds = sum(check.duration_s for part in parts for check in part.checks)
    return report.model_copy(update={"functions": parts, "duration_s": round(seconds, 3)})


def _disclosed(part: FunctionReport, public: dict[str, CheckReport]) -> FunctionReport:
    checks = [_said(check, public.get(check.id)) for check in part.checks]
    told = {check.id for check in checks if check.visibility == "public"}
    evidence = [found for found in part.evidence if found.check in told]
    return part.model_copy(update={"checks": checks, "evidence": evidence})


def _said(check: CheckReport, public: CheckReport | None) -> CheckReport:
    if check.visibility == "public":
        return check
    if public and "passed" not in (check.outcome, public.outcome):
        return public
    # What it says of public inputs may tell of others, which a student's code has met and kept.
    where = (
        "On the public inputs, too"
        if check.failed_on == "public"
        else "On inputs that are not shown"
    )
    said = f"{where}: {OUTCOMES[check.outcome].word}."
    if check.known_mistake:
        said += f" {KNOWN_MISTAKE} {check.known_mistake}"
    return check.model_copy(update={"message": said, "duration_s": 0.0})
