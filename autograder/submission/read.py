"""Read an entry's bytes once, and make of them what each stage needs."""

import contextlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from autograder.errors import UserError
from autograder.submission import unpack
from autograder.submission.model import Entry, Refused, Submission, Unpacked
from autograder.submission.names import (
    CODE,
    base_name,
    is_litter,
    listed,
    no_file,
    readable_name,
    refuse_collisions,
    shallowest,
    shown,
    stem_of,
    suffix_of,
)
from autograder.submission.notebook import source_of
from autograder.submission.source_text import problem_of
from autograder.submission.times import nbgrader_moment
from autograder.submission.unpack import LeftOut, is_archive, read_file, unpack_archive

MAX_NOTES = 20
# Python files that serve others, so none of them is taken for a stage's file by being alone.
_HELPERS = re.compile(r"(conftest|setup|__init__|sitecustomize|usercustomize|test_.*|.*_test)\.py")


class _Unreadable(Exception):
    """The submission can't be graded; the message is the whole reason."""


def read_submissions(
    entry: Entry, stages: Sequence[str], known: Sequence[str] = ()
) -> list[Submission]:
    """Read an entry for some stages.

    Parameters
    ----------
    entry : Entry
        One student's, from `find_entries`.
    stages : sequence of str
        Names of the stages to read.
    known : sequence of str
        Names of all stages: a file that is named after one of them is never taken for another's.

    Returns
    -------
    list of Submission
        One for each of `stages`, in their order.
    """
    reason, unpacked = entry.reason, Unpacked()
    try:
        unpacked = _unpacked(entry)  # nothing, if it has a reason already
    except Refused as why:
        reason = f"{entry.title} {why}."
    return [
        Submission(entry.student, stage, {}, reason, submitted=entry.submitted)
        if reason
        else _submission(entry, unpacked, stage, {*stages, *known}, alone=len(stages) == 1)
        for stage in stages
    ]


def stages_in(entries: Iterable[Entry], known: Sequence[str]) -> list[str]:
    """Return those known stages for which any entry holds a file, in the order of `known`.

    A single file that is named after its student says nothing.
    """
    found: set[str] = set()
    for entry in entries:
        if _is_single_file(entry):
            continue
        try:
            unpacked = _unpacked(entry)
        except Refused:
            continue
        paths = [path for path in _all_paths(unpacked) if suffix_of(path) in CODE]
        found.update(stem_of(base_name(path)) for path in paths)
        if entry.by_assignment:
            found.update(stage for stage in known if _assignment(unpacked, stage, paths))
    return [stage for stage in known if stage in found]


def _is_single_file(entry: Entry) -> bool:
    """Tell whether the entry is one file of code that is named after the student."""
    if not _is_one_file(entry):
        return False
    name = readable_name(entry.sources[0].name)
    return suffix_of(name) in CODE and stem_of(name) == entry.student


def _is_one_file(entry: Entry) -> bool:
    return len(entry.sources) == 1 and not entry.sources[0].is_folder


def _where(entry: Entry, path: str) -> str:
    """Return what to call a file of an entry in a message."""
    is_itself = _is_one_file(entry) and readable_name(entry.sources[0].name) == path
    return entry.title if is_itself else f"{shown(path)} in {entry.title}"


# From an entry to its files


