"""A course for nbgrader: its configuration, and the source of an assignment for each stage."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from autograder.files import write_whole
from autograder.notebooks import course_notebook
from autograder.release import release
from autograder.stage import Stage
from autograder.wheel import build_wheel

CONFIG_FILE = "nbgrader_config.py"
CONFIG = '''"""How nbgrader handles this course; `nbgrader --help-all` lists all options."""

from pathlib import Path

c = get_config()  # noqa: F821, nbgrader's own
course = Path(__file__).resolve().parent

c.CourseDirectory.course_id = {course_id!r}
c.CourseDirectory.root = str(course)
c.CourseDirectory.db_url = f"sqlite:///{{course / 'gradebook.db'}}"

# Where assignments are released to and collected from: a folder that all users of the machine
# share. The site's own nbgrader_config.py may set it; without, nbgrader's default holds.
# c.Exchange.root = "/srv/nbgrader/exchange"

# For zip_collect: how your LMS names the files, and that the students' <stage>.py are among them.
# c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[^/_]+)_(?P<file_id>[^/]+)"
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".py"]

# Students write their functions into <stage>.py: autograding must not put the stub in its place.
c.Autograde.exclude_overwriting = {{
    folder.name: [f"{{folder.name}}.py"] for folder in course.glob("source/*") if folder.is_dir()
}}

# Seconds for a cell. Training takes more than nbgrader's 30.
c.ExecutePreprocessor.timeout = 300

# Autograding runs students' notebooks with your rights. These lines leave that out: then each
# cell has full points until `autograder export` writes ours, and feedback shows no outputs.
# from nbgrader.converters import Autograde
# from nbgrader.preprocessors import Execute
# steps = Autograde.autograde_preprocessors.default()
# c.Autograde.autograde_preprocessors = [step for step in steps if step is not Execute]
'''


class Laid(NamedTuple):
    """One file of a course, and whether it was left as it is although the kit's differs."""

    path: Path
    kept: bool


def lay_out(
    kit: Path, stages: list[Stage], folder: Path, course_id: str, force: bool = False
) -> Iterator[Laid]:
    """Lay out a course that nbgrader works on.

    ``source/<stage>/`` holds all that `release` gives students, so that what is released works
    wherever it is opened: the stub, data, fingerprints. Only the notebook is another one, of
    which nbgrader makes the students'.

    Parameters
    ----------
    kit : Path
        The instructor's copy.
    stages : list of Stage
        The assignments to lay out; others that are there stay.
    folder : Path
        The course's folder, new or not.
    course_id : str
        What nbgrader and its exchange call the course.
    force : bool
        Whether to replace files that differ from the kit's: an instructor may have edited them.

    Yields
    ------
    Laid
        Each file that was written, or kept.
    """
    yield from _laid(folder / CONFIG_FILE, CONFIG.format(course_id=course_id).encode(), force)
    with tempfile.TemporaryDirectory() as scratch:
        wheel = build_wheel(Path(scratch))
        for stage in stages:
            bundle = Path(scratch) / stage.name
            release(kit, [stage], bundle, wheel)
            write_whole(bundle / f"{stage.name}.ipynb", course_notebook(kit, stage))
            for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
                target = folder / "source" / stage.name / path.relative_to(bundle)
                yield from _laid(target, path.read_bytes(), force)


def _laid(path: Path, content: bytes, force: bool) -> Iterator[Laid]:
    there = path.read_bytes() if path.exists() else None
    if there == content:
        return
    kept = there is not None and not force
    if not kept:
        write_whole(path, content)
    yield Laid(path, kept)
