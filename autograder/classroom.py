"""Grade a class: many submissions on all cores, each once, whatever interrupts it.

A report is kept in a store, by content, the moment it is there: a run that was killed goes on where
it stopped, and only this process writes.
"""

import hashlib
import multiprocessing
import os
import platform
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from autograder import __version__
from autograder.diagnosis import Diagnosis
from autograder.errors import UserError
from autograder.expected import Reference
from autograder.files import write_whole
from autograder.grading import grade
from autograder.report import Report
from autograder.sandbox.isolation import Isolation, launcher
from autograder.stage import Stage, read_stages, stage_folder
from autograder.submission import Entry, Submission, read_submissions

WAITING_PER_JOB = 3  # submissions read but not yet graded: memory stays flat for any class


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
    """

    kit: Path
    stages: tuple[Stage, ...]
    store: Path
    secret: str | None = None
    jobs: int = 1
    resume: bool = True
    isolation: Isolation = "process"


def grade_class(
    entries: list[Entry], settings: Settings, done: Callable[[Report], None]
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

    def finish(report: Report) -> None:
        reports.append(report)
        done(report)

    waiting: dict[Future[Report], Submission] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.jobs, context, _start_grader, (settings,)) as pool:
        try:
            for submission in _submissions(entries, settings):
                known = store.find(submission)
                if known:
                    finish(known)
                    continue
                waiting[pool.submit(_grade, submission)] = submission
                if len(waiting) >= WAITING_PER_JOB * settings.jobs:
                    _collect(waiting, store, finish)
            while waiting:
                _collect(waiting, store, finish)
        except BrokenProcessPool:
            raise UserError(
                "A grading process was ended from outside (out of memory?): what is graded is "
                "kept, so run the same command again, with a smaller --jobs if memory is short."
            ) from None
        except BaseException:
            for grader in multiprocessing.active_children():  # which would finish their submissions
                grader.kill()
            raise
    order = {stage.name: stage.number for stage in settings.stages}
    return sorted(reports, key=lambda report: (report.student, order[report.stage]))


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
        common = (_kit_hash(settings), secret_hash(settings.secret), settings.isolation)
        self._common = "\n".join(common)

    def find(self, submission: Submission) -> Report | None:
        """Return the report of an equal submission, under this one's name."""
        if not self._resume:
            return None
        try:
            report = Report.model_validate_json(self._path(submission).read_bytes())
        except (OSError, ValidationError):  # not there, or of an older kit
            return None
        return report.model_copy(update={"student": submission.student})

    def keep(self, submission: Submission, report: Report) -> None:
        """Store a report for the next run."""
        write_whole(self._path(submission), report.to_json())

    def _path(self, submission: Submission) -> Path:
        parts = (self._common, submission.stage, submission.sha256, *submission.notes)
        key = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{key}.json"


def _submissions(entries: list[Entry], settings: Settings) -> Iterator[Submission]:
    known = [stage.name for stage in read_stages(settings.kit)]
    for entry in entries:
        yield from read_submissions(entry, [stage.name for stage in settings.stages], known)


def _collect(
    waiting: dict[Future[Report], Submission], store: _Store, finish: Callable[[Report], None]
) -> None:
    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in ready:
        submission = waiting.pop(future)
        report = future.result()
        store.keep(submission, report)
        finish(report)


class _Grader:
    """One process that grades: the worker's launcher and what is known of each stage."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self._open = ExitStack()  # until this process ends
        self.launch = self._open.enter_context(launcher(settings.isolation))
        self.known: dict[str, tuple[Reference, Diagnosis]] = {}

    def grade(self, submission: Submission) -> Report:
        stage = next(s for s in self.settings.stages if s.name == submission.stage)
        if stage.name not in self.known:
            reference = Reference(self.settings.kit, stage, self.launch)
            self.known[stage.name] = reference, Diagnosis(stage, reference)
        reference, diagnosis = self.known[stage.name]
        try:
            return grade(
                stage,
                submission,
                reference,
                self.settings.secret,
                diagnosis=diagnosis,
                launch=self.launch,
            )
        finally:
            reference.close()


_grader: _Grader


def _start_grader(settings: Settings) -> None:
    global _grader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator ends the run
    threading.Thread(target=_end_with_coordinator, daemon=True).start()
    _grader = _Grader(settings)


def _end_with_coordinator() -> None:
    """End this process when the coordinator ends, even by `kill -9`."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _grade(submission: Submission) -> Report:
    return _grader.grade(submission)


def _kit_hash(settings: Settings) -> str:
    """Hash all of the kit that a report depends on: a changed check is a reason to grade anew."""
    digest = hashlib.sha256(f"{__version__} {np.__version__} {platform.python_version()}".encode())
    package = Path(__file__).parent
    paths = sorted(path for path in package.rglob("*.py") if "reports" not in path.parts)
    for stage in settings.stages:
        paths += [
            stage_folder(settings.kit, stage) / "stage.toml",
            settings.kit / "solutions" / f"{stage.name}.py",
            settings.kit / "solutions" / "mistakes" / f"{stage.name}.py",
        ]
    for path in paths:
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def default_jobs() -> int:
    """Return how many graders run at once if nothing is said: one a core that may be used."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