def _unpacked(entry: Entry) -> Unpacked:
    """Read an entry's sources, and unpack an archive that is all that they hold."""
    whole = Unpacked()
    for source in entry.sources:
        part = source.unpack()
        whole.files.update(part.files)
        whole.left_out.update(part.left_out)
        size = sum(map(len, whole.files.values()))
        if size > unpack.MAX_TOTAL_BYTES or len(whole.files) > unpack.MAX_FILES:
            raise Refused(
                f"come to more than {unpack.MAX_TOTAL_BYTES // unpack.MB} MB or "
                f"{unpack.MAX_FILES} files: hand in the code without data"
            )
    refuse_collisions(_all_paths(whole))
    # Before an archive is unpacked, which the student has made: its stamps are none of nbgrader's.
    submitted = _nbgrader_times(whole) if entry.by_assignment else {}
    for is_itself in (True, False) if _is_one_file(entry) else (False,):
        if name := _sole_archive(whole):
            folder = name.rpartition("/")[0]
            try:
                whole = unpack_archive(name, whole.files[name])
            except Refused as why:
                if is_itself:
                    raise
                raise Refused(f"holds {shown(name)}, which {why}") from None
            if folder in submitted:  # of all that was in the archive, whatever it is called
                tops = {path.rpartition("/")[0].partition("/")[0] for path in whole.files}
                submitted |= dict.fromkeys(("", *tops), submitted[folder])
    whole.submitted |= submitted
    return whole


def _nbgrader_times(unpacked: Unpacked) -> dict[str, datetime]:
    """Take nbgrader's own files out; return the folders that they stand in, and their times."""
    times = {}
    for path in list(unpacked.files):
        is_stamp = re.fullmatch(r"([^/]+/)?timestamp\.txt", path)
        if is_stamp and (moment := nbgrader_moment(unpacked.files.pop(path))):
            times[path.rpartition("/")[0]] = moment
    return times


def _sole_archive(unpacked: Unpacked) -> str:
    """Return the archive that is the only thing of use; empty if there is code, or several."""
    archives = [path for path in unpacked.files if is_archive(path)]
    code = [path for path in _all_paths(unpacked) if suffix_of(path) in CODE]
    return archives[0] if len(archives) == 1 and not code else ""


def _all_paths(unpacked: Unpacked) -> list[str]:
    return sorted({*unpacked.files, *unpacked.left_out})


def _assignment(unpacked: Unpacked, stage: str, paths: Iterable[str]) -> str:
    """Return nbgrader's folder for a stage: it has the stage's name, maybe with its number."""
    pattern = re.compile(rf"(\d+[_-])?{re.escape(stage)}/")
    found = {match[0] for path in paths if (match := pattern.match(path))}
    return min(found, default="")


def _below(unpacked: Unpacked, folder: str) -> Unpacked:
    """Return what lies in one folder, named from there on."""
    files, left_out = unpacked.files, unpacked.left_out
    if not folder:
        return unpacked
    cut = len(folder)
    return Unpacked(
        {path[cut:]: data for path, data in files.items() if path.startswith(folder)},
        {path[cut:]: why for path, why in left_out.items() if path.startswith(folder)},
    )


# From files to a submission


def _submission(
    entry: Entry, unpacked: Unpacked, stage: str, known: set[str], alone: bool
) -> Submission:
    submitted = entry.submitted
    if entry.by_assignment:
        folder = _assignment(unpacked, stage, unpacked.files)
        submitted = unpacked.submitted.get(folder.rstrip("/"))
        unpacked = _below(unpacked, folder)
        alone = alone or bool(folder)
    try:
        path, notes = _find(entry, unpacked, stage, known, alone)
        if not _is_single_file(entry) and stem_of(base_name(path)) != stage:
            notes.append(f"{shown(path)} was taken for {stage}.py, as the only file of code.")
        submitted = submitted or unpacked.submitted.get(path.partition("/")[0])
        source, left = _stage_source(path, unpacked, _where(entry, path))
    except _Unreadable as why:
        return Submission(entry.student, stage, {}, str(why), entry.notes, submitted)
    notes += left
    folder = path[: len(path) - len(base_name(path))]
    files = {
        name: data
        for name, data in _below(unpacked, folder).files.items()
        if suffix_of(name) != ".ipynb" and name != base_name(path)
    }
    notes += _notes_on_rest(unpacked, folder, known)
    return Submission(
        entry.student,
        stage,
        {**files, f"{stage}.py": source},
        notes=(*entry.notes, *_capped(notes)),
        submitted=submitted,
    )


