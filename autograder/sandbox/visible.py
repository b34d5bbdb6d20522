"""What a strictly isolated worker sees of the file system."""

import functools
import importlib.util
import os
import sys
import sysconfig
from pathlib import Path

SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin")
CONFIGURATION = tuple(
    f"/etc/{name}"
    for name in [
        "ld.so.cache",
        "ld.so.conf",
        "ld.so.conf.d",
        "alternatives",
        "fonts",
        "localtime",
        "timezone",
    ]
)
DEVICES = ("/dev/zero", "/dev/random", "/dev/urandom")


@functools.cache  # asked for at each start of a worker
def import_path() -> tuple[str, ...]:
    """Where installed packages are, without .pth files: an editable kit's checkout stays out."""
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    for name in ("numpy", "msgpack", "matplotlib"):  # which may be a user's or a distribution's
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            paths.append(str(Path(spec.origin).parent.parent))
    return tuple(dict.fromkeys(paths))


def interpreter() -> str:
    """Return the program to run: the base installation's, not a virtual environment's link."""
    return os.path.realpath(sys.executable)


@functools.cache
def readable() -> tuple[str, ...]:
    """List the paths that a worker may read: system, interpreter and packages, nothing else."""
    paths = [
        *SYSTEM,
        *CONFIGURATION,
        *DEVICES,
        sys.base_prefix,
        sys.base_exec_prefix,
        *import_path(),
    ]
    return tuple(path for path in dict.fromkeys(paths) if Path(path).exists())


def open_to_all() -> bool:
    """Tell whether another user could read the interpreter and the packages."""
    paths = {parent for path in readable() for parent in Path(path).resolve().parents}
    return all(path.stat().st_mode & 0o001 for path in paths)


def hidden() -> list[str]:
    """List the folders beneath readable ones that are the kit's own."""
    kit = Path(__file__).resolve().parents[2]
    installed = [Path(path) / "autograder" for path in import_path()]
    within = any(kit.is_relative_to(path) for path in readable() if Path(path) != Path("/"))
    return [str(path) for path in [*installed, *([kit] if within else [])] if path.is_dir()]


def environment(home: Path) -> dict[str, str]:
    """Build an environment with nothing of the grader's in it.

    One BLAS thread: faster on the small arrays of the checks, and results don't depend on cores.
    """
    environment = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "TMPDIR": str(home),
        "TEMP": str(home),
        "MPLCONFIGDIR": str(home),
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
    if "SYSTEMROOT" in os.environ:  # Windows starts no process without it
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment
