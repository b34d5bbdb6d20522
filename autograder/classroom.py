"""Grade a class: many submissions on all cores, each once, whatever interrupts it.

A report is kept in a store, by content, the moment it is there: a run that was killed goes on where
it stopped, and only this process writes.
"""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from autograder.challenge.contest import Contest
from autograder.errors import UserError, found_and_advised
from autograder.files import write_whole
from autograder.graders import Graders, local_graders
from autograder.kit_hash import hash_of, kit_inputs
from autograder.report import Report
from autograder.sandbox.isolation import Isolation
from autograder.stage import Stage, read_stages
from autograder.submission import Entry, Submission, read_submissions

WAITING_PER_JOB = 3  # submissions read but not yet graded: memory stays flat for any class
PATIENCE = 5  # seconds without a report after which it is asked whether anybody is left to grade


@dataclass(frozen=True)
class Settings:
    """What a run of `grade_class` depends on besides the submissions.

    Attributes
    ----------
    kit : Path
        The kit's folder.
    stages : tuple of Stage
        The stages to grade.
    store : Path
        Folder for finished reports, by content.
    secret : str, optional
        The instructor's seed.
    jobs : int
        How many submissions are graded at once.
    resume : bool
        Whether to take from the store what is there.
    isolation : str
        "strict" or "process".
    dask : str, optional
        Address of the Dask scheduler whose workers grade; without one, processes on this machine.
    contests : dict of str to Contest
        The images of those stages that are open tasks.
    """

    kit: Path
    stages: tuple[Stage, ...]
    store: Path
    secret: str | None = None
    jobs: int = 1
    resume: bool = True
    isolation: Isolation = "process"
    dask: str | None = None
    contests: dict[str, Contest] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> dict[str, dict[str, str]]:
        """Stage -> all that its reports depend on besides the submissions, by name."""
        common = {"secret": secret_hash(self.secret), "isolation": self.isolation}
        images = {name: {"images": contest.digest} for name, contest in self.contests.items()}
        return {
            stage.name: kit_inputs(self.kit, stage) | common | images.get(stage.name, {})
            for stage in self.stages
        }


class Graded(NamedTuple):
    """A report, and what it does not depend on.

    Attributes
    ----------
    report : Report
        What was found.
    submitted : datetime or None
        When the submission was handed in, if the export says so.
    fresh : bool
        Whether it was graded now; else an earlier run has.
    """

    report: Report
    submitted: datetime | None
    fresh: bool


def grade_class(
    entries: list[Entry], settings: Settings, done: Callable[[Graded], None]
) -> list[Report]:
    """Grade every entry in every stage of the settings.

    Parameters
    ----------
    entries : list of Entry
        The class, as `find_entries` gives it.
    settings : Settings
        All else that the grades depend on.
    done : callable
        Called with each report as soon as it is there, in any order.

    Returns
    -------
    list of Report
        Sorted by student, then by stage.
    """
    store = _Store(settings)
    reports: list[Report] = []

    def finish(report: Report, submission: Submission, fresh: bool = True) -> None:
        reports.append(report)
        done(Graded(report, submission.submitted, fresh))

    waiting: dict[Future[Report], Submission] = {}
    with _open_graders(settings) as graders:
        try:
            for submission in _submissions(entries, settings):
                known = store.find(submission)
                if known:
                    finish(known, submission, fresh=False)
                    continue
                waiting[graders.submit(submission)] = submission
                while len(waiting) >= WAITING_PER_JOB * graders.capacity():
                    _collect(waiting, store, finish)
            while waiting and graders.capacity():
                _collect(waiting, store, finish)
        except BaseException:
            _rescue(waiting, store)
            raise
    order = {stage.name: stage.number for stage in settings.stages}
    return sorted(reports, key=lambda report: (report.student, order[report.stage]))


def _open_graders(settings: Settings) -> AbstractContextManager[Graders]:
    common = (settings.kit, settings.stages, settings.secret, settings.isolation)
    if settings.dask is None:
        return local_graders(settings.jobs, *common, settings.contests)
    try:
        from autograder.cluster import cluster_graders
    except ImportError as error:
        raise UserError(
            f"--dask needs the optional packages of a cluster ({error}): "
            "pip install 'nn-course-kit[cluster]'."
        ) from None
    return cluster_graders(settings.dask, *common)


def secret_hash(secret: str | None) -> str:
    """Hash a secret seed slowly, so that the hash does not give a short one away."""
    if secret is None:
        return ""
    return hashlib.scrypt(secret.encode(), salt=b"nn-course-kit", n=2**14, r=8, p=1).hex()


class _Store:
    """Finished reports by the hash of all that they depend on."""

    def __init__(self, settings: Settings):
        self._folder = settings.store
        self._resume = settings.resume
        self._inputs = {name: hash_of(inputs) for name, inputs in settings.inputs.items()}

    def find(self, submission: Submission) -> Report | None:
        """Return the report of an equal submission, under this one's name."""
        if not self._resume:
            return None
        try:
            report = Report.model_validate_json(self._path(submission).read_bytes())
        except (FileNotFoundError, ValidationError):  # not there, or of an older kit
            return None
        except OSError as error:
            raise UserError(
                f"{self._path(submission)} can't be read {found_and_advised(error)}"
            ) from None
        return report.model_copy(update={"student": submission.student})

    def keep(self, submission: Submission, report: Report) -> None:
        """Store a report for the next run."""
        write_whole(self._path(submission), report.to_json())

    def _path(self, submission: Submission) -> Path:
        common = self._inputs[submission.stage]
        parts = (common, submission.stage, submission.sha256, *submission.notes)
        key = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{key}.json"


def _submissions(entries: list[Entry], settings: Settings) -> Iterator[Submission]:
    known = [stage.name for stage in read_stages(settings.kit)]
    for entry in entries:
        yield from read_submissions(entry, [stage.name for stage in settings.stages], known)


def _collect(
    waiting: dict[Future[Report], Submission],
    store: _Store,
    finish: Callable[[Report, Submission], None],
) -> None:
    ready, _ = wait(waiting, PATIENCE, FIRST_COMPLETED)
    for future in ready:
        report = future.result()
        store.keep(waiting[future], report)
        finish(report, waiting.pop(future))


def _rescue(waiting: dict[Future[Report], Submission], store: _Store) -> None:
    """Keep for the next run what is graded and not collected yet, now that this run ends."""
    for future, submission in waiting.items():
        if future.done() and not future.cancelled() and not future.exception():
            with contextlib.suppress(UserError):  # the disk is full: it is told already
                store.keep(submission, future.result())


def default_jobs() -> int:
    """Return how many graders run at once if nothing is said: one a core that may be used."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
