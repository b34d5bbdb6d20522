"""The student's bundle: stubs, notebooks, handouts, data, fingerprints; no solution, no mistake."""

import io
import shutil
import zipfile
from pathlib import Path

from autograder.build import starter
from autograder.errors import UserError
from autograder.expected import Reference
from autograder.files import write_whole
from autograder.fingerprinting import fingerprints
from autograder.fingerprints import NAME, dump
from autograder.notebooks import notebook
from autograder.stage import Stage, stage_folder

README = """# {titles}

Write your code into {files}; what is asked stands in {handouts}. You need Python 3.11 or newer:

    pip install nn-course-kit
    autograder check                 # what is right so far, and what is wrong
    autograder check --only {only}
    autograder check --watch         # again at each save
    autograder train {stage}         # your functions at work, once they are right

The notebook beside each file tells the story of the stage and shows your functions at work, in
pictures: open it with Jupyter (`pip install notebook`, then `jupyter notebook`).

To find out yourself what is wrong with a gradient, compare it with the slopes of your loss:

    from autograder import gradient_check
    print(gradient_check(lambda W: svm_loss(W, X, y, 0.1)[0], W, svm_loss(W, X, y, 0.1)[1]))

Hand in {files} as your instructor says. What is "not judged" here, because it uses a function that
is wrong still, is judged with a right one then.
"""


def release(kit: Path, stages: list[Stage], out: Path) -> None:
    """Write a student's bundle into a folder.

    Parameters
    ----------
    kit : Path
        The instructor's copy.
    stages : list of Stage
        What goes in.
    out : Path
        A new or empty folder.

    Raises
    ------
    UserError
        If the folder holds anything: it may be somebody's work.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out} is there already and not an empty folder: name a new one by --out.")
    try:
        _write(kit, stages, out)
    except BaseException:  # a part of it would pass for a bundle, and stop the next attempt
        shutil.rmtree(out, ignore_errors=True)
        raise


def _write(kit: Path, stages: list[Stage], out: Path) -> None:
    for stage in stages:
        write_whole(out / f"{stage.name}.py", starter(kit, stage))
        write_whole(out / f"{stage.name}.ipynb", notebook(kit, stage))
        source = stage_folder(kit, stage)
        target = out / source.relative_to(kit)
        for name in ("README.md", "stage.toml"):
            write_whole(target / name, (source / name).read_bytes())
        reference = Reference(kit, stage)
        try:
            write_whole(target / NAME, dump(fingerprints(stage, reference)))
        finally:
            reference.close()
    for path in _files(kit / "data"):
        if path.suffix not in (".py", ".pyc"):
            write_whole(out / path.relative_to(kit), path.read_bytes())
    write_whole(out / "README.md", _readme(stages))


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


def _readme(stages: list[Stage]) -> str:
    return README.format(
        titles=", ".join(stage.title for stage in stages),
        files=", ".join(f"`{stage.name}.py`" for stage in stages),
        handouts=", ".join(
            f"`assignments/{stage.number}_{stage.name}/README.md`" for stage in stages
        ),
        only=stages[0].functions[0].name,
        stage=stages[0].name,
    )