def _find(
    entry: Entry, unpacked: Unpacked, stage: str, known: set[str], alone: bool
) -> tuple[str, list[str]]:
    """Find the stage's file, or raise `_Unreadable`; the notes say what was passed over."""
    paths = _all_paths(unpacked)
    named = [path for path in paths if base_name(path) in (f"{stage}.py", f"{stage}.ipynb")]
    top = shallowest(named)
    candidates = [path for path in top if path.endswith(".py")] or top
    if not candidates and alone:
        candidates = _sole_code(paths, known)
    if not candidates:
        raise _Unreadable(_nothing_found(entry, unpacked, stage))
    if len(candidates) > 1:
        names = " and ".join(shown(path) for path in candidates[:5])
        raise _Unreadable(f"{entry.title} holds {names}: keep the one that is to be graded.")
    chosen = candidates[0]
    others = [
        path for path in named if path != chosen and not _only_uses(unpacked.files.get(path), stage)
    ]
    notes = [f"{shown(chosen)} was graded, not {listed(others)}."] if others else []
    return chosen, notes


def _only_uses(notebook: bytes | None, stage: str) -> bool:
    """Whether a notebook imports the stage's file and defines nothing, as the kit's own do."""
    if notebook is None:
        return False
    return f"import {stage}".encode() in notebook and b'"def ' not in notebook


def _is_version(notebook: Path, stage: str) -> bool:
    try:
        return not _only_uses(read_file(notebook, unpack.MAX_FILE_BYTES), stage)
    except LeftOut:
        return notebook.exists()


def _sole_code(paths: list[str], known: set[str]) -> list[str]:
    """Return the only file of code, unless a file is named after a stage."""
    code = [path for path in paths if suffix_of(path) in CODE]
    if any(stem_of(base_name(path)) in known for path in code):
        return []
    code = [path for path in code if not _HELPERS.fullmatch(base_name(path))]
    return code if len(code) == 1 else []


def _nothing_found(entry: Entry, unpacked: Unpacked, stage: str) -> str:
    if not unpacked.files and len(unpacked.left_out) == 1:
        (path, why) = next(iter(unpacked.left_out.items()))
        return f"{_where(entry, path)} {why}, so it was not read: hand in the file itself."
    paths = _all_paths(unpacked)
    found = f"found {listed(paths)}" if paths else "found no file"
    return f"{no_file(stage)} in {entry.title}; {found}."


def _stage_source(path: str, unpacked: Unpacked, name: str) -> tuple[bytes, list[str]]:
    """Return the stage's source as Python can read it, and notes; or raise `_Unreadable`."""
    if path in unpacked.left_out:
        why = unpacked.left_out[path]
        raise _Unreadable(f"{name} {why}, so it was not read: hand in the file itself.")
    data = unpacked.files[path]
    if suffix_of(path) == ".ipynb":
        try:
            source, notes = source_of(data)
        except ValueError as error:
            raise _Unreadable(f"{name} can't be read: {error}.") from None
        return source.encode(), notes
    if problem := problem_of(data):
        raise _Unreadable(f"{name} {problem}.")
    return data, []


def _notes_on_rest(unpacked: Unpacked, folder: str, known: set[str]) -> list[str]:
    """Say what was not read, and what lies where the stage's file can't import it."""
    notes = [f"{shown(path)} {why}: left out." for path, why in sorted(unpacked.left_out.items())]
    outside = [
        path
        for path in sorted(unpacked.files)
        if path.endswith(".py") and not path.startswith(folder)
        if stem_of(base_name(path)) not in known
    ]
    if outside:
        notes.append(f"{listed(outside)} left out: only what lies in {shown(folder)} is graded.")
    return notes


def _capped(notes: list[str]) -> list[str]:
    if len(notes) <= MAX_NOTES:
        return notes
    return [*notes[:MAX_NOTES], f"… and {len(notes) - MAX_NOTES} more notes."]


