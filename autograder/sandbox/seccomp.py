"""The program that looks at each system call of a worker: what no exercise needs is refused.

It is a program for the kernel's BPF machine, put together here by hand. A refused call fails with
EPERM, as it would for want of a privilege, so that libraries which only try go on. The kernel shows
the program 64 bits of each argument where most calls use 32 of them, so 32 are what is compared.
"""

import errno
import platform
import struct

AUDIT_NUMBERS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Each call's number on x86_64 and on aarch64.
Numbers = tuple[int | None, int | None]

REFUSED: dict[str, Numbers] = {
    # to look into other processes, or reach into them
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # keys, which outlive processes
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # memory and messages that outlive processes, and that all of one user's share
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    # parts of the kernel that have had many holes
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "userfaultfd": (323, 282),
    "lookup_dcookie": (212, 18),
    # namespaces; `clone` is below
    "unshare": (272, 97),
    "setns": (308, 268),
    # other file systems, and files by other ways than their paths
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "nfsservctl": (180, 42),
    # the machine
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "iopl": (172, None),
    "ioperm": (173, None),
}
CLONE3: Numbers = (435, 435)
CLONE: Numbers = (56, 220)
IOCTL: Numbers = (16, 29)
SOCKET: Numbers = (41, 198)
SOCKETPAIR: Numbers = (53, 199)
PERSONALITY: Numbers = (135, 92)
PRCTL: Numbers = (157, 167)
PRLIMIT64: Numbers = (302, 261)

FIRST_OF_X32 = 0x40000000
NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW*
TERMINAL_INJECTIONS = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
AF_UNIX = 1
READ_PERSONALITY = 0xFFFFFFFF
MYSELF = 0
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where the kernel puts them


def program(machine: str | None = None) -> bytes:
    """Make the program for a machine, this one if none is named; OSError for one not known here."""
    machine = machine or platform.machine()
    if machine not in AUDIT_NUMBERS:
        known = " and ".join(AUDIT_NUMBERS)
        raise OSError(
            errno.ENOTSUP, f"system calls of {machine} can't be filtered, only those of {known}"
        )
    column = list(AUDIT_NUMBERS).index(machine)
    rules: list[tuple[Numbers, bytes]] = [
        (CLONE3, _error(errno.ENOSYS)),  # its flags are out of sight; libraries then use `clone`
        (CLONE, _argument(0) + _if(_ANY_BIT, NEW_NAMESPACES, _REFUSE) + _ALLOW),
        (SOCKET, _REFUSE),  # UNIX sockets too: Landlock lets reach those of services, as Docker's
        (SOCKETPAIR, _only(0, AF_UNIX)),
        (PERSONALITY, _only(0, READ_PERSONALITY)),
        (PRLIMIT64, _only(0, MYSELF)),  # one user's processes could limit each other
        (IOCTL, _argument(1) + b"".join(_case(n, _REFUSE) for n in TERMINAL_INJECTIONS) + _ALLOW),
        (
            PRCTL,
            _argument(0)
            + _case(PR_SET_PDEATHSIG, _REFUSE)
            + _case(PR_SET_DUMPABLE, _only(1, 0))
            + _ALLOW,
        ),
        *((numbers, _REFUSE) for numbers in REFUSED.values()),
    ]
    return (
        _instruction(_LOAD, _ARCHITECTURE)
        + _instruction(_EQUAL, AUDIT_NUMBERS[machine], if_true=1)
        + _KILL
        + _instruction(_LOAD, _NUMBER)
        + _if(_AT_LEAST, FIRST_OF_X32, _KILL)
        + b"".join(
            _case(number, body)
            for numbers, body in rules
            if (number := numbers[column]) is not None
        )
        + _ALLOW
    )


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Make one instruction; the last two say how many to skip."""
    return struct.pack("<HBBI", code, if_true, if_false, value)


def _error(number: int) -> bytes:
    return _instruction(_RETURN, 0x00050000 | number)


_KILL = _instruction(_RETURN, 0x80000000)
_ALLOW = _instruction(_RETURN, 0x7FFF0000)
_REFUSE = _error(errno.EPERM)


def _argument(index: int) -> bytes:
    """Load the lower half of an argument."""
    return _instruction(_LOAD, _ARGUMENTS + 8 * index)


def _if(test: int, value: int, body: bytes) -> bytes:
    """Go through the body if the loaded value passes the test, or else past it."""
    return _instruction(test, value, if_false=len(body) // 8) + body


def _case(value: int, body: bytes) -> bytes:
    return _if(_EQUAL, value, body)


def _only(index: int, value: int) -> bytes:
    """Allow the call if an argument has this value, or else refuse it."""
    return _argument(index) + _case(value, _ALLOW) + _REFUSE
