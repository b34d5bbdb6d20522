"""Grade on the workers of a Dask cluster; this end hands out submissions and vets the answers.

An event loop in a thread of its own talks to the scheduler, so that every wait here has an end.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import dask
from distributed import Client, KilledWorker
from pydantic import ValidationError

from autograder.cluster_worker import Answer, grade_one, tell_kit
from autograder.errors import UserError
from autograder.graders import Graders
from autograder.kit_hash import kit_version
from autograder.report import Report
from autograder.sandbox.isolation import Isolation
from autograder.stage import Stage
from autograder.submission import Submission

CONNECT_SECONDS = 10  # for the scheduler to be reached, at first or again
ANSWER_SECONDS = 15  # for the scheduler to answer a question
KIT_SECONDS = 60  # for all workers to import the kit
WORKERS_SECONDS = 60  # for a worker to appear where there is none
ASK_AGAIN = 5  # seconds between two questions of who is there

T = TypeVar("T")


@contextmanager
def cluster_graders(
    address: str,
    kit: Path,
    stages: tuple[Stage, ...],
    secret: str | None,
    isolation: Isolation,
) -> Iterator[Graders]:
    """Connect to a scheduler whose workers have this very kit, or raise a UserError."""
    run = {
        "kit": kit_version(kit, stages),
        "stages": [stage.name for stage in stages],
        "secret": secret,
        "isolation": isolation,
    }
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a UserError says it
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        cluster = _Cluster(address, run)
        try:
            cluster.open()
            yield cluster
        finally:
            cluster.close()


class _Cluster:
    """The workers of a scheduler.

    Parameters
    ----------
    address : str
        Where the scheduler is.
    run : dict
        What `grade_one` must know of this run.
    """

    def __init__(self, address: str, run: dict[str, Any]):
        self._address, self._run = address, run
        self._client: Client | None = None
        self._scheduler = ""  # its own name: one that was started anew has another
        self._workers = 0
        self._seen = self._asked = time.monotonic()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def open(self) -> None:
        """Connect, wait for a worker, and compare kits."""
        try:
            self._wait(self._connect(), CONNECT_SECONDS + 5)
        except Exception as error:  # whatever is at that address
            raise UserError(
                f"No Dask scheduler is reached at {self._address} ({_said(error)}): start one by "
                "dask scheduler, and name the address that it shows."
            ) from None
        while not self._workers:
            self._look()
            time.sleep(0 if self._workers else 0.2)
        try:
            answers = self._wait(self._kits(), KIT_SECONDS)
        except Exception as error:
            raise UserError(
                f"The workers of {self._address} don't all tell their kit within {KIT_SECONDS} "
                f"seconds ({_said(error)}): end those that hang, and run the same command again."
            ) from None
        for worker, answer in answers.items():
            if isinstance(answer, Exception):
                raise UserError(
                    f"The worker {worker} can't tell which kit it has ({_said(answer)}): install "
                    f"there what is here, {self._run['kit']}."
                )
            self._vet(worker, answer)

    def submit(self, submission: Submission) -> Future[Report]:
        """Have a submission graded by some worker."""
        return asyncio.run_coroutine_threadsafe(self._grade(submission), self._loop)

    def capacity(self) -> int:
        """Count the workers; a UserError if the scheduler is lost, or all workers for long."""
        if time.monotonic() - self._asked > ASK_AGAIN:
            self._look()
        return max(1, self._workers)

    def close(self) -> None:
        """Leave the cluster; what was not graded is forgotten there."""
        with suppress(Exception):
            self._wait(self._leave(), ANSWER_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _look(self) -> None:
        """Ask the scheduler for its name and its workers."""
        try:
            identity = self._wait(self._identity(), ANSWER_SECONDS)
        except Exception as error:
            self._lost(error)
        self._asked = time.monotonic()
        self._scheduler = self._scheduler or identity["id"]
        if identity["id"] != self._scheduler:
            self._lost("it was started anew")
        self._workers = len(identity["workers"])
        if self._workers:
            self._seen = self._asked
        elif self._asked - self._seen > WORKERS_SECONDS:
            raise UserError(
                f"The Dask scheduler at {self._address} has had no worker for {WORKERS_SECONDS} "
                "seconds: what is graded is kept, so start workers and run the same command again."
            )

    async def _connect(self) -> None:
        self._client = Client(
            self._address, asynchronous=True, timeout=CONNECT_SECONDS, set_as_default=False
        )
        await self._client

    async def _leave(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def _kits(self) -> dict[str, Answer | Exception]:
        assert self._client is not None
        stages = self._run["stages"]
        return dict(await self._client.run(tell_kit, stages, on_error="return"))

    async def _identity(self) -> dict[str, Any]:
        assert self._client is not None
        if self._client.scheduler is None:
            raise ConnectionError("the connection is closed")
        return dict(await self._client.scheduler.identity())

    async def _grade(self, submission: Submission) -> Report:
        assert self._client is not None
        whose = f"{submission.student}'s {submission.stage}"
        try:
            answer = await self._client.submit(grade_one, self._run, asdict(submission), pure=False)
        except KilledWorker as error:
            raise UserError(
                f"{error.allowed_failures + 1} workers ended while they had {whose} or a "
                "submission beside it (out of memory?): what is graded is kept; look at it, and "
                "run the same command again."
            ) from None
        except Exception as error:
            if isinstance(error, CancelledError) or self._client.status != "running":
                self._lost("the connection broke")
            # A worker that came later, without the kit.
            raise UserError(f"A worker can't grade {whose} ({_said(error)}).") from None
        worker = answer["worker"]
        self._vet(worker, answer)
        try:
            return Report.model_validate_json(answer["report"])
        except ValidationError:
            raise UserError(
                f"The worker {worker} sent no report for {whose}: see its log."
            ) from None

    def _vet(self, worker: str, answer: Answer) -> None:
        """Raise a UserError for a worker with another kit, or with a problem."""
        if "problem" in answer:
            raise UserError(f"The worker {worker} can't grade: {answer['problem']}")
        if answer.get("kit", self._run["kit"]) != self._run["kit"]:
            raise UserError(
                f"The worker {worker} has {answer['kit']}, but here is "
                f"{self._run['kit']}: install the same on both, and start the worker again."
            )

    def _wait(self, what: Coroutine[Any, Any, T], seconds: float) -> T:
        """Wait in this thread for what the loop does in its own."""
        limited = asyncio.wait_for(what, seconds)
        return asyncio.run_coroutine_threadsafe(limited, self._loop).result()

    def _lost(self, why: object) -> NoReturn:
        raise UserError(
            f"The Dask scheduler at {self._address} is lost ({_said(why)}): what is graded is "
            "kept, so start it and its workers again, and run the same command."
        ) from None


def _said(why: object) -> str:
    """Return the first line of what an exception says."""
    lines = str(why).splitlines()
    return lines[0].rstrip(".") if lines else type(why).__name__
