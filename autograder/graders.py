"""Who grades: one grader for a process, and the pool of such processes on this machine."""

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from autograder.challenge.contest import Contest
from autograder.diagnosis import Diagnosis
from autograder.errors import UserError, found_and_advised
from autograder.expected import Reference
from autograder.foresight import Foresight
from autograder.forking import grader_context
from autograder.grading import grade
from autograder.report import Report
from autograder.sandbox.isolation import Isolation, launcher
from autograder.stage import Stage
from autograder.submission import Submission


class Graders(Protocol):
    """Processes that grade, here or elsewhere."""

    def submit(self, submission: Submission) -> Future[Report]:
        """Have a submission graded."""

    def capacity(self) -> int:
        """Return how many are graded at once; a UserError if nobody is left to grade."""


class Grader:
    """What one process needs to grade: the worker's launcher and what is known of each stage.

    Parameters
    ----------
    kit : Path
        The kit's folder.
    stages : tuple of Stage
        The stages to grade.
    secret : str, optional
        The instructor's seed.
    isolation : str
        "strict" or "process".
    contests : dict of str to Contest
        The images of those stages that are open tasks.
    """

    def __init__(
        self,
        kit: Path,
        stages: tuple[Stage, ...],
        secret: str | None,
        isolation: Isolation,
        contests: dict[str, Contest],
    ):
        self._kit, self._secret, self._contests = kit, secret, contests
        self._stages = {stage.name: stage for stage in stages}
        self._open = ExitStack()
        self._launch = self._open.enter_context(launcher(isolation))
        self._known: dict[str, tuple[Reference, Diagnosis, Foresight]] = {}

    def grade(self, submission: Submission) -> Report:
        """Grade one submission."""
        stage = self._stages[submission.stage]
        if stage.name not in self._known:
            reference = Reference(self._kit, stage, self._launch)
            known = reference, Diagnosis(stage, reference), Foresight(stage, reference)
            self._known[stage.name] = known
        reference, diagnosis, foresight = self._known[stage.name]
        try:
            return grade(
                stage,
                submission,
                reference,
                self._secret,
                diagnosis=diagnosis,
                launch=self._launch,
                foresight=foresight,
                contest=self._contests.get(stage.name),
            )
        finally:
            reference.close()

    def close(self) -> None:
        """End what was started; nothing can be graded afterwards."""
        self._open.close()


@contextmanager
def local_graders(
    jobs: int,
    kit: Path,
    stages: tuple[Stage, ...],
    secret: str | None,
    isolation: Isolation,
    contests: dict[str, Contest],
) -> Iterator[Graders]:
    """Start `jobs` processes on this machine, each with a Grader of the other arguments."""
    with ExitStack() as open_:
        try:
            scratch = open_.enter_context(_scratch())
            grader = (scratch, kit, stages, secret, isolation, contests)
            processes = ProcessPoolExecutor(jobs, grader_context(), _start_grader, grader)
            pool = open_.enter_context(processes)
        except OSError as error:
            raise _refused(error) from None
        try:
            yield _Local(pool, jobs)
        except BrokenProcessPool:
            raise UserError(
                "A grading process was ended from outside (out of memory?): what is graded is "
                "kept, so run the same command again, with a smaller --jobs if memory is short."
            ) from None
        except BaseException:
            for process in multiprocessing.active_children():  # or they finish their submissions
                process.kill()
            raise


@contextmanager
def _scratch() -> Iterator[str]:
    """Make a folder for the temporary files of all graders: one that is killed removes none."""
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # workers may be another user's
        yield folder


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold signals back: a process whose start they cut short is not known, so nobody ends it."""
    if threading.current_thread() is not threading.main_thread():  # which alone they interrupt
        yield
        return
    held: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda caught, _: held.append(caught)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
        for caught in held:
            signal.raise_signal(caught)


def _refused(error: OSError) -> UserError:
    return UserError(
        "The system refuses a grading process, its temporary folder or its shared memory in "
        f"/dev/shm {found_and_advised(error)}"
    )


class _Local:
    def __init__(self, pool: ProcessPoolExecutor, jobs: int):
        self._pool, self._jobs = pool, jobs

    def submit(self, submission: Submission) -> Future[Report]:
        try:
            with _uninterrupted():  # it may start a process
                return self._pool.submit(_grade, submission)
        except OSError as error:
            raise _refused(error) from None

    def capacity(self) -> int:
        return self._jobs


class _Unable:
    """Stands for a grader that can't be: the first submission tells why."""

    def __init__(self, reason: UserError):
        self._reason = reason

    def grade(self, submission: Submission) -> Report:
        raise self._reason


_grader: Grader | _Unable


def _start_grader(
    scratch: str,
    kit: Path,
    stages: tuple[Stage, ...],
    secret: str | None,
    isolation: Isolation,
    contests: dict[str, Contest],
) -> None:
    global _grader
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator ends the run
    threading.Thread(target=_end_with_coordinator, daemon=True).start()
    try:
        _grader = Grader(kit, stages, secret, isolation, contests)
    except UserError as reason:  # an initializer's own exceptions lose their words
        _grader = _Unable(reason)


def _end_with_coordinator() -> None:
    """End this process when the coordinator ends, even by `kill -9`."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _grade(submission: Submission) -> Report:
    return _grader.grade(submission)
