"""Strict isolation as a whole: what a worker behind it sees, can do, and leaves behind."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

from autograder import probe
from autograder.errors import UserError
from autograder.expected import Reference
from autograder.grading import grade
from autograder.sandbox import cgroup, isolation, warm_parent
from autograder.sandbox.student import CallFailed, Student
from autograder.sandbox.warm_parent import Ended, NotIsolated, WarmParent
from autograder.sandbox.wire import pack
from autograder.stage import Function, Limits, Stage, find_stage
from autograder.submission import Submission
from tests.mistakes import KIT
from tests.waiting import soon

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strict isolation is Linux's")

PROBE = b"""
import os, signal, socket, subprocess, sys, time
import numpy as np

def run(code):
    found = {}
    exec(code, {**globals(), "found": found})
    return found

def hang():
    while True:
        pass

def die(number):
    os.kill(os.getpid(), number)

def leave():
    os._exit(7)

def crash():
    import ctypes
    ctypes.string_at(0)
"""


def parent_or_skip(namespaces: bool) -> WarmParent:
    try:
        return isolation._tried(namespaces)
    except NotIsolated as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "landlock"])
def parent(request):
    """A warm parent of each kind."""
    warm = parent_or_skip(request.param)
    yield warm
    warm.close()


def stage_of(limits: Limits) -> Stage:
    """Make a stage whose file is probe.py; a worker tells which functions there are."""
    some = (Function(name="run", points=1, hints=("-",)),)
    return Stage(number=0, name="probe", title="t", summary="s", limits=limits, functions=some)


@pytest.fixture
def student(parent):
    stage = stage_of(Limits(call_seconds=10, memory_mb=1024))
    module = Student({"probe.py": PROBE, "helper.py": b"x = 3"}, stage, parent.start)
    yield module
    module.close()


def tried(student, code: str):
    """Run code in the worker, as a student could."""
    return student.call("run", pack([code], {}))


def outcome(student, function: str, *arguments) -> CallFailed:
    with pytest.raises(CallFailed) as failure:
        student.call(function, pack(list(arguments), {}))
    return failure.value


ATTEMPT = """
def attempt(what):
    try:
        return repr(what())
    except BaseException as error:
        return type(error).__name__
"""


def test_its_layers_are_those_of_strict_isolation(student):
    student.load()
    assert set(student.layers) >= isolation.STRICT


def test_the_kit_and_its_owner_do_not_exist(student):
    places = [KIT, KIT / "solutions", KIT / "autograder" / "checks", Path.home(), "/proc/1/environ"]
    code = (
        ATTEMPT
        + f"""
for place in {[str(place) for place in places]}:
    read = os.listdir if os.path.isdir(place) else lambda path: open(path).read()
    found[place] = attempt(lambda: read(place))
"""
    )
    for answer in tried(student, code).values():
        assert answer in ("FileNotFoundError", "PermissionError", "NotADirectoryError")


def test_nothing_can_be_written_but_its_own_scratch(student):
    code = (
        ATTEMPT
        + """
code = os.path.dirname(__import__("probe").__file__)
for place in ("/usr/x", "/dev/x", "/x", "/etc/x", code + "/x"):
    found[place] = attempt(lambda: open(place, "w"))
found["home"] = attempt(lambda: open(os.environ["HOME"] + "/x", "w").write("ab"))
found["here"] = attempt(lambda: open("loss.png", "w").write("ab"))
"""
    )
    found = tried(student, code)
    assert found.pop("home") == found.pop("here") == "2"
    assert set(found.values()) <= {"OSError", "PermissionError", "FileNotFoundError"}


def test_what_one_worker_writes_the_next_does_not_find(student):
    code = "import os; open('note', 'w').write('x'); found['n'] = os.listdir('.')"
    assert "note" in tried(student, code)["n"]
    student.close()
    assert tried(student, "import os; found['n'] = os.listdir('.')")["n"] == []


def test_there_is_no_network(student):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = (
            ATTEMPT
            + f"""
