"""A class on a Dask cluster: the grades of a local run, whatever happens to workers and scheduler.

The scheduler and its workers are processes of their own, on loopback.
"""

import contextlib
import csv
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from autograder.report import Report
from tests.command import autograder
from tests.mistakes import KIT

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.skipif(sys.platform == "win32", reason="workers are ended by POSIX signals"),
]

RIGHT = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
WRONG = RIGHT.replace("return X @ W", "return X @ W + 1")
KILLER = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + RIGHT


class Cluster:
    """A scheduler and its workers.

    Parameters
    ----------
    folder : Path
        For what the processes say and keep.
    """

    def __init__(self, folder):
        self._folder = folder
        self._processes = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"

    def scheduler(self):
        """Start a scheduler, at the same address each time."""
        return self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port))

    def worker(self, *more, kit=KIT, **environment):
        """Start a worker with a kit."""
        scratch = ("--local-directory", str(self._folder))
        one = ("--host", "127.0.0.1", "--nthreads", "1", "--death-timeout", "60")
        return self._start(
            "worker", self.address, *one, *scratch, *more, AUTOGRADER_KIT=str(kit), **environment
        )

    def said(self):
        """Return all that the processes have written."""
        return "".join(path.read_text("utf-8") for path in sorted(self._folder.glob("*.log")))

    def _start(self, *command, **environment):
        log = self._folder / f"{len(self._processes)}-{command[0]}.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command, "--no-dashboard"],
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                env={**os.environ, **environment},
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def close(self):
        """End what was started, each with all that it has started."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    folder = tmp_path / "cluster"
    folder.mkdir()
    cluster = Cluster(folder)
    cluster.scheduler()
    yield cluster
    cluster.close()


def make_class(folder, size):
    """Write submissions that differ, every third one wrong, and one that can't be read."""
    folder.mkdir()
    for number in range(size - 1):
        text = RIGHT if number % 3 else WRONG
        (folder / f"student{number:03}.py").write_text(f"# {number}\n{text}", "utf-8")
    (folder / "late.rar").write_bytes(b"Rar!")
    return folder


def command(folder, out, *more):
    names = ("grade", folder, "--stage", "linear_svm", "--out", out, "--secret", "s", "--kit", KIT)
    return [str(word) for word in (*names, "--isolation", "process", *more)]


def run(cluster, folder, out, *more):
    return autograder(*command(folder, out, "--dask", cluster.address, *more))


def start(cluster, folder, out):
    """Start a run in a process of its own."""
    words = command(folder, out, "--dask", cluster.address)
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def kept(out):
    """Return the store's reports and when each was written."""
    return {path: path.stat().st_mtime_ns for path in (out / ".cache").glob("*.json")}


def wait_until(true, seconds=120):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_one_sentence(text):
    return text.startswith("autograder: ") and text.count("\n") == 1 and text.endswith(".\n")


def local_grades(folder, out):
    result = autograder(*command(folder, out))
    assert result.code == 0, result
    return (out / "grades.csv").read_bytes()


def test_two_workers_give_the_grades_of_a_local_run(cluster, tmp_path):
    folder, out = make_class(tmp_path / "class", 8), tmp_path / "r"
    (folder / "student000").mkdir()  # twice
    (folder / "student000" / "linear_svm.py").write_text(RIGHT, "utf-8")
    cluster.worker()
    cluster.worker("--nthreads", "3")
    result = run(cluster, folder, out)
    assert (result.code, result.err) == (0, ""), (result, cluster.said())
    assert (out / "grades.csv").read_bytes() == local_grades(folder, tmp_path / "local")
    for path in out.glob("*/linear_svm.json"):
        Report.model_validate_json(path.read_bytes())
    stamps = kept(out)
    assert len(stamps) == 8
    assert run(cluster, folder, out).code == 0
    assert kept(out) == stamps  # nothing is graded twice


def test_strict_isolation_holds_on_workers(cluster, tmp_path):
    folder, out = make_class(tmp_path / "class", 2), tmp_path / "r"
    cluster.worker()
    local = autograder(*command(folder, tmp_path / "l", "--isolation", "strict"))
    result = run(cluster, folder, out, "--isolation", "strict")
    assert result.code == local.code
    if local.code:  # not to be had on this machine: the worker says so as this process does
        assert local.err.removeprefix("autograder: ") in result.err
        return
    report = Report.model_validate_json((out / "student000" / "linear_svm.json").read_bytes())
    assert {"network", "filesystem", "seccomp"} <= set(report.isolation)


def kill_one_half_way(cluster, folder, out, size):
    """Grade with two workers, of which one is killed half-way; return each report's stamp then."""
    lost = cluster.worker("--no-nanny")
    cluster.worker("--no-nanny")
    grading = start(cluster, folder, out)
    wait_until(lambda: len(kept(out)) >= size // 2, 600)
    before = kept(out)
    os.killpg(lost.pid, signal.SIGKILL)
    _, err = grading.communicate(timeout=1200)
    assert (grading.returncode, err) == (0, ""), (err, cluster.said())
    return before


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_a_killed_worker_loses_and_repeats_nothing(cluster, tmp_path):
    size = 200
    folder, out = make_class(tmp_path / "class", size), tmp_path / "r"
    before = kill_one_half_way(cluster, folder, out, size)
    after = kept(out)
    assert len(after) == size
    assert before.items() <= after.items()
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        students = [row["student"] for row in csv.DictReader(file)]
    assert len(students) == len(set(students)) == size
    assert (out / "grades.csv").read_bytes() == local_grades(folder, tmp_path / "local")


def test_a_worker_that_hangs_holds_nobody_up(tmp_path, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL", "5s")  # five minutes by itself
    folder, out = make_class(tmp_path / "class", 12), tmp_path / "r"
    (tmp_path / "cluster").mkdir()
    cluster = Cluster(tmp_path / "cluster")
    with contextlib.closing(cluster):
        cluster.scheduler()
        hangs = cluster.worker("--no-nanny")
        cluster.worker("--no-nanny")
        grading = start(cluster, folder, out)
        wait_until(lambda: len(kept(out)) >= 4)
        hangs.send_signal(signal.SIGSTOP)
        _, err = grading.communicate(timeout=200)
        assert (grading.returncode, err) == (0, ""), (err, cluster.said())
    assert len(kept(out)) == 12


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_ends_at_once(cluster, tmp_path, how):
    folder, out = make_class(tmp_path / "class", 40), tmp_path / "r"
    cluster.worker()
    grading = start(cluster, folder, out)
    wait_until(lambda: kept(out))
    grading.send_signal(how)
    _, err = grading.communicate(timeout=20)
    assert (grading.returncode, err) == (1, "autograder: stopped; what is finished is kept.\n")


def other_kit(folder):
    """Copy the kit, with a stage.toml that says one thing otherwise."""
    for name in ("assignments", "solutions"):
        shutil.copytree(KIT / name, folder / name)
    path = folder / "assignments" / "2_linear_svm" / "stage.toml"
    path.write_text(path.read_text("utf-8") + "\n# other\n", "utf-8")
    return folder


def test_a_worker_with_another_kit_is_refused_by_name(cluster, tmp_path):
    folder, out = make_class(tmp_path / "class", 3), tmp_path / "r"
    cluster.worker(kit=other_kit(tmp_path / "other"))
    result = run(cluster, folder, out)
    assert result.code == 2
    assert is_one_sentence(result.err)
    assert "The worker tcp://127.0.0.1:" in result.err
    assert result.err.count("kit 0.") == 2
    assert not kept(out)


def test_a_worker_without_a_kit_is_refused_by_name(cluster, tmp_path):
    folder, out = make_class(tmp_path / "class", 3), tmp_path / "r"
    (tmp_path / "empty").mkdir()
    cluster.worker(kit=tmp_path / "empty")
    result = run(cluster, folder, out)
    assert result.code == 2
    assert is_one_sentence(result.err)
    assert "AUTOGRADER_KIT" in result.err
    assert not kept(out)


def test_a_worker_that_joins_with_another_kit_grades_nothing(cluster, tmp_path):
    folder, out = make_class(tmp_path / "class", 40), tmp_path / "r"
    other = other_kit(tmp_path / "other")
    cluster.worker()
    grading = start(cluster, folder, out)
    wait_until(lambda: kept(out))
    cluster.worker(kit=other)
    _, err = grading.communicate(timeout=200)
    assert grading.returncode == 2
    assert is_one_sentence(err)
    assert err.count("kit 0.") == 2
    for path in kept(out):
        assert Report.model_validate_json(path.read_bytes())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:{port}",
        "nonsense",
        *(
            pytest.param(each, marks=pytest.mark.slow)
            for each in ("tls://127.0.0.1:{port}", "tcp://localhost:99999")
        ),
    ],
)
def test_an_address_without_a_scheduler_is_one_sentence(tmp_path, address):
    folder, out = make_class(tmp_path / "class", 2), tmp_path / "r"
    with socket.socket() as free:  # bound, so that nobody else takes it; nobody listens
        free.bind(("127.0.0.1", 0))
        address = address.format(port=free.getsockname()[1])
        begin = time.monotonic()
        result = autograder(*command(folder, out, "--dask", address))
    assert time.monotonic() - begin < 20
    assert result.code == 2
    assert is_one_sentence(result.err), result.err
    assert address in result.err


