"""Confinement: each thing that a worker gives up is tried again, in a process that gave it up."""

import errno
import json
import os
import platform
import shutil
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from autograder.sandbox import confine, seccomp

ABI = confine.landlock_abi()
MACHINE = platform.machine()
NOBODY = 65534


def lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if sys.platform == "linux" else []


HERE = dict(line.split(":", 1) for line in lines("/proc/self/status"))
# In a namespace of an ordinary user, user 0 is no root: there is no other user to become.
USERS = sum(int(line.split()[2]) for line in lines("/proc/self/uid_map"))
CAP_SETUID = 7
ROOT = bool(int(HERE.get("CapEff", "0"), 16) >> CAP_SETUID & 1) and USERS > NOBODY

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux can confine a process"),
    pytest.mark.timeout(60),
]
filters = pytest.mark.skipif(
    MACHINE not in seccomp.AUDIT_NUMBERS, reason=f"no filter is made for {MACHINE}"
)
privileged = pytest.mark.skipif(
    int(HERE.get("NoNewPrivs", "0")), reason="new privileges are renounced here already"
)
as_root = pytest.mark.skipif(not ROOT, reason="only root has capabilities and users to give up")


def landlock(abi: int):
    found = f"version {ABI}" if ABI else "none"
    return pytest.mark.skipif(
        abi > ABI, reason=f"it takes Landlock of version {abi}; here is {found}"
    )


CONFIG = {
    "confine": confine.__file__,
    "program": seccomp.program().hex() if MACHINE in seccomp.AUDIT_NUMBERS else "",
    "readable": sorted(
        {
            os.path.realpath(path)
            for path in (
                sys.prefix,
                sys.base_prefix,
                *sysconfig.get_paths().values(),
                *("/usr", "/lib", "/lib64", "/etc/ld.so.cache"),
                *("/dev/urandom", "/dev/zero"),
            )
            if os.path.exists(path)  # noqa: PTH110 - a list of texts
        }
    ),
    "writable": ["/dev/null", "/dev/shm"],  # a semaphore of multiprocessing is a file in /dev/shm
    "numbers": {
        name: numbers[list(seccomp.AUDIT_NUMBERS).index(MACHINE)]
        for name, numbers in {
            **seccomp.REFUSED,
            "clone3": seccomp.CLONE3,
            "clone": seccomp.CLONE,
            "ioctl": seccomp.IOCTL,
            "prctl": seccomp.PRCTL,
            "prlimit64": seccomp.PRLIMIT64,
            "personality": seccomp.PERSONALITY,
        }.items()
    }
    if MACHINE in seccomp.AUDIT_NUMBERS
    else {},
}

# What the process of a test begins with. It is told what to give up, and what to try then.
BEGIN = """
import ctypes, errno, importlib.util, json, os, resource, signal, socket, sys

config = json.loads(sys.argv[1])
spec = importlib.util.spec_from_file_location("confine", config["confine"])
confine = importlib.util.module_from_spec(spec)
spec.loader.exec_module(confine)
libc = ctypes.CDLL(None, use_errno=True)
status = open("/proc/self/status")
folder = os.getcwd()
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def found(function, *args):
    try:
        value = function(*args)
    except OSError as error:
        return errno.errorcode[error.errno]
    return value if isinstance(value, int | str | bool | list) else "done"


def raw(name, *args):
    number = config["numbers"].get(name, name)
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, args))
    return errno.errorcode[ctypes.get_errno()] if result == -1 else result


def clone(flags):
    child = raw("clone", flags | signal.SIGCHLD, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    if isinstance(child, int):
        os.waitpid(child, 0)
        return "done"
    return child


def state(*names):
    status.seek(0)
    lines = {name: value.strip() for name, _, value in (line.partition(":") for line in status)}
    return [lines[name] for name in names]


def tell(value):
    print(json.dumps(value), flush=True)


def filtered():
    confine.no_new_privileges()
    confine.install_filter(bytes.fromhex(config["program"]))


def locked(readable=(), writable=()):
    confine.no_new_privileges()
    confine.restrict([*config["readable"], *readable], [*config["writable"], *writable])


def everything():
    confine.require_one_thread()
    confine.no_new_privileges()
    confine.drop_capabilities()
    confine.not_dumpable()
    locked(writable=[folder])
    filtered()
"""


