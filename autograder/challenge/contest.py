"""What models are judged on: images that students have, and those that they don't."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autograder import datasets
from autograder.challenge.divide import Parts, digest_of, divide
from autograder.challenge.labelled import Labelled, read_labelled
from autograder.challenge.parts_file import HIDDEN, PUBLIC, public_bytes, read_parts, read_public
from autograder.errors import UserError
from autograder.stage import Stage, stage_folder

IN_BUNDLE = "challenge.npz"  # in data/
ON_BUNDLED = (
    "The images are those of the bundled {data}, whose labels every student has: name others by "
    "--data, or in stage.toml."
)


@dataclass(frozen=True, eq=False)
class Contest:
    """The images of an open task, for its grader.

    Attributes
    ----------
    validation : Labelled
        Images that students have.
    hidden : Labelled or None
        Images that are kept from models until they are judged; None where they are only tried.
    unknown : bool
        Whether no student has those.
    digest : str
        Hash of all of it.
    remarks : tuple of str
        What the instructor should know.
    """

    validation: Labelled
    hidden: Labelled | None
    unknown: bool
    digest: str
    remarks: tuple[str, ...] = ()


def open_contest(kit: Path, stage: Stage, data: Path | None = None) -> Contest | None:
    """Open an open task with all its images; None for a stage that is none."""
    if stage.challenge is None:
        return None
    parts = open_parts(kit, stage, data)
    arrays = [(part.X, part.y) for part in (parts.validation, parts.hidden)]
    digest = digest_of(*(array for pair in arrays for array in pair)).hex()
    unknown = data is not None or not _is_bundled(stage)
    return Contest(parts.validation, parts.hidden, unknown, digest, parts.remarks)


def open_public_contest(kit: Path, stage: Stage) -> Contest | None:
    """Open an open task as students can: in a bundle, or with the images of stage.toml."""
    if stage.challenge is None:
        return None
    return Contest(public_images(kit, stage)[1], None, False, "")


def public_images(kit: Path, stage: Stage) -> tuple[Labelled, Labelled]:
    """Return the images that students have, to train on and to validate."""
    file = kit / "data" / IN_BUNDLE
    if file.is_file():
        return read_public(file)
    parts = open_parts(kit, stage)
    return parts.train, parts.validation


def students_images(kit: Path, stage: Stage, data: Path | None = None) -> bytes:
    """Return the file of images that students get; nothing where they have them anyway."""
    if stage.challenge is None or (data is None and _is_bundled(stage)):
        return b""
    return public_bytes(open_parts(kit, stage, data))


def own_images(kit: Path, stage: Stage) -> list[Path]:
    """List the files that stage.toml names as images of an open task, in the kit."""
    if stage.challenge is None or _is_bundled(stage):
        return []
    path = stage_folder(kit, stage) / stage.challenge.data
    return sorted(item for item in [path, *path.rglob("*")] if item.is_file())


def open_parts(kit: Path, stage: Stage, data: Path | None = None) -> Parts:
    """Open the images of an open task, divided.

    Parameters
    ----------
    kit : Path
        The instructor's copy.
    stage : Stage
        The open task.
    data : Path, optional
        The images, in place of those that stage.toml names: a folder that `autograder challenge
        split` has written, or whatever that can divide; it is divided alike.
    """
    assert stage.challenge is not None
    named = stage.challenge.data
    if data is None and _is_bundled(stage):
        folder = kit / "data"
        return _bundled(datasets.load(named, data=folder if folder.is_dir() else None))
    path = data if data is not None else stage_folder(kit, stage) / named
    there = {name for name in (HIDDEN, PUBLIC) if (path / name).is_file()}
    if there == {HIDDEN, PUBLIC}:
        return read_parts(path)
    if there:
        (missing,) = {HIDDEN, PUBLIC} - there
        raise UserError(
            f"{path} holds {there.pop()} but no {missing}: name the folder with both, as "
            "`autograder challenge split` has written it."
        )
    return divide(read_labelled(path, stage.challenge.images), stage.challenge.images, str(path))


def _is_bundled(stage: Stage) -> bool:
    return stage.challenge is not None and stage.challenge.data in datasets.NAMES


def _bundled(found: datasets.Dataset) -> Parts:
    train, validation, hidden = (
        Labelled(
            X[:, np.newaxis], y.astype(np.int64), found.class_names, tuple(map(str, range(len(y))))
        )
        for X, y in (found.split(part) for part in ("train", "val", "test"))
    )
    return Parts(train, validation, hidden, (ON_BUNDLED.format(data=found.name),))


def refuse_elsewhere(stages: tuple[Stage, ...], data: Path | None, dask: str | None) -> None:
    """Refuse images where no stage takes them, and a cluster, which does not get them."""
    is_open = any(stage.challenge for stage in stages)
    if data is not None and not is_open:
        names = ", ".join(stage.name for stage in stages)
        raise UserError(f"--data is for an open task, and {names} is none: leave it out.")
    if dask is not None and is_open:
        raise UserError(
            "An open task is graded on this machine, so that its hidden images stay here: leave "
            "out --dask, or name the other stages by --stage."
        )
