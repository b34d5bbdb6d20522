"""What holds for every test, and the class that the tests of faults grade."""

import signal
import time

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.faults")

from tests.faults import command, finish, make_class  # noqa: E402

# A shell that starts the suite in the background has it ignore SIGINT, and so would all that the
# tests start, of which some are to be stopped by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same code gets the same verdict. `pytest --hypothesis-profile=default` draws examples anew, as
# the weekly workflow does.
settings.register_profile("same_examples", derandomize=True, database=None)
settings.load_profile("same_examples")


@pytest.fixture(scope="module")
def chromium():
    """Run Chromium for one module: while it runs, no test can have an event loop of its own."""
    from tests.browser import running  # playwright takes its time, and most tests need none

    with running() as browser:
        yield browser


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """All stages as students get them; tests that read it are a group, for it takes a while."""
    from autograder.release import release  # most tests need none of it
    from autograder.stage import read_stages
    from tests.mistakes import KIT

    folder = tmp_path_factory.mktemp("released") / "bundle"
    release(KIT, read_stages(KIT), folder)
    return folder


@pytest.fixture(scope="session")
def submissions(tmp_path_factory):
    """Make a class."""
    return make_class(tmp_path_factory.mktemp("faults") / "class")


@pytest.fixture(scope="session")
def undisturbed(submissions, tmp_path_factory):
    """Grade it, undisturbed: the folder of results, and the seconds that it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    begin = time.monotonic()
    finish(command(submissions, folder / "r"), folder / "scratch")
    return folder / "r", time.monotonic() - begin