def run(code: str, folder: Path, **others) -> subprocess.CompletedProcess:
    """Run a piece of Python after BEGIN in a process of its own, in this folder."""
    return subprocess.run(
        [sys.executable, "-I", "-c", f"{BEGIN}\n{code}", json.dumps({**CONFIG, **others})],
        cwd=folder,
        env={"PATH": os.defpath, "TMPDIR": str(folder), "OPENBLAS_NUM_THREADS": "2"},
        capture_output=True,
        text=True,
        timeout=50,
    )


@pytest.fixture
def told(tmp_path):
    """Run code, and return what it tells last."""

    def told(code, folder=tmp_path, **others):
        done = run(code, folder, **others)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return told


# Privileges


@privileged
def test_no_program_gains_privileges(told):
    assert told("tell(state('NoNewPrivs'))") == ["0"]
    assert told("confine.no_new_privileges(); tell(state('NoNewPrivs'))") == ["1"]


SETS = "'CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'"
NONE = "0000000000000000"


@as_root
def test_capabilities_are_dropped(told):
    inheritable_and_ambient = """
libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0x101] * 3, 0, 0, 0))
assert libc.prctl(47, 2, 0, 0, 0) == 0
"""
    assert NONE not in told(f"{inheritable_and_ambient}tell(state({SETS}))")
    sets, given_away = told(f"""{inheritable_and_ambient}
confine.drop_capabilities()
tell([state({SETS}), found(os.chown, folder, 1, 1)])""")
    assert sets == [NONE] * 5
    assert given_away == "EPERM"


@pytest.mark.skipif(ROOT, reason="root's bounding set can be emptied")
def test_an_ordinary_user_has_no_capabilities_either(told):
    sets = told(f"confine.no_new_privileges(); confine.drop_capabilities(); tell(state({SETS}))")
    assert [*sets[:3], sets[4]] == [NONE] * 4


@privileged
@pytest.mark.skipif(ROOT, reason="root's bounding set can be emptied")
def test_a_bounding_set_stays_only_where_nothing_is_gained(told):
    assert told("tell(found(confine.drop_capabilities))") == "EPERM"


@as_root
def test_another_user_is_another_in_every_respect(told):
    ids, groups, sets, back = told(f"""
confine.drop_to({NOBODY}, {NOBODY})
ids = [*os.getresuid(), *os.getresgid()]
tell([ids, os.getgroups(), state({SETS}), found(os.setuid, 0)])""")
    assert ids == [NOBODY] * 6
    assert groups == []
    assert sets == [NONE] * 5
    assert back == "EPERM"


@as_root
def test_minus_one_is_no_user(told):
    assert told("tell(found(confine.drop_to, -1, -1))") == "EPERM"


@pytest.mark.skipif(ROOT, reason="root may become anyone")
def test_becoming_another_user_is_refused_to_others(told):
    assert told("tell(found(confine.drop_to, 1, 1))") == "EPERM"


def test_the_message_says_what_was_refused():
    with pytest.raises(OSError, match="system calls can't be filtered") as caught:
        confine.install_filter(b"")  # the kernel knows that no program is empty
    assert caught.value.errno in (errno.EINVAL, errno.EACCES)


def test_several_threads_are_refused(told):
    assert told("tell(found(confine.require_one_thread))") == "done"
    assert (
        told("""
import threading
wait = threading.Event()
threading.Thread(target=wait.wait).start()
answer = found(confine.require_one_thread)
wait.set()
tell(answer)""")
        == "EBUSY"
    )


# The parent's memory

