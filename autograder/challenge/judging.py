"""The checks of an open task: what `predict` must keep to, and how much it finds."""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.challenge.contest import Contest
from autograder.challenge.hand_in import HandIn
from autograder.challenge.labelled import Labelled
from autograder.challenge.table import Challenge
from autograder.checks.base import CHANGED, SHARED, Earned, Expected, StudentLike
from autograder.checks.call import Call, call
from autograder.checks.collect import StageCheck, shares
from autograder.checks.compare import CheckFailed, describe
from autograder.report import Score
from autograder.sandbox.student import CallFailed
from autograder.stage import Stage

TRIED = 40  # images for all checks but the last
DIFFERING = 2  # of these: sums in another order may decide between classes that are as good
ALONE = 5  # images that come alone
BATCH = 250  # images in a call
BATCH_BYTES = 2**24


class TooSlow(CallFailed):
    """All calls together took longer than they may."""

    def __init__(self, message: str):
        super().__init__("timeout", message)


class ContestChecks:
    """The checks of one submission to an open task.

    Parameters
    ----------
    stage : Stage
        The open task.
    contest : Contest
        Its images.
    hand_in : HandIn
        What was handed in.

    Attributes
    ----------
    checks : tuple of StageCheck
        All checks, the plainest first.
    score : Score or None
        How much was found, once that is judged.
    """

    function = "predict"

    def __init__(self, stage: Stage, contest: Contest, hand_in: HandIn):
        assert stage.challenge is not None
        self._settings: Challenge = stage.challenge
        self._contest, self._hand_in = contest, hand_in
        self._judged: Labelled = contest.hidden or contest.validation
        self._classes = len(contest.validation.class_names)
        self._few = as_floats(contest.validation.X[:TRIED])
        self.checks = self._listed(stage.functions[0].points)
        self.score: Score | None = None

    def _listed(self, points: float) -> tuple[StageCheck, ...]:
        rules = (self.labels, self.each_by_itself, self.arguments)
        most = self._settings.max_points
        worth = [*shares(points - most, [1] * len(rules)), most]
        return tuple(
            StageCheck(
                id=f"{self.function}::{method.__name__}",
                function=self.function,
                points=share,
                title=(method.__doc__ or "").splitlines()[0],
                fixed=True,
                method=method,
                hidden=method == self.accuracy and self._contest.hidden is not None,
            )
            for method, share in zip((*rules, self.accuracy), worth, strict=True)
        )

    def labels(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """One label for each image: a whole number, in an array of shape (N,)."""
        for count in (7, 1):
            asked = self._call(student, self._few[:count])
            self._labels(asked, student(asked), count)

    def each_by_itself(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """An image gets the same label whatever others come with it, and in whatever order."""
        count = len(self._few)
        whole = self._call(student, self._few)
        first = self._labels(whole, student(whole), count)
        order = np.random.default_rng(0).permutation(count)
        mixed = self._call(student, self._few[order])
        turned = self._labels(mixed, student(mixed), count)
        if (differing := int(np.sum(turned != first[order]))) > DIFFERING:
            raise CheckFailed(
                f"{whole}: {differing} of {count} images get another label when they come in "
                "another order. Judge each image by itself, and draw no random numbers."
            )
        # An image less its own mean is black, so alone each gets one label: try some that differ.
        unlike = np.unique(first, return_index=True)[1][:ALONE]
        for rows in (*unlike[:, np.newaxis], np.arange(count)[1:4]):
            fewer = self._call(student, self._few[rows])
            if np.all(self._labels(fewer, student(fewer), len(rows)) == first[rows]):
                continue
            raise CheckFailed(
                f"{whole}: an image gets another label when it comes with fewer others. Judge "
                "each by itself: what you subtract and divide by belongs into the parameters."
            )

    def arguments(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """Parameters and images stay as they were, and calling again changes nothing."""
        asked = self._call(student, self._few)
        answers = [student.watch(asked) for _ in range(2)]
        if answers[0].changed:
            raise CheckFailed(
                f"{asked}: the arguments were changed. Work on a copy (images = images.copy()), "
                "and mind that -= and /= change an array in place.",
                name=CHANGED,
            )
        if answers[0].aliased:
            raise CheckFailed(
                f"{asked}: the result shares memory with an argument. Return a new array.",
                name=SHARED,
            )
        first, again = (self._labels(asked, one.value, len(self._few)) for one in answers)
        if np.any(first != again):
            raise CheckFailed(
                f"{asked}: called again, it gives other labels. Something is kept from call to "
                "call, or drawn at random."
            )

    def accuracy(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> Earned:
        """As many images as can be get their right label, within the time."""
        try:
            right, seconds = self._counted(student)
        except (CallFailed, CheckFailed) as failure:
            if self._contest.hidden is None or self._hand_in.problem:
                raise
            raise _unseen(failure) from None
        total = len(self._judged.y)
        accuracy = right / total
        self.score = Score(
            accuracy=round(accuracy, 6),
            images=total,
            hidden=self._contest.unknown,
            parameters=self._hand_in.parameters,
            seconds=round(seconds, 3),
        )
        points = self._settings.points(accuracy)
        return Earned(points, accuracy >= self._settings.pass_mark, self._said(accuracy, points))

    def _counted(self, student: StudentLike) -> tuple[int, float]:
        """Count the images that get their right label, and the seconds that this takes."""
        images, limit = self._judged, self._settings.prediction_seconds
        right, seconds = 0, 0.0
        for rows in batches(images):
            asked = self._call(student, as_floats(images.X[rows]))
            began = time.monotonic()
            answer = student(asked)
            seconds += time.monotonic() - began
            if seconds > limit:
                raise TooSlow(
                    f"`predict` took longer than {limit:g} s: by then it had done {rows.stop:,} "
                    f"of {len(images.y):,} images"
                )
            found = self._labels(asked, answer, rows.stop - rows.start)
            right += int(np.sum(found == images.y[rows]))
        return right, seconds

    def _said(self, accuracy: float, points: float) -> str:
        count, most = f"{len(self._judged.y):,}", self._settings.max_points
        mark = f"{self._settings.pass_mark:.0%}"
        if self._contest.hidden is not None:
            said = f"{accuracy:.1%} of {count} hidden images: {points:g} of {most:g} points"
        else:
            said = (
                f"{accuracy:.1%} of {count} validation images: worth {points:g} of {most:g} "
                "points, but the hidden images decide"
            )
        return f"{said} ({mark} is a pass)." if accuracy < self._settings.pass_mark else f"{said}."

    def _call(self, student: StudentLike, images: np.ndarray) -> Call:
        """Make a call with the saved parameters; where there are none, say so."""
        asked = call(self.function, params=self._hand_in.params, images=images)
        if self._hand_in.problem:
            try:
                student(call(self.function, params={}, images=images[:1]))
            except CallFailed as failure:
                if failure.outcome == "not_implemented":
                    raise
            raise CheckFailed(self._hand_in.problem)
        asked.document  # noqa: B018 - written now, so that it takes no time that is measured
        return asked

    def _labels(self, asked: Call, answer: Any, count: int) -> np.ndarray:
        """Take what came as labels, or raise CheckFailed."""
        wanted = f"expected {count} whole numbers from 0 to {self._classes - 1}, shape ({count},)"
        if isinstance(answer, list | tuple) and all(type(one) is int for one in answer):
            answer = np.array(answer, dtype=object if _is_huge(answer) else np.int64)
        if not isinstance(answer, np.ndarray):
            raise CheckFailed(f"{asked}: the result is {describe(answer)}; {wanted}.")
        if answer.shape != (count,):
            advice = " Is the argmax missing?" if answer.shape == (count, self._classes) else ""
            raise CheckFailed(
                f"{asked}: the result has the shape {answer.shape}; {wanted}.{advice}"
            )
        if answer.dtype.kind not in "iu":
            raise CheckFailed(f"{asked}: the result is of dtype {answer.dtype}; {wanted}.")
        if not 0 <= answer.min() <= answer.max() < self._classes:
            raise CheckFailed(
                f"{asked}: the labels run from {answer.min()} to {answer.max()}; {wanted}."
            )
        return answer


def _unseen(failure: CallFailed | CheckFailed) -> CallFailed | CheckFailed:
    """Tell of a failure without a word of the student's code, which has seen hidden images."""
    if isinstance(failure, TooSlow):
        return failure
    if isinstance(failure, CheckFailed):
        return CheckFailed(
            "On images that you have not seen `predict` returns something other than a label for "
            "each: is a case left out?"
        )
    what = {"timeout": "takes too long", "killed": "ends the process"}
    said = what.get(failure.outcome, "raises an exception")
    return CallFailed(failure.outcome, f"On images that you have not seen `predict` {said}")


def as_floats(X: np.ndarray) -> np.ndarray:
    """Turn images of bytes into those that `predict` gets: (N, C, H, W), float64 from 0 to 1."""
    return X / 255.0


def batches(images: Labelled) -> Iterator[slice]:
    """Cut images into calls of bounded size."""
    one = 8 * images.X[0].size
    size = max(1, min(BATCH, BATCH_BYTES // one))
    for first in range(0, len(images.y), size):
        yield slice(first, min(first + size, len(images.y)))


def _is_huge(numbers: list[int] | tuple[int, ...]) -> bool:
    return any(not -(2**63) <= number < 2**63 for number in numbers)
