"""Why a submission was not judged, told once where the same is said of several stages."""

from collections.abc import Sequence

from autograder.report import Report
from autograder.submission.names import no_file

STAGE = "<stage>"  # for the name of each


def nameless(report: Report) -> str:
    """Return the reason without the stage's name, so that it is the same for several stages."""
    return report.reason.replace(f"{report.stage}.", f"{STAGE}.")


def named(reason: str, stages: Sequence[str]) -> str:
    """Put the name back if there is but one."""
    return reason.replace(STAGE, stages[0]) if len(stages) == 1 else reason


def has_no_file(report: Report) -> bool:
    """Tell whether nothing was handed in for this stage."""
    return report.reason.startswith(no_file(report.stage))
