"""Small contests, and submissions to them."""

import io
import zipfile

import numpy as np

from autograder.challenge.contest import Contest
from autograder.challenge.labelled import Labelled
from autograder.grading import grade
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.launch import warm
from tests.mistakes import KIT

STAGE = find_stage(KIT, "challenge")
NAMES = ("first", "second", "third")
# Class k is bright in row k; the parameters sum rows.
RIGHT = """
import numpy as np

def predict(params, images):
    return np.argmax(images[:, 0].mean(axis=2) @ params["W"], axis=1)
"""


def made_images(count, seed=0, names=NAMES, size=8):
    """Make so many images of each class, one bright row in noise, in no order."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.repeat(np.arange(len(names)), count))
    X = rng.integers(0, 100, (len(y), 1, size, size), dtype=np.uint8)
    X[np.arange(len(y)), :, y] = 255
    return Labelled(X, y, names, tuple(f"image {n}" for n in range(len(y))))


CONTEST = Contest(made_images(20), made_images(200, seed=1), True, "digest")
PUBLIC = Contest(CONTEST.validation, None, False, "")


def saved(**arrays):
    """Return the bytes of an .npz."""
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


def zipped(**members):
    """Return the bytes of a zip with these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.npy", data)
    return content.getvalue()


PARAMS = saved(W=np.eye(8, 3))


class NoAnswers:
    """An open task has no expected values."""

    live = False


def graded(source, params=PARAMS, contest=CONTEST, stage=STAGE, launch=None, **files):
    """Grade a submission; without `params` there is no such file."""
    content = {"challenge.py": source.encode(), **files}
    if params is not None:
        content["challenge.npz"] = params
    submission = Submission("ada", "challenge", content)
    how = {"launch": launch or warm(), "contest": contest}
    return grade(stage, submission, NoAnswers(), "s", **how)


def limited(**limits):
    """Return the stage with other limits."""
    challenge = STAGE.challenge.model_copy(update=limits)
    return STAGE.model_copy(update={"challenge": challenge})


def checks_of(report):
    """Return the checks of `predict` by name."""
    return {check.name: check for part in report.functions for check in part.checks}


def messages(report):
    """Return all that is said of what fails."""
    return [check.message for part in report.functions for check in part.failures]
