"""Grade what a student has uploaded, where Gradescope has put it."""

from pathlib import Path

from autograder.ci.check import graded_for_student
from autograder.errors import UserError
from autograder.export.gradescope import FILE, results_json
from autograder.files import write_whole
from autograder.gradescope.settings import read_settings
from autograder.report import Report
from autograder.sandbox.isolation import launcher
from autograder.stage import find_stage, read_stages
from autograder.submission import Entry, read_submissions
from autograder.submission.places import DiskSource


def grade_upload(root: Path) -> Report:
    """Grade ROOT/submission by ROOT/source, and write ROOT/results/results.json.

    Parameters
    ----------
    root : Path
        ``/autograder`` there.

    Returns
    -------
    Report
        As the student sees it: nothing in it tells of a hidden input.

    Raises
    ------
    UserError
        If the zip is not as it was made, or its isolation is not to be had. The results are left
        as they are.
    """
    kit, folder = root / "source" / "kit", root / "submission"
    settings = read_settings(root / "source")
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder: Gradescope puts the submission there.")
    stage = find_stage(kit, settings.stage)
    known = [one.name for one in read_stages(kit)]
    upload = DiskSource(folder, folder.name, is_folder=True)
    entry = Entry("submission", "the submission", (upload,))
    (submission,) = read_submissions(entry, [stage.name], known)
    with launcher(settings.isolation) as launch:
        report = graded_for_student(stage, submission, kit, settings.secret, launch)
    write_whole(root / "results" / FILE, results_json(report))
    return report