PARENT_AND_CHILD = """
if {root}:
    confine.drop_to({nobody}, {nobody})
libc.prctl(4, 1, 0, 0, 0)
{parent}
reading, writing = os.pipe()
if os.fork() == 0:
    {child}
    os.write(writing, json.dumps({attack}).encode())
    os._exit(0)
os.wait()
tell(json.loads(os.read(reading, 1000)))
"""
READ_MEMORY = "found(lambda: os.close(os.open(f'/proc/{os.getppid()}/mem', os.O_RDONLY)))"
TRACE = "raw('ptrace', 0x4206, os.getppid(), 0, 0)"  # PTRACE_SEIZE, which doesn't stop it
YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")


def parent_and_child(attack: str, parent: str = "", child: str = "") -> str:
    return PARENT_AND_CHILD.format(
        root=ROOT, nobody=NOBODY, parent=parent, child=child, attack=attack
    )


def test_memory_of_one_that_is_not_dumpable_is_closed_to_its_user(told):
    attacks = f"[{READ_MEMORY}, {TRACE}]"
    if not YAMA.exists():
        assert told(parent_and_child(attacks)) == ["done", 0]
    parent = "confine.no_new_privileges(); confine.not_dumpable()"
    child = "confine.drop_capabilities()"
    assert told(parent_and_child(attacks, parent, child)) == ["EACCES", "EPERM"]


@filters
def test_the_filter_refuses_to_trace_a_parent(told):
    assert told(parent_and_child(TRACE, child="filtered()")) == "EPERM"


@landlock(1)
def test_a_parent_outside_is_neither_traced_nor_read(told):
    attacks = f"[{READ_MEMORY}, {TRACE}]"
    child = "confine.no_new_privileges(); confine.restrict(['/proc'], [])"
    assert told(parent_and_child(attacks, child=child)) == ["EACCES", "EPERM"]


# The filter


class Machine:
    """Run a filter as the kernel does, for machines that are not here."""

    def __init__(self, machine: str):
        self.column = list(seccomp.AUDIT_NUMBERS).index(machine)
        self.audit = seccomp.AUDIT_NUMBERS[machine]
        self.program = list(struct.iter_unpack("<HBBI", seccomp.program(machine)))

    def __call__(self, numbers, *args, audit=None) -> int:
        number = numbers if isinstance(numbers, int) else numbers[self.column]
        padded = (*args, *[0] * (6 - len(args)))
        data = struct.pack("<IIQ6Q", number, audit or self.audit, 0, *padded)
        loaded = position = 0
        while True:
            code, if_true, if_false, value = self.program[position]
            position += 1
            if code == 0x06:
                return value
            if code == 0x20:
                (loaded,) = struct.unpack_from("<I", data, value)
            else:
                passed = {0x15: loaded == value, 0x35: loaded >= value, 0x45: loaded & value}[code]
                position += if_true if passed else if_false


ALLOWED, KILLED = 0x7FFF0000, 0x80000000
REFUSED = 0x00050000 | errno.EPERM
HIGH = 1 << 32  # a bit that the kernel doesn't look at
machines = pytest.mark.parametrize("machine", seccomp.AUDIT_NUMBERS)


@machines
def test_calls_are_refused_on_each_machine(machine):
    call = Machine(machine)
    there = [n for n in seccomp.REFUSED.values() if n[call.column] is not None]
    assert len(there) > 50
    assert {call(numbers) for numbers in there} == {REFUSED}
    assert call(seccomp.CLONE3) == 0x00050000 | errno.ENOSYS


@machines
def test_other_calls_are_allowed_on_each_machine(machine):
    call = Machine(machine)
    named = [*seccomp.REFUSED.values(), seccomp.CLONE3, seccomp.SOCKET, seccomp.SOCKETPAIR]
    named += [seccomp.PERSONALITY]
    others = set(range(500)) - {numbers[call.column] for numbers in named}
    assert {call(number) for number in others} == {ALLOWED}


