"""The pytest plugin: fixtures that let pytest run the checks of a stage on a submission.

``pytest --pyargs autograder.checks.linear_svm --submission DIR`` lists each check as a test of the
class of its function, as an editor's test panel shows them. The checks are the same functions
that `autograder check` and `autograder grade` call. A student's bundle has a test file for each
stage, and a pytest.ini that says where the student's code is.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # other users of pytest in this environment should not wait for these
    import numpy as np

    from autograder.checks.base import Expected
    from autograder.grading import StudentCalls
    from autograder.stage import Stage


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the checks."""
    group = parser.getgroup("autograder")
    group.addoption("--submission", default=None, help="folder or file with the student's code")
    group.addoption("--kit", default=None, help="folder with assignments/ and solutions/")
    parser.addini("autograder_bundle", "folder of a student's bundle", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Let a bundle's data be found from wherever pytest is called."""
    if bundle := _bundle(config):
        os.environ.setdefault("AUTOGRADER_DATA", str(bundle / "data"))


def _bundle(config: pytest.Config) -> Path | None:
    return next(iter(config.getini("autograder_bundle")), None)


def _kit(request: pytest.FixtureRequest) -> Path:
    from autograder.kit import find_kit

    return find_kit(request.config.getoption("--kit") or _bundle(request.config), bundle=True)


def _stage(request: pytest.FixtureRequest) -> "Stage":
    from autograder.stage import find_stage

    module = str(request.module.__name__).rsplit(".", 1)[-1]
    return find_stage(_kit(request), module.removeprefix("test_"))


@pytest.fixture(scope="module")
def expected(request: pytest.FixtureRequest) -> Iterator["Expected"]:
    """Right answers."""
    from autograder.expected import open_answers

    answers = open_answers(_kit(request), _stage(request))
    yield answers
    answers.close()


@pytest.fixture(scope="module")
def student(request: pytest.FixtureRequest) -> Iterator["StudentCalls"]:
    """The student's functions, each call of which travels to the sandbox's worker."""
    from autograder.grading import StudentCalls
    from autograder.sandbox.student import Student
    from autograder.stage import read_stages
    from autograder.submission import read_working_folder

    stage = _stage(request)
    known = [stage.name for stage in read_stages(_kit(request))]
    folder = Path(request.config.getoption("--submission") or _bundle(request.config) or ".")
    submission = read_working_folder(folder, stage.name, known)
    module = Student(submission.files, stage)
    yield StudentCalls(module)
    module.close()


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> "np.random.Generator":
    """The generator of a check's inputs, from the public seed."""
    from autograder.checks.collect import PUBLIC_SEED, generator
    from autograder.checks.vectorized import VectorizedChecks

    if isinstance(request.instance, VectorizedChecks):
        request.instance.vectorized = _stage(request).function(request.cls.function).vectorized
    name = request.node.name.removeprefix("test_")
    return generator(PUBLIC_SEED, f"{request.cls.function}::{name}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Show in a sentence why there is nothing to check."""
    return (yield from _told_in_a_sentence())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Show a failed check's sentence, not the check's source."""
    return (yield from _told_in_a_sentence())


def _told_in_a_sentence() -> Iterator[None]:
    try:
        return (yield)
    except Exception as failure:
        if _is_for_students(failure):
            raise pytest.fail.Exception(str(failure), pytrace=False) from None
        raise


def _is_for_students(failure: Any) -> bool:
    from autograder.checks.compare import CheckFailed
    from autograder.errors import UserError
    from autograder.sandbox.student import CallFailed

    return isinstance(failure, CheckFailed | CallFailed | UserError)