# A student's own folder


def read_working_folder(
    path: Path, stage: str, known: Sequence[str] = (), links: bool = True
) -> Submission:
    """Read the stage's file from a student's own folder, with the code beside it.

    Parameters
    ----------
    path : Path
        The folder, or the file itself, whatever its name. Of a folder only ``*.py`` are read, its
        own and its packages', the stage's notebook, and what is saved as ``<stage>.npz``.
    stage : str
        Name of the stage.
    known : sequence of str
        Names of all stages.
    links : bool
        Whether symbolic links are followed, as they may be if the machine is the student's.

    Returns
    -------
    Submission
        Of the student "you".

    Raises
    ------
    UserError
        If there is no such folder or file, or no file for the stage in it.
    """
    path = Path(path)
    file = _working_file(path, stage)
    if not links and file.is_symlink():
        reason = f"{shown(file.name)} is a symbolic link, which is not followed."
        return Submission("you", stage, {}, reason)
    try:
        unpacked = Unpacked(files={file.name: read_file(file, unpack.MAX_FILE_BYTES)})
    except LeftOut as why:
        raise UserError(f"{file} {why}.") from None
    _add_code(unpacked, file.parent, file.parent, links)
    _add_saved(unpacked, file.with_name(f"{stage}.npz"), links)
    try:
        source, notes = _stage_source(file.name, unpacked, shown(readable_name(str(file))))
    except _Unreadable as why:
        return Submission("you", stage, {}, str(why))
    twin = file.with_suffix(".ipynb")
    if path.is_dir() and twin != file and _is_version(twin, stage):
        notes.append(f"{file.name} was graded, not {twin.name}.")
    files = {name: data for name, data in unpacked.files.items() if name != file.name}
    return Submission("you", stage, {**files, f"{stage}.py": source}, notes=tuple(_capped(notes)))


def _working_file(path: Path, stage: str) -> Path:
    title = readable_name(str(path))
    if path.is_file():
        if suffix_of(path.name) in CODE:
            return path
        raise UserError(f"{title} is no Python file: expected {stage}.py or {stage}.ipynb.")
    if not path.is_dir():
        raise UserError(f"{title} is not there: name the folder that holds {stage}.py.")
    for name in (f"{stage}.py", f"{stage}.ipynb"):
        if (path / name).exists():
            return path / name
    try:
        code = sorted(item.name for item in path.iterdir() if suffix_of(item.name) in CODE)
    except OSError as error:
        raise UserError(f"{title} can't be listed ({error.strerror}).") from None
    found = f"found {listed(map(readable_name, code))}" if code else "found no Python file"
    raise UserError(f"{no_file(stage)} in {title}; {found}.")


def _add_saved(unpacked: Unpacked, file: Path, links: bool) -> None:
    """Add a file of parameters, if it is there and can be read."""
    if links or not file.is_symlink():
        with contextlib.suppress(LeftOut):
            unpacked.files[file.name] = read_file(file, unpack.MAX_FILE_BYTES)


def _add_code(unpacked: Unpacked, root: Path, folder: Path, links: bool) -> None:
    """Add the modules of a folder and of the packages in it, as far as they can be read."""
    try:
        items = sorted(folder.iterdir())
    except OSError:
        return
    for item in items:
        name = item.relative_to(root).as_posix()
        if (
            is_litter(item.name)
            or name in unpacked.files
            or len(unpacked.files) >= unpack.MAX_FILES
        ):
            continue
        if item.is_dir():
            if (item / "__init__.py").is_file() and not item.is_symlink():
                _add_code(unpacked, root, item, links)
        elif item.suffix == ".py" and (links or not item.is_symlink()):
            used = sum(map(len, unpacked.files.values()))
            try:
                left = unpack.MAX_TOTAL_BYTES - used
                unpacked.files[name] = read_file(item, min(unpack.MAX_FILE_BYTES, left))
            except LeftOut:
                continue
