"""What a process gives up before it runs code that nobody trusts; none of it comes back.

It is loaded by its path, inside the worker, so it imports the standard library alone. Each function
takes one thing away, or raises OSError that says what the system refused. They work on the thread
that calls them and on what it starts later: other threads keep what they have, so
`require_one_thread` comes first. The order that works is the order here.
"""

import ctypes
import errno
import functools
import os
import stat
import sys
from collections.abc import Sequence
from typing import Any

PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_READ = 23
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION = 0x20080522
MOST_CAPABILITIES = 64

LANDLOCK_CREATE_RULESET = 444  # these three are the same on every architecture
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446
LANDLOCK_CREATE_RULESET_VERSION = 1
LANDLOCK_RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
MAKE_CHAR, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
REFER, TRUNCATE, IOCTL_DEV, RESOLVE_UNIX = 1 << 13, 1 << 14, 1 << 15, 1 << 16
BIND_TCP, CONNECT_TCP = 1 << 0, 1 << 1
SCOPE_ABSTRACT_UNIX_SOCKET, SCOPE_SIGNAL = 1 << 0, 1 << 1

# The first version of Landlock that knows these rights, to the rights.
FILE_SYSTEM = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE, 5: IOCTL_DEV, 9: RESOLVE_UNIX}
NETWORK = {4: BIND_TCP | CONNECT_TCP}
SCOPES = {6: SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL}

TO_READ = EXECUTE | READ_FILE | READ_DIR
NEVER = MAKE_CHAR | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK | RESOLVE_UNIX
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("file_system", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what `_pack_` means; Python 3.14 wants it said
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def require_one_thread() -> None:
    """Refuse a process with several threads, of which all but this one would stay free."""
    count = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - the threads, not their paths
    if count != 1:
        raise OSError(errno.EBUSY, f"{count} threads run: only one of them would be confined")


def no_new_privileges() -> None:
    """Let no program that is run from here on gain anything, setuid or not."""
    _prctl("privileges can't be renounced", PR_SET_NO_NEW_PRIVS, 1)


def drop_to(uid: int, gid: int) -> None:
    """Become this user and group in every respect, with no other group, as root only can.

    The bounding set is emptied too, because afterwards nobody could. Linux forgets the signal that
    a parent's death would send, so `PR_SET_PDEATHSIG` comes after this.
    """
    _empty_bounding_set()
    _call("the groups can't be left", "setgroups", 0, None)
    _call(f"the group can't become {gid}", "setresgid", gid, gid, gid)
    _call(f"the user can't become {uid}", "setresuid", uid, uid, uid)
    found = {*os.getresuid()}, {*os.getresgid()}, os.getgroups()
    if found != ({uid}, {gid}, []):  # -1 would mean: leave it as it is
        raise OSError(errno.EPERM, f"user, group, groups: {found}; expected {uid}, {gid}, none")


def drop_capabilities() -> None:
    """Empty every set of capabilities: ambient, effective, permitted, inheritable, bounding.

    An ordinary user can't empty the bounding set, so it may stay after `no_new_privileges`, when
    nothing can be gained from it.
    """
    _empty_bounding_set()
    _prctl("ambient capabilities can't be dropped", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _call("capabilities can't be dropped", "capset", header, (ctypes.c_uint32 * 6)())


def not_dumpable() -> None:
    """Close this process's memory to others of the same user. A program that it runs is open."""
    _prctl("the memory can't be closed to others", PR_SET_DUMPABLE, 0)


def landlock_abi() -> int:
    """Tell the kernel's version of Landlock, 0 if it has none or has it switched off."""
    if sys.platform != "linux":
        return 0
    version = _libc().syscall(LANDLOCK_CREATE_RULESET, 0, 0, LANDLOCK_CREATE_RULESET_VERSION, 0)
    return max(int(version), 0)


def restrict(readable: Sequence[str], writable: Sequence[str]) -> None:
    """Leave only these parts of the file system, with no TCP and no signals to others.

    What the kernel's version of Landlock doesn't know stays possible: before 2 nothing moves
    between folders, before 3 files can be truncated, before 4 there is TCP, before 6 there are
    signals to others. No version hides that a file exists, nor keeps its owner from `chmod`.

    Parameters
    ----------
    readable : sequence of str
        Files and folders to read, list and run, with all that is beneath them. Each must exist.
    writable : sequence of str
        Files and folders to change as well, but for devices, sockets and FIFOs, which nobody makes.
    """
    abi = landlock_abi()
    if not abi:
        raise OSError(errno.ENOSYS, "this kernel has no Landlock, or has it switched off")
    handled = _known(FILE_SYSTEM, abi)
    attributes = _Ruleset(handled, _known(NETWORK, abi), _known(SCOPES, abi))
    arguments = (ctypes.addressof(attributes), ctypes.sizeof(attributes), 0, 0)
    ruleset = _call("Landlock can't make rules", "syscall", LANDLOCK_CREATE_RULESET, *arguments)
    try:
        for path in readable:
            _allow(ruleset, path, TO_READ)
        for path in writable:
            _allow(ruleset, path, handled & ~NEVER)
        _call("Landlock can't start", "syscall", LANDLOCK_RESTRICT_SELF, ruleset, 0, 0, 0)
    finally:
        os.close(ruleset)


def install_filter(program: bytes) -> None:
    """Have every system call pass this program, which `seccomp.program` makes."""
    filter_program = _FilterProgram(len(program) // 8, program)
    address = ctypes.addressof(filter_program)
    _prctl("system calls can't be filtered", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, address)


def _empty_bounding_set() -> None:
    held = [
        capability
        for capability in range(MOST_CAPABILITIES)
        if _libc().prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1
    ]
    try:
        for capability in held:
            _prctl("the bounding set can't be emptied", PR_CAPBSET_DROP, capability)
    except PermissionError:
        if _prctl("privileges can't be asked for", PR_GET_NO_NEW_PRIVS) != 1:
            raise


def _known(rights: dict[int, int], abi: int) -> int:
    return sum(mask for since, mask in rights.items() if since <= abi)


def _allow(ruleset: int, path: str, rights: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= OF_A_FILE
        rule = _PathBeneath(rights, parent)
        arguments = (ruleset, LANDLOCK_RULE_PATH_BENEATH, ctypes.addressof(rule), 0)
        _call(f"Landlock can't allow {path}", "syscall", LANDLOCK_ADD_RULE, *arguments)
    finally:
        os.close(parent)


def _prctl(what: str, option: int, first: int = 0, second: int = 0) -> int:
    return _call(what, "prctl", option, first, second, 0, 0)


def _call(what: str, function: str, *arguments: Any) -> int:
    """Call a function of the C library; OSError that begins with `what` if it fails."""
    result = int(getattr(_libc(), function)(*arguments))
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


@functools.cache
def _libc() -> ctypes.CDLL:
    """Load the C library, with arguments as wide as the kernel reads them."""
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, f"{sys.platform} can't confine a process; Linux can")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    libc.syscall.argtypes = [ctypes.c_long] * 5
    libc.syscall.restype = ctypes.c_long
    return libc
