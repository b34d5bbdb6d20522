"""The student's bundle: stubs, notebooks, handouts, checks, data; no solution, no mistake."""

import io
import shutil
import zipfile
from pathlib import Path

from autograder.build import starter
from autograder.bundle_readme import bundle_readme
from autograder.challenge.contest import IN_BUNDLE, refuse_elsewhere, students_images
from autograder.errors import UserError
from autograder.expected import Reference
from autograder.files import write_whole
from autograder.fingerprinting import fingerprints
from autograder.fingerprints import NAME, dump
from autograder.handout import handout_page
from autograder.notebooks import notebook
from autograder.stage import Stage, stage_folder
from autograder.wheel import build_wheel

PYTEST_INI = """[pytest]
testpaths = tests
autograder_bundle = .
"""

TESTS = '''"""The checks of {name}.py, for `pytest` and the test panels of editors."""

from autograder.checks.{name} import *
'''

OPEN_TEST = '''"""The checks of {name}.py with {name}.npz, for `pytest` and editors."""

from pathlib import Path

import pytest

from autograder.checking import check_folder

BUNDLE = Path(__file__).resolve().parent.parent


def test_{name}():
    (result,) = check_folder(BUNDLE, "{name}", None, BUNDLE)
    wrong = [check.message for part in result.report.functions for check in part.failures]
    if wrong or result.report.reason:
        pytest.fail("\\n".join([*wrong, result.report.reason]).strip(), pytrace=False)
'''


def release(
    kit: Path,
    stages: list[Stage],
    out: Path,
    wheel: Path | None = None,
    data: Path | None = None,
) -> None:
    """Write a student's bundle into a folder.

    Parameters
    ----------
    kit : Path
        The instructor's copy.
    stages : list of Stage
        What goes in.
    out : Path
        A new or empty folder.
    wheel : Path, optional
        This package's wheel, if it is built already.
    data : Path, optional
        The images of an open task, in place of those that its stage.toml names; what is hidden of
        them stays here.

    Raises
    ------
    UserError
        If the folder holds anything: it may be somebody's work.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out} is there already and not an empty folder: name a new one by --out.")
    try:
        _write(kit, stages, out, wheel, data)
    except BaseException:  # a part of it would pass for a bundle, and stop the next attempt
        shutil.rmtree(out, ignore_errors=True)
        raise


def _write(
    kit: Path, stages: list[Stage], out: Path, wheel: Path | None, data: Path | None
) -> None:
    refuse_elsewhere(tuple(stages), data, None)
    if wheel is None:
        wheel = build_wheel(out / "wheels")
    else:
        write_whole(out / "wheels" / wheel.name, wheel.read_bytes())
    for stage in stages:
        write_whole(out / f"{stage.name}.py", starter(kit, stage))
        write_whole(out / f"{stage.name}.ipynb", notebook(kit, stage))
        source = stage_folder(kit, stage)
        target = out / source.relative_to(kit)
        for name in ("README.md", "stage.toml"):
            write_whole(target / name, (source / name).read_bytes())
        handout = (source / "README.md").read_text("utf-8")
        write_whole(target / "README.html", handout_page(handout))
        test = (OPEN_TEST if stage.challenge else TESTS).format(name=stage.name)
        write_whole(out / "tests" / f"test_{stage.name}.py", test)
        reference = Reference(kit, stage)
        try:
            write_whole(target / NAME, dump(fingerprints(stage, reference)))
        finally:
            reference.close()
    for path in data_files(kit):
        write_whole(out / path.relative_to(kit), path.read_bytes())
    for stage in stages:
        if content := students_images(kit, stage, data):
            write_whole(out / "data" / IN_BUNDLE, content)
    write_whole(out / "pytest.ini", PYTEST_INI)
    write_whole(out / "README.md", bundle_readme(stages, wheel.name))


def data_files(kit: Path) -> list[Path]:
    """Return the bundled data, without the programs that have made them."""
    return [path for path in _files(kit / "data") if path.suffix not in (".py", ".pyc")]


def zip_folder(folder: Path) -> Path:
    """Pack a folder into FOLDER.zip beside it, the folder itself included."""
    whole = folder.resolve()
    content = io.BytesIO()
    # Files may be dated before 1980, by a clock that was, or for a build that can be repeated.
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for path in _files(whole):
            archive.write(path, path.relative_to(whole.parent))
    target = whole.with_name(f"{whole.name}.zip")
    write_whole(target, content.getvalue())
    return target


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