found["tcp"] = attempt(lambda: socket.create_connection(("127.0.0.1", {port}), 2))
found["unix"] = attempt(lambda: socket.socket(socket.AF_UNIX))
"""
        )
        assert set(tried(student, code).values()) == {"PermissionError"}


def test_it_has_no_rights(student):
    code = (
        ATTEMPT
        + """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
found["unshare"] = libc.unshare(0x10000000)
found["mount"] = libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)
found["root"] = attempt(lambda: os.setuid(0)) if os.getuid() else "PermissionError"
found["parent"] = attempt(lambda: os.kill(os.getppid(), 9)) if os.getppid() else "PermissionError"
"""
    )
    assert tried(student, code) == {
        "unshare": -1,
        "mount": -1,
        "root": "PermissionError",
        "parent": "PermissionError",
    }


def test_honest_work_works(student):
    code = """
import helper, multiprocessing, tempfile, threading
found["helper"] = helper.x
found["product"] = float((np.ones((200, 200)) @ np.ones((200, 200))).sum())
found["solve"] = float(np.linalg.norm(np.linalg.inv(np.eye(3))))
threads = [threading.Thread(target=lambda: found.setdefault("thread", 1)) for _ in range(3)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
found["run"] = subprocess.run(["/bin/true"]).returncode
found["temporary"] = tempfile.TemporaryFile().write(b"abc")
"""
    assert tried(student, code) == {
        "helper": 3,
        "product": 200.0**3,
        "solve": pytest.approx(3**0.5),
        "thread": 1,
        "run": 0,
        "temporary": 3,
    }


def test_a_daemon_ends_with_its_worker(student):
    """A process in a session of its own, which would go on for 20 s."""
    code = """
pid = os.fork()
if pid == 0:
    os.setsid()
    os.execv("/bin/sleep", ["sleep", "20.123"])
found["pid"] = pid
"""
    tried(student, code)
    assert soon(lambda: running("20.123"))
    student.close()
    assert soon(lambda: not running("20.123"))


def running(argument: str) -> bool:
    """Tell whether a process runs with this argument."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes())
        except OSError:  # it has ended
            continue
    return any(f"sleep\0{argument}\0".encode() in line for line in lines)


def test_how_a_worker_ended_is_told(student):
    assert str(outcome(student, "leave")) == "`leave` ended the whole process (exit code 7)"
    assert outcome(student, "crash").outcome == "killed"
    assert "SIGSEGV" in str(outcome(student, "crash"))
    assert tried(student, "found['next'] = 1") == {"next": 1}


def test_a_hang_is_stopped_and_the_next_worker_starts(parent):
    functions = (Function(name="hang", points=1, hints=("-",)),)
    limits = Limits(call_seconds=1, memory_mb=1024)
    stage = Stage(
        number=0, name="probe", title="t", summary="s", limits=limits, functions=functions
    )
    hanging = Student({"probe.py": PROBE}, stage, parent.start)
    begin = time.monotonic()
    assert outcome(hanging, "hang").outcome == "timeout"
    assert time.monotonic() - begin < 5
    hanging.close()


def test_nothing_of_the_grader_is_open_in_it(student):
    code = """
kinds = []
for fd in range(3, 64):
    try:
        os.fstat(fd)
        kinds.append(fd)
    except OSError:
        pass
found["open"] = len(kinds)
found["environment"] = sorted(name for name in os.environ if "AUTOGRADER" in name)
"""
    found = tried(student, code)
    assert found["open"] <= 3  # the wire's two ends, and one that NumPy may keep
    assert found["environment"] == []


@pytest.mark.parametrize("stage_name", ["linear_svm", "two_layer_net"])
def test_a_solution_is_graded_as_without_it(parent, stage_name):
    stage = find_stage(KIT, stage_name)
    source = (KIT / "solutions" / f"{stage_name}.py").read_bytes()
    submission = Submission("ada", stage_name, {f"{stage_name}.py": source})
    reference = Reference(KIT, stage, parent.start)
    report = grade(stage, submission, reference, "secret", launch=parent.start)
    reference.close()
    assert report.points == report.max_points
    assert set(report.isolation) >= isolation.STRICT


def test_strict_is_refused_in_one_sentence_where_it_is_not_to_be_had():
    with (
        mock.patch.object(isolation, "WarmParent", side_effect=NotIsolated("bwrap is missing")),
        pytest.raises(UserError) as refusal,
        isolation.launcher("strict"),
    ):
        pass
    for words in ("bwrap is missing", "apt install bubblewrap", "--isolation process"):
        assert words in str(refusal.value)
    with mock.patch.object(isolation, "WarmParent", side_effect=NotIsolated("no")):
        assert isolation.best() == "process"


def test_a_missing_bubblewrap_is_named():
    with (
        mock.patch.object(warm_parent, "_bubblewrap", return_value=["no-such-bwrap"]),
        pytest.raises(NotIsolated, match="no-such-bwrap is not installed"),
    ):
        WarmParent(namespaces=True)


def test_it_ends_when_the_grader_is_killed():
    """Kill -9 leaves no warm parent and no worker behind."""
    program = f"""
import sys, time
sys.path.insert(0, {str(KIT)!r})
from autograder.sandbox.isolation import _strict_parent
from autograder.stage import Limits
parent = _strict_parent()
parent.start({{"a.py": b""}}, "a", Limits())
print(parent._process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as grader:
        assert grader.stdout is not None
        line = grader.stdout.readline()
        if not line.strip():
            pytest.skip("no strict isolation here")
        pid = int(line)
        grader.kill()
        grader.wait()
    assert soon(lambda: not alive(pid))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return b"Z" not in Path(f"/proc/{pid}/stat").read_bytes().split(b") ")[1][:1]
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_late_reply_is_no_reply_to_the_next_order():
    parent = parent_or_skip(True)
    worker = parent.start({"a.py": b""}, "a", Limits())
    parent._orders.settimeout(0.1)
    for _ in range(2):
        with pytest.raises(Ended):
            parent.order({"do": "wait", "pid": worker._pid})  # takes a second, as it runs on
        time.sleep(1)
    parent.close()


def test_a_warm_parent_that_ended_is_replaced():
    stage = find_stage(KIT, "linear_svm")
    source = (KIT / "solutions" / "linear_svm.py").read_bytes()
    try:
        opened = isolation.launcher("strict")
        launch = opened.__enter__()
    except UserError as error:
        pytest.skip(str(error))
    for _ in range(2):
        student = Student({"linear_svm.py": source}, stage, launch)
        student.load()
        launch.__self__.parent._process.kill()
        launch.__self__.parent._process.wait()
        student.close()
    opened.__exit__(None, None, None)


def test_all_processes_of_a_worker_share_one_limit_of_memory_where_cgroups_are_at_hand():
    groups = cgroup.parent_group()
    if groups is None:
        pytest.skip("no memory cgroup can be made here")
    limits = Limits(call_seconds=20, memory_mb=1024)
    mine = f"{cgroup.PREFIX}-{os.getpid()}-*"
    fed, before = {}, set(groups.glob(mine))
    for there in (groups, None):
        with (
            mock.patch.object(warm_parent, "parent_group", return_value=there),
            isolation.launcher("strict") as launch,
        ):
            student = Student({"probe.py": probe.PROBE}, stage_of(limits), launch)
            with contextlib.closing(student), contextlib.suppress(CallFailed):
                fed[there] = student.call("eat_together", pack([], {}))
            assert ("cgroup" in student.layers) == (there is not None)
    assert fed.get(groups, 0) < 4
    assert fed[None] == 4
    assert set(groups.glob(mine)) <= before


def test_cgroups_of_graders_that_were_killed_are_removed():
    groups = cgroup.parent_group()
    if groups is None:
        pytest.skip("no memory cgroup can be made here")
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    left = groups / f"{cgroup.PREFIX}-{ended.pid}-0"
    left.mkdir()
    assert cgroup.parent_group() == groups
    assert not left.exists()