@machines
@pytest.mark.parametrize("namespace", [0x80, 0x20000, *(1 << bit for bit in range(25, 31))])
def test_clone_makes_processes_but_no_namespaces(machine, namespace):
    call = Machine(machine)
    assert call(seccomp.CLONE, namespace | signal.SIGCHLD) == REFUSED
    assert call(seccomp.CLONE, signal.SIGCHLD) == ALLOWED
    assert call(seccomp.CLONE, 0x003D0F00) == ALLOWED  # as glibc makes a thread


@machines
def test_arguments_decide_by_the_bits_that_the_kernel_reads(machine):
    call = Machine(machine)
    assert {call(seccomp.SOCKET, family) for family in range(50)} == {REFUSED}
    assert call(seccomp.SOCKETPAIR, socket.AF_UNIX) == ALLOWED
    assert {call(seccomp.SOCKETPAIR, family) for family in range(50) if family != 1} == {REFUSED}
    assert call(seccomp.SOCKETPAIR, HIGH | socket.AF_INET) == REFUSED
    assert call(seccomp.IOCTL, 0, 0x5401) == ALLOWED
    assert call(seccomp.IOCTL, 0, HIGH | 0x5412) == REFUSED
    assert call(seccomp.IOCTL, 0, HIGH | 0x541C) == REFUSED
    assert call(seccomp.PERSONALITY, 0xFFFFFFFF) == ALLOWED
    assert call(seccomp.PERSONALITY, 0x40000) == REFUSED
    assert call(seccomp.PRLIMIT64, HIGH | 0) == ALLOWED
    assert call(seccomp.PRLIMIT64, 1) == REFUSED
    assert call(seccomp.PRCTL, HIGH | 1, 0) == REFUSED
    assert call(seccomp.PRCTL, 4, 1) == REFUSED
    assert call(seccomp.PRCTL, 4, 0) == ALLOWED
    assert call(seccomp.PRCTL, 15, 1) == ALLOWED


@machines
def test_other_architectures_end_the_process(machine):
    call = Machine(machine)
    assert call(0, audit=0x40000003) == KILLED  # i386
    assert call(0x40000000) == KILLED  # x32


def test_a_machine_without_a_filter_is_told_so():
    with pytest.raises(OSError, match=r"of s390x can't be filtered, only those of x86_64 and"):
        seccomp.program("s390x")


# What to try, and what it comes to with no filter where any user anywhere may try it.
CALLS = {
    "the internet": ("found(socket.socket)", "done"),
    "IPv6": ("found(socket.socket, socket.AF_INET6)", None),
    "netlink": ("found(socket.socket, socket.AF_NETLINK, socket.SOCK_RAW)", "done"),
    "packets": ("found(socket.socket, socket.AF_PACKET, socket.SOCK_RAW)", None),
    "ptrace": ("raw('ptrace', 0x4206, os.getppid(), 0, 0)", None),
    "process_vm_readv": ("raw('process_vm_readv', os.getpid(), 0, 0, 0, 0, 0)", None),
    "process_vm_writev": ("raw('process_vm_writev', os.getpid(), 0, 0, 0, 0, 0)", None),
    "pidfd_getfd": ("raw('pidfd_getfd', -1, 0, 0)", None),
    "unshare": ("raw('unshare', 0x10000000)", None),
    "clone": ("clone(0x10000000)", None),
    "clone, with a high bit": ("clone(0x10000000 | 1 << 40)", None),
    "setns": ("raw('setns', -1, 0)", None),
    "mount": ("raw('mount', 0, 0, 0, 0, 0)", None),
    "chroot": ("found(os.chroot, folder)", None),
    "keyctl": ("raw('keyctl', 0, -3, 0)", None),
    "bpf": ("raw('bpf', 0, 0, 0)", None),
    "io_uring_setup": ("raw('io_uring_setup', 1, 0)", None),
    "io_uring_enter": ("raw('io_uring_enter', -1, 0, 0, 0, 0, 0)", None),
    "perf_event_open": ("raw('perf_event_open', 0, 0, -1, -1, 0)", None),
    "userfaultfd": ("raw('userfaultfd', 0)", None),
    "limits of the parent": ("raw('prlimit64', os.getppid(), 7, 0, 0)", 0),
    "shared memory": ("raw('shmget', 0, 0, 0)", "EINVAL"),
    "the clock": ("raw('clock_settime', 0, 0)", None),
    "TIOCSTI": ("raw('ioctl', -1, 0x5412, 0)", "EBADF"),
    "TIOCSTI, with a high bit": ("raw('ioctl', -1, 0x5412 | 1 << 32, 0)", "EBADF"),
    "TIOCLINUX": ("raw('ioctl', -1, 0x541C, 0)", "EBADF"),
    "no address randomisation": ("raw('personality', 0x40000)", None),
    "no death with the parent": ("raw('prctl', 1, 0, 0, 0, 0)", 0),
    "memory open again": ("raw('prctl', 4, 1, 0, 0, 0)", 0),
}


