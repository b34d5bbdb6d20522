"""Grade attacks as `autograder grade` does, each between two honest students, and look for harm."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks import archives
from tests.attacks.manifest import SUBMISSIONS, Attack

KIT = Path(__file__).parents[2]
STAGE = "linear_svm"
SECRET = "a-secret-that-no-report-may-hold"
SOLUTION = "BEGIN " + "SOLUTION"
# Short, so that what hangs costs seconds; still many times what an honest call takes.
LIMITS = {"call_seconds": 3, "training_seconds": 3, "submission_seconds": 30}
HONEST_SECONDS = 6
START_SECONDS = 20
PATIENCE = 4  # times an attack's seconds, on a machine that is busy with others
MAX_REPORT_BYTES = 1_000_000
OWN_TIMES = {"student", "duration_s"}


@dataclass
class Verdict:
    """What came of one attack: what is wrong with it, and how long it took."""

    attack: Attack
    points: dict[str, float] = field(default_factory=dict)
    status: str = "no report"
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def judge(attacks: list[Attack], folder: Path, isolation: str) -> list[Verdict]:
    """Grade a class of honest students with an attack after each, and compare with the manifest.

    Parameters
    ----------
    attacks : list of Attack
        In this order.
    folder : Path
        An empty folder for the kit, the class and the results.
    isolation : str
        What ``--isolation`` gets.
    """
    arena = _Arena(folder)
    students = arena.build(attacks)
    before = _tree(arena.class_), _tree(arena.outside)
    run = arena.grade(isolation)
    time.sleep(max(attack.wait for attack in attacks))
    shared = _harm_to_all(arena, run, before[0], students)
    verdicts = []
    for number, attack in enumerate(attacks):
        verdict = Verdict(attack)
        neighbours = (students.honest[number], students.honest[number + 1])
        verdict.problems += shared + _harm_to(arena, students.honest[0], neighbours)
        verdict.problems += _traces(arena, attack, before[1], run)
        verdict.problems += _compared(arena, attack, students.attackers[number], verdict)
        verdicts.append(verdict)
    return verdicts


def accepts(isolation: str, folder: Path) -> bool:
    """Tell whether this kit has that isolation on this machine."""
    arena = _Arena(folder)
    arena.add("nobody", b"")
    return arena.grade(isolation).code != 2


@dataclass
class _Students:
    honest: list[str] = field(default_factory=list)
    attackers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@dataclass
class _Run:
    """What the command left: exit code, messages, wall time, memory, who called the server."""

    code: int
    messages: str
    seconds: float
    memory_mb: float
    calls: list[str]


class _Arena:
    """A kit with short limits, a class, a folder for results, and one that must stay as it is."""

    def __init__(self, folder: Path):
        self.kit, self.class_ = folder / "kit", folder / "class"
        self.results, self.outside = folder / "results", folder / "outside"
        self.temporary = folder / "temporary"
        for made in (self.class_, self.outside, self.temporary):
            made.mkdir(parents=True)
        (self.outside / "diary.txt").write_text("nobody may change this")
        shutil.copytree(KIT / "solutions", self.kit / "solutions")
        shutil.copytree(KIT / "assignments", self.kit / "assignments")
        (toml,) = self.kit.glob(f"assignments/*_{STAGE}/stage.toml")
        text = toml.read_text(encoding="utf-8")
        for name, value in LIMITS.items():
            text = re.sub(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
        toml.write_text(text, encoding="utf-8")
        self.server = socket.create_server(("127.0.0.1", 0))

    def build(self, attacks: list[Attack]) -> _Students:
        """Write the class: an honest student, an attack, an honest student, an attack, …"""
        solution = (KIT / "solutions" / f"{STAGE}.py").read_text(encoding="utf-8")
        honest = re.sub(r"\n *###.*", "", solution).encode()
        students = _Students()
        for number, attack in enumerate([*attacks, None]):
            students.honest.append(f"{number:03}-0-honest")
            self.add(students.honest[-1], honest)
            if attack is None:
                break
            if attack.accomplice:
                students.others.append(f"{number:03}-1-accomplice")
                source = (SUBMISSIONS / "shared" / attack.accomplice).read_bytes()
                self.add(students.others[-1], self.filled(source, attack))
            students.attackers.append(f"{number:03}-2-{attack.name}")
            self.add_attack(students.attackers[-1], attack)
        return students

    def add(self, student: str, source: bytes) -> None:
        """Hand in one file."""
        (self.class_ / student).mkdir()
        (self.class_ / student / f"{STAGE}.py").write_bytes(source)

    def add_attack(self, student: str, attack: Attack) -> None:
        """Hand in an attack: built, or copied with its blanks filled in."""
        if attack.make:
            getattr(archives, attack.make)(self.class_, student)
            return
        folder = self.class_ / student
        there = (SUBMISSIONS / attack.group).iterdir()
        found = next(path for path in there if path.stem == attack.name)
        if found.is_dir():
            shutil.copytree(found, folder)
        else:
            folder.mkdir()
            shutil.copyfile(found, folder / f"{STAGE}{found.suffix}")
        if attack.beside:
            shutil.copy(SUBMISSIONS / "shared" / attack.beside, folder)
        for path in folder.rglob("*.py"):
            if path.is_file():
                path.write_bytes(self.filled(path.read_bytes(), attack))

    def filled(self, source: bytes, attack: Attack) -> bytes:
        """Put names of this run where a submission has blanks."""
        port = self.server.getsockname()[1]
        blanks = {b"@OUTSIDE@": os.fsencode(self.outside), b"@PORT@": b"%d" % port}
        for blank, value in {**blanks, b"@NAME@": attack.name.encode()}.items():
            source = source.replace(blank, value)
        return source

    def grade(self, isolation: str) -> _Run:
        """Run the command on the class."""
        entries = len(list(self.class_.iterdir()))
        command = [
            *(sys.executable, "-m", "autograder", "grade", self.class_, "--stage", STAGE),
            *("--out", self.results, "--jobs", "1", "--isolation", isolation),
            *("--kit", self.kit),
        ]
        environment = {
            **os.environ,
            "AUTOGRADER_SECRET": SECRET,
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(KIT), os.environ.get("PYTHONPATH")))),
        }
        log = self.results.with_suffix(".log")
        calls: list[str] = []
        begin = time.monotonic()
        with log.open("wb") as output, _listening(self.server, calls):
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.results.parent,
                env=environment,
                start_new_session=True,
            )
            limit = START_SECONDS + entries * (LIMITS["submission_seconds"] + HONEST_SECONDS)
            code, memory_mb = _ended(process, begin + limit)
        seconds = time.monotonic() - begin
        return _Run(code, log.read_text("utf-8", "replace"), seconds, memory_mb, calls)


def _ended(process: subprocess.Popen[bytes], deadline: float) -> tuple[int, float]:
    """Wait for a command; return its exit code and the most memory a process of it took, in MB."""
    most_mb = 0.0
    while time.monotonic() < deadline:
        most_mb = max(most_mb, _largest(process.pid))
        if process.poll() is not None:
            return process.returncode, most_mb
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return -1, most_mb


def _largest(session: int) -> float:
    """Return the most memory that a process of a session has taken so far, in MB."""
    peaks = [0]
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, StopIteration):  # it has ended
            if os.getsid(int(folder.name)) == session:
                lines = (folder / "status").read_text().splitlines()
                peaks.append(next(int(x.split()[1]) for x in lines if x.startswith("VmHWM")))
    return max(peaks) / 1024


@contextlib.contextmanager
def _listening(server: socket.socket, calls: list[str]) -> Iterator[None]:
    """Note what is sent to a loopback server."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection:
                    connection.settimeout(1)
                    calls.append(connection.recv(100).decode("utf-8", "replace"))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(2)


