"""Make autograder.zip, as docs/specs.md of gradescope/autograder_samples wants it."""

import io
import tempfile
import zipfile
from importlib.resources import files
from pathlib import Path

from autograder.challenge.contest import own_images
from autograder.errors import UserError
from autograder.export.gradescope import Results
from autograder.files import write_whole
from autograder.gradescope.settings import FILE, Settings
from autograder.release import data_files
from autograder.stage import Stage, read_stages, stage_folder
from autograder.wheel import build_wheel

SCRIPTS = ("setup.sh", "run_autograder")
NOT_GRADED = (
    "This submission could not be graded, and that is no fault of it. The instructor finds the "
    "reason in the output of the autograder."
)
EXECUTABLE, PLAIN = 0o100755, 0o100644


def write_zip(kit: Path, stage: Stage, settings: Settings, out: Path) -> None:
    """Write the zip: the scripts, this package's wheel, and of the kit what grading needs.

    Parameters
    ----------
    kit : Path
        The instructor's copy. The zip holds the stage's solution and known mistakes.
    stage : Stage
        What submissions are for.
    settings : Settings
        How they are graded.
    out : Path
        The zip, replaced if it is there.

    Raises
    ------
    UserError
        If there would be a seed that student code can read, or the zip can't be made.
    """
    if settings.secret and settings.isolation != "strict":
        raise UserError(
            "With --isolation process student code could read the secret seed: leave out the one "
            "or the other."
        )
    members = {name: files(__package__).joinpath(name).read_bytes() for name in SCRIPTS}
    members[FILE] = settings.model_dump_json(indent=1).encode()
    members["not_graded.json"] = _not_graded(stage).encode()
    paths = [stage_folder(kit, one) / "stage.toml" for one in read_stages(kit)]
    paths += data_files(kit)
    paths += [kit / "solutions" / part / f"{stage.name}.py" for part in (".", "mistakes")]
    paths += own_images(kit, stage)
    members |= {f"kit/{path.relative_to(kit).as_posix()}": path.read_bytes() for path in paths}
    with tempfile.TemporaryDirectory() as folder:
        wheel = build_wheel(Path(folder))
        members[f"wheels/{wheel.name}"] = wheel.read_bytes()
    write_whole(out, _zipped(members))


def _not_graded(stage: Stage) -> str:
    """Return the results that stand until there are others."""
    results = Results(
        score=0, execution_time=0, output=NOT_GRADED, extra_data={"stage": stage.name}, tests=[]
    )
    return results.to_json()


def _zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, whose modes are kept
            info.external_attr = (EXECUTABLE if name in SCRIPTS else PLAIN) << 16
            archive.writestr(info, data)
    return content.getvalue()