@filters
@pytest.mark.parametrize("name", CALLS)
def test_the_filter_refuses(name, told):
    attack, without = CALLS[name]
    if without is not None:
        assert told(f"tell({attack})") == without
    assert told(f"filtered(); tell([{attack}, *state('Seccomp')])") == ["EPERM", "2"]


@filters
def test_the_filter_hides_clone3(told):
    assert told("tell(raw('clone3', 0, 0))") in ("EINVAL", "ENOSYS")
    assert told("filtered(); tell(raw('clone3', 0, 0))") == "ENOSYS"


@filters
def test_the_filter_allows(told):
    assert told("""
filtered()
pair = socket.socketpair()
pair[0].send(b"x")
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
answers = [raw("personality", 0xFFFFFFFF), raw("prctl", 4, 0, 0, 0, 0)]
tell([pair[1].recv(1) == b"x", *resource.getrlimit(resource.RLIMIT_NOFILE), *answers])
""") == [True, 100, 100, 0, 0]


@filters
@privileged
def test_the_filter_needs_no_new_privileges(told):
    code = f"""
if {ROOT}:
    confine.drop_to({NOBODY}, {NOBODY})
tell(found(confine.install_filter, bytes.fromhex(config["program"])))"""
    assert told(code) == "EACCES"


X32 = "libc.syscall(ctypes.c_long(0x40000000 | 39))"
I386 = r"""
import mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(b"\x53\xb8\x14\x00\x00\x00\xcd\x80\x5b\xc3")  # push rbx; getpid as i386 numbers it
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
ctypes.CFUNCTYPE(ctypes.c_int)(address)()
"""


@filters
@pytest.mark.skipif(MACHINE != "x86_64", reason="only x86_64 has these")
@pytest.mark.parametrize("call", [X32, I386], ids=["x32", "i386"])
def test_calls_of_other_architectures_end_the_process(call, tmp_path):
    assert run(f"filtered()\n{call}", tmp_path).returncode == -signal.SIGSYS


# The file system