def _tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the names in a folder with sizes and times of change; links are not followed."""
    found = {}
    for root, folders, files in os.walk(folder):
        if len(files) > 1000:  # a hundred thousand files that nobody changes
            continue
        for name in folders + files:
            status = os.lstat(Path(root, name))
            size = 0 if name in folders else status.st_size
            found[os.path.relpath(Path(root, name), folder)] = size, status.st_mtime_ns
    return found


def _harm_to_all(
    arena: _Arena, run: _Run, before: dict[str, tuple[int, int]], students: _Students
) -> list[str]:
    """Look for what no run may show, whoever is to blame."""
    problems = []
    if run.code != 0:
        problems.append(f"exit code {run.code}: {run.messages[-300:].strip()}")
    if "Traceback" in run.messages:
        problems.append(f"a traceback: {run.messages.strip().splitlines()[-1][:200]}")
    if "\x1b" in run.messages:
        problems.append("control sequences reach the terminal")
    if _tree(arena.class_) != before:
        problems.append("the submissions were changed")
    everyone = {*students.honest, *students.attackers, *students.others}
    expected = {"grades.csv", "index.html", "run.json", "ledger.json", ".cache", *everyone}
    found = {path.name for path in arena.results.glob("*")}
    if run.code == 0 and found != expected:
        problems.append(f"the results hold other files: {sorted(found ^ expected)[:5]}")
    left = [path.name for path in arena.temporary.iterdir()]
    if left:
        problems.append(f"left in the temporary folder: {left[:3]}")
        # By the system's own command, since what is left may be nested too deep for Python's.
        subprocess.run(["rm", "-rf", "--", arena.temporary], check=True)
    return problems


def _harm_to(arena: _Arena, first: str, neighbours: tuple[str, str]) -> list[str]:
    """Compare the honest students around an attack with the one before all attacks."""
    problems = []
    right = _report(arena, first)
    for student in neighbours:
        report = _report(arena, student)
        if not report:
            problems.append(f"{student} has no report")
        elif report["points"] != report["max_points"]:
            problems.append(f"{student} has {report['points']} of {report['max_points']} points")
        elif _timeless(report) != _timeless(right):
            problems.append(f"{student} has another report than {first}")
    return problems


def _traces(
    arena: _Arena, attack: Attack, before: dict[str, tuple[int, int]], run: _Run
) -> list[str]:
    """Look for what an attack left outside."""
    problems = []
    now = _tree(arena.outside)
    changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    if changed:
        own = sorted(name for name in changed if attack.name in name or name in before)
        problems += [f"it changed {', '.join(own)} outside"] if own else []
    if attack.name in run.calls:
        problems.append("it reached a server")
    if attack.memory_mb and run.memory_mb > attack.memory_mb:
        problems.append(f"the run took {run.memory_mb:.0f} MB, allowed {attack.memory_mb:g}")
    return problems


def _compared(arena: _Arena, attack: Attack, student: str, verdict: Verdict) -> list[str]:
    """Compare the attack's own report with what is required, and note it in the verdict."""
    report = _report(arena, student)
    if not report:
        return ["it has no report"]
    verdict.status, verdict.seconds = report["status"], report["duration_s"]
    functions = {function["name"]: function for function in report["functions"]}
    verdict.points = {name: f["points"] for name, f in functions.items() if f["points"]}
    deserved = {name: functions[name]["max_points"] for name in attack.right}
    problems = []
    if verdict.points != deserved:
        problems.append(f"points {verdict.points}, deserved {deserved}")
    if attack.status not in ("any", report["status"]):
        problems.append(f"{report['status']}, should be {attack.status}: {report['reason']}")
    for name, outcome in attack.outcomes.items():
        found = {check["outcome"] for check in functions[name]["checks"]}
        if outcome not in found:
            problems.append(f"{name} is {found}, should be {outcome}")
    if verdict.seconds > PATIENCE * attack.seconds:
        problems.append(f"it took {verdict.seconds:.1f} s, {PATIENCE} times {attack.seconds:g} s")
    path = arena.results / student / f"{STAGE}.json"
    text = path.read_text(encoding="utf-8")
    if len(text) > MAX_REPORT_BYTES:
        problems.append(f"its report has {len(text):,} bytes")
    for stolen in (SECRET, SOLUTION):
        if stolen in text:
            problems.append(f"its report holds {stolen!r}")
    if attack.says not in text:
        problems.append(f"its report does not say {attack.says!r}")
    if "<script>alert" in path.with_suffix(".html").read_text(encoding="utf-8"):
        problems.append("its page runs a script of the student's")
    return problems


def _report(arena: _Arena, student: str) -> dict[str, Any]:
    try:
        text = (arena.results / student / f"{STAGE}.json").read_text(encoding="utf-8")
    except OSError:
        return {}
    report: dict[str, Any] = json.loads(text)
    return report


def _timeless(value: Any) -> Any:
    """Return a report without what is the student's own or differs from run to run."""
    if isinstance(value, dict):
        return {key: _timeless(item) for key, item in value.items() if key not in OWN_TIMES}
    return [_timeless(item) for item in value] if isinstance(value, list) else value