@pytest.mark.slow
def test_what_listens_but_is_no_scheduler_is_one_sentence(tmp_path):
    folder, out = make_class(tmp_path / "class", 2), tmp_path / "r"
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        begin = time.monotonic()
        result = autograder(*command(folder, out, "--dask", address))
    assert time.monotonic() - begin < 25
    assert result.code == 2
    assert is_one_sentence(result.err), result.err


@pytest.mark.parametrize(
    "how", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_a_lost_scheduler_is_one_sentence_and_the_command_resumes(tmp_path, how):
    folder, out = make_class(tmp_path / "class", 12), tmp_path / "r"
    (tmp_path / "cluster").mkdir()
    cluster = Cluster(tmp_path / "cluster")
    with contextlib.closing(cluster):
        scheduler = cluster.scheduler()
        cluster.worker("--no-nanny")
        grading = start(cluster, folder, out)
        wait_until(lambda: len(kept(out)) >= 2)
        scheduler.send_signal(how)
        scheduler.wait()
        if how == signal.SIGTERM:  # started anew at once: the run is still told that it is lost
            cluster.scheduler()
        begin = time.monotonic()
        _, err = grading.communicate(timeout=100)
        assert time.monotonic() - begin < 60
        assert grading.returncode == 2
        assert is_one_sentence(err), err
        assert "lost" in err
        before = kept(out)
        if how == signal.SIGKILL:
            cluster.scheduler()
        cluster.worker()
        result = run(cluster, folder, out)
        assert result.code == 0, (result, cluster.said())
    assert before.items() <= kept(out).items()
    assert len(kept(out)) == 12
    assert (out / "grades.csv").read_bytes() == local_grades(folder, tmp_path / "local")


def test_what_kills_its_worker_again_and_again_ends_the_run(cluster, tmp_path):
    """Without strict isolation a submission can end its user's processes."""
    folder, out = make_class(tmp_path / "class", 2), tmp_path / "r"
    (folder / "killer.py").write_text(KILLER, "utf-8")
    (folder / "student000.py").unlink()
    cluster.worker()
    result = run(cluster, folder, out)
    assert result.code == 2, (result, cluster.said())
    assert is_one_sentence(result.err), result.err
    assert "4 workers ended while they had " in result.err


def test_jobs_are_for_this_machine(tmp_path):
    result = autograder(*command(tmp_path, tmp_path / "r", "--dask", "x:1", "--jobs", "2"))
    assert result.code == 2
    assert "leave one out" in result.err


def test_without_the_packages_it_says_how_to_install_them(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "autograder.cluster", None)  # as if the import failed
    folder = make_class(tmp_path / "class", 2)
    result = autograder(*command(folder, tmp_path / "r", "--dask", "127.0.0.1:1"))
    assert result.code == 2
    assert "pip install 'nn-course-kit[cluster]'" in result.err