@pytest.fixture
def places(tmp_path):
    """Make a folder that is out of bounds, one to read and one to write."""
    for name in ("outside", "shown", "inside"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside" / "file")
    return tmp_path


PLACES = """
outside, shown, inside = (os.path.join(folder, name) for name in ("outside", "shown", "inside"))
held = os.open(outside, os.O_RDONLY)
"""
LOCKED = f"{PLACES}\nlocked(readable=[shown], writable=[inside])"

FORBIDDEN = {
    "read": "open(outside + '/file')",
    "list": "os.listdir(outside)",
    "list the root": "os.listdir('/')",
    "write": "open(outside + '/file', 'w')",
    "append": "open(outside + '/file', 'a')",
    "create": "open(outside + '/new', 'w')",
    "remove": "os.unlink(outside + '/file')",
    "make a folder": "os.mkdir(outside + '/new')",
    "move in": "os.rename(outside + '/file', inside + '/new')",
    "move out": "os.rename(inside + '/file', outside + '/new')",
    "hard link in": "os.link(outside + '/file', inside + '/new')",
    "hard link of what is shown": "os.link(shown + '/file', inside + '/new')",
    "by a symbolic link": "open(inside + '/link')",
    "by a held folder": "os.open('file', os.O_RDONLY, dir_fd=held)",
    "by ..": "open(inside + '/../outside/file')",
    "by /proc": "open('/proc/self/root' + outside + '/file')",
    "change what is shown": "open(shown + '/file', 'a')",
    "add to what is shown": "open(shown + '/new', 'w')",
    "remove what is shown": "os.unlink(shown + '/file')",
    "a FIFO": "os.mkfifo(inside + '/fifo')",
    "a socket": "socket.socket(socket.AF_UNIX).bind(inside + '/socket')",
}


@landlock(1)
@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_file_system_is_closed(name, told, places):
    attack = f"found(lambda: {FORBIDDEN[name]})"
    assert told(f"{LOCKED}\ntell({attack})") in ("EACCES", "EXDEV")
    assert told(f"{PLACES}\ntell({attack})") not in ("EACCES", "EXDEV")  # the attack is one


@landlock(3)
@pytest.mark.parametrize("place", ["outside", "shown"])
def test_files_elsewhere_are_not_truncated(place, told, places):
    assert told(f"{LOCKED}\ntell(found(os.truncate, {place} + '/file', 0))") == "EACCES"
    assert (places / place / "file").read_text() == place


@as_root
@landlock(1)
@pytest.mark.parametrize("kind", ["0o020666", "0o060666"], ids=["character", "block"])
def test_devices_are_not_made(kind, told, places):
    attack = f"found(os.mknod, inside + '/device', {kind}, os.makedev(1, 3))"
    assert told(f"{LOCKED}\ntell({attack})") == "EACCES"


@landlock(2)
def test_the_writable_place_is_free(told, places):
    assert told(f"""{LOCKED}
os.mkdir(inside + "/folder")
open(inside + "/new", "w").write("text")
os.rename(inside + "/new", inside + "/folder/new")
os.link(inside + "/folder/new", inside + "/second")
os.symlink("second", inside + "/third")
os.truncate(inside + "/third", 2)
answer = [open(inside + "/third").read(), open(shown + "/file").read()]
os.unlink(inside + "/folder/new")
os.rmdir(inside + "/folder")
open("/dev/null", "w").write("text")
tell([*answer, len(open("/dev/urandom", "rb").read(4)), sorted(os.listdir(inside))])
""") == ["te", "shown", 4, ["file", "link", "second", "third"]]


@landlock(1)
@pytest.mark.parametrize("abi", range(1, 8))
def test_older_versions_do_what_they_know(abi, told, places):
    if abi > ABI:
        pytest.skip(f"the kernel knows {ABI} only")
    outside, new, moved = told(f"""
confine.landlock_abi = lambda: {abi}
{LOCKED}
os.mkdir(inside + "/folder")
moved = found(os.rename, inside + "/file", inside + "/folder/file")
tell([found(open, outside + "/file"), found(open, inside + "/new", "w"), moved])""")
    assert (outside, new) == ("EACCES", "done")
    assert moved == ("EXDEV" if abi == 1 else "done")


@landlock(1)
def test_a_place_that_is_not_there_is_an_error(told):
    assert told("tell(found(confine.restrict, [folder + '/absent'], []))") == "ENOENT"


@landlock(1)
def test_a_kernel_without_landlock_is_an_error(told):
    code = "confine.landlock_abi = lambda: 0; tell(found(confine.restrict, [], []))"
    assert told(code) == "ENOSYS"


# Other processes and the network under Landlock alone


@landlock(6)
def test_signals_stay_inside(told):
    signal_parent = "found(os.kill, os.getppid(), 0)"
    assert told(f"tell({signal_parent})") == "done"
    assert told(f"locked(); tell([{signal_parent}, found(os.kill, os.getpid(), 0)])") == [
        "EPERM",
        "done",
    ]


@landlock(6)
def test_abstract_sockets_stay_inside(told):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(b"\0autograder-test-%d" % os.getpid())
        server.listen()
        attack = "found(socket.socket(socket.AF_UNIX).connect, '\\0' + config['name'])"
        name = f"autograder-test-{os.getpid()}"
        assert told(f"tell({attack})", name=name) == "done"
        assert told(f"locked(); tell({attack})", name=name) == "EPERM"


@landlock(4)
def test_there_is_no_tcp(told):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        connect = f"found(socket.socket().connect, ('127.0.0.1', {port}))"
        bind = "found(socket.socket().bind, ('127.0.0.1', 0))"
        assert told(f"tell([{connect}, {bind}])") == ["done", "done"]
        assert told(f"locked(); tell([{connect}, {bind}])") == ["EACCES", "EACCES"]


# Everything together


@pytest.fixture
def confined(told):
    """Run code in a process that has given up everything, and return what it tells."""
    if not ABI or MACHINE not in seccomp.AUDIT_NUMBERS:
        pytest.skip(f"it takes Landlock and a filter; here is Landlock {ABI} on {MACHINE}")
    return lambda code: told(f"everything()\n{code}")


def test_everything_holds_together(confined):
    names = "'NoNewPrivs', 'Seccomp', 'CapPrm', 'CapEff', 'CapBnd'"
    *held, bounding = confined(f"tell(state({names}))")
    assert held == ["1", "2", NONE, NONE]
    if ROOT:
        assert bounding == NONE


def test_threads_work(confined):
    assert confined("""
import threading
from concurrent.futures import ThreadPoolExecutor
seen = []
thread = threading.Thread(target=lambda: seen.append(found(socket.socket)))
thread.start()
thread.join()
with ThreadPoolExecutor(4) as pool:
    tell([seen, sum(pool.map(abs, range(-100, 0)))])
""") == [["EPERM"], 5050]


def test_numpy_works_with_several_threads(confined):
    total, threads = confined("""
import numpy as np
product = np.ones((600, 600)) @ np.ones((600, 600))
tell([float(product.sum()), int(state("Threads")[0])])
""")
    assert total == 600**3
    if os.cpu_count() != 1 and len(os.sched_getaffinity(0)) > 1:
        assert threads > 1


def test_programs_run_and_are_confined(confined):
    true = shutil.which("true", path=os.defpath) or "/usr/bin/true"
    assert confined(f"""
import subprocess
socket_of_child = [sys.executable, "-I", "-c", "import socket; socket.socket()"]
child = subprocess.run(socket_of_child, capture_output=True, text=True)
true = subprocess.run([{true!r}], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode
tell([true, child.stderr.splitlines()[-1]])
""") == [0, "PermissionError: [Errno 1] Operation not permitted"]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_multiprocessing_works(confined, start):
    assert confined(f"""
import multiprocessing
with multiprocessing.get_context({start!r}).Pool(2) as pool:
    tell(pool.map(abs, range(-3, 0)))
""") == [3, 2, 1]


def test_temporary_files_work(confined):
    assert confined("""
import tempfile
with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory() as inner:
    file.write(b"text")
    open(inner + "/file", "w").close()
    tell([file.tell(), os.path.dirname(inner) == folder, os.listdir(inner)])
""") == [4, True, ["file"]]


def test_nothing_of_it_comes_back(confined):
    assert confined("""
answers = [
    found(confine.restrict, ["/usr"], [folder]),
    found(open, "/etc/passwd"),
    found(os.setuid, 0) in ("EPERM", "EINVAL") or os.getuid() == 0,
    raw("prctl", 38, 0, 0, 0, 0),
    raw("prctl", 22, 0, 0, 0, 0),
    found(socket.socket),
]
tell(answers)
""") == ["done", "EACCES", True, "EINVAL", "EINVAL", "EPERM"]
