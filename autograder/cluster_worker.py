"""What runs on a worker of a Dask cluster: it tells its kit, and grades as a local process does.

All that comes and goes is text, bytes, and lists and dicts of them. An answer holds a `kit`, a
`report` (JSON) or a `problem` (a sentence).
"""

import logging
import threading
from typing import Any

from distributed import get_worker

from autograder.errors import UserError
from autograder.graders import Grader
from autograder.kit import find_kit
from autograder.kit_hash import kit_version
from autograder.stage import find_stage
from autograder.submission import Submission

Answer = dict[str, str]

_log = logging.getLogger("distributed.worker")

_one_at_a_time = threading.Lock()  # a Dask worker may have many threads, a grader serves one
_kept: list[tuple[dict[str, Any], Grader]] = []  # the last run's, if any


def tell_kit(stages: list[str]) -> Answer:
    """Tell with which kit this worker grades."""
    try:
        return {"kit": _version(stages)}
    except UserError as error:
        return {"problem": str(error)}


def grade_one(run: dict[str, Any], submission: dict[str, Any]) -> Answer:
    """Grade one submission.

    Parameters
    ----------
    run : dict
        ``kit``, which must be this worker's own, ``stages``, ``secret`` and ``isolation``.
    submission : dict
        The attributes of a Submission.

    Returns
    -------
    dict
        The address of this `worker`, and the `report`; or its `kit` if that is another than the
        run's; or a `problem`.
    """
    with _one_at_a_time:
        try:
            answer = _graded(run, Submission(**submission))
        except Exception as error:  # told, not raised: Dask would log the secret with the arguments
            _log.exception("a submission could not be graded")
            _forget()
            known = isinstance(error, UserError)
            answer = {"problem": str(error) if known else f"{type(error).__name__}: {error}."}
    return {"worker": get_worker().address, **answer}


def _graded(run: dict[str, Any], submission: Submission) -> Answer:
    if not _kept or _kept[0][0] != run:
        _forget()
        kit = _version(run["stages"])
        if kit != run["kit"]:
            return {"kit": kit}
        _kept.append((run, _grader(run)))
    return {"report": _kept[0][1].grade(submission).to_json()}


def _version(stages: list[str]) -> str:
    kit = find_kit()
    return kit_version(kit, [find_stage(kit, name) for name in stages])


def _grader(run: dict[str, Any]) -> Grader:
    kit = find_kit()
    stages = tuple(find_stage(kit, name) for name in run["stages"])
    return Grader(kit, stages, run["secret"], run["isolation"], {})


def _forget() -> None:
    while _kept:
        _kept.pop()[1].close()
