"""Bound the memory of a worker and all that it starts, where a memory cgroup is at hand.

Limits by `setrlimit` hold for each process alone; a cgroup holds for all of them together, and for
the files that they keep in memory. The grader makes one for each worker inside its own cgroup,
where it may: as root, or where that was given to its user. (In version 2, a cgroup but the topmost
has either processes or limits for those inside it.) The worker enters by itself, by a file that
was opened for it.
"""

import contextlib
import itertools
import os
import time
from pathlib import Path

PREFIX = "autograder"
_numbers = itertools.count()


class MemoryGroup:
    """A cgroup with a limit, for one worker.

    Parameters
    ----------
    inside : Path
        The folder of the cgroup in which it is made, as `parent_group` gives it.
    megabytes : int
        What all of its processes may take together.

    Attributes
    ----------
    entry : int
        Descriptor of a file, for the caller to close: who writes ``0`` to it enters.
    """

    def __init__(self, inside: Path, megabytes: int):
        self._folder = inside / f"{PREFIX}-{os.getpid()}-{next(_numbers)}"
        self._folder.mkdir()
        try:
            _limit(self._folder, megabytes * 2**20)
            self.entry = os.open(self._folder / "cgroup.procs", os.O_WRONLY)
        except OSError:
            self._folder.rmdir()
            raise

    def remove(self) -> None:
        """Remove it, when its processes have ended; the system may need a moment to notice."""
        for _ in range(100):
            try:
                self._folder.rmdir()
            except OSError:
                time.sleep(0.002)
            else:
                return


def parent_group() -> Path | None:
    """Find the folder in which this process may make memory cgroups, or None.

    What graders that were killed have left there is removed.
    """
    for folder in _own_groups():
        try:
            with contextlib.suppress(OSError):  # version 1 has none
                (folder / "cgroup.subtree_control").write_text("+memory")
            tried = MemoryGroup(folder, 64)
        except OSError:
            continue
        os.close(tried.entry)
        tried.remove()
        for left in folder.glob(f"{PREFIX}-*"):
            if not Path("/proc", left.name.split("-")[1]).exists():
                with contextlib.suppress(OSError):
                    left.rmdir()
        return folder
    return None


def _limit(folder: Path, size: int) -> None:
    """Set the limit of a cgroup, of version 2 or 1."""
    new, old = folder / "memory.max", folder / "memory.limit_in_bytes"
    (new if new.exists() else old).write_text(str(size))
    for swap in (folder / "memory.swap.max", folder / "memory.memsw.limit_in_bytes"):
        if swap.exists():  # or what is over the limit would go to the disk
            with contextlib.suppress(OSError):
                swap.write_text("0" if swap.name == "memory.swap.max" else str(size))


def _own_groups() -> list[Path]:
    """List the folders of the cgroups that this process is in and that may bound memory."""
    found = []
    try:
        mounts = [line.split() for line in Path("/proc/self/mountinfo").read_text().splitlines()]
        groups = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines()]
    except OSError:
        return []
    for _, controllers, path in groups:
        for fields in mounts:
            root, point, kind, options = fields[3], fields[4], fields[-3], fields[-1].split(",")
            new = kind == "cgroup2" and not controllers
            old = kind == "cgroup" and "memory" in options and "memory" in controllers.split(",")
            if (new or old) and path.startswith(root):
                found.append(Path(point) / path.removeprefix(root).lstrip("/"))
    return [folder for folder in found if (folder / "cgroup.procs").exists()]
