"""What `autograder check` imports before its first check; benchmarks/ has the time it takes."""

import subprocess
import sys

import pytest

from tests.mistakes import KIT

UNTIL_THE_CHECKS = """
import os, sys
import autograder.checking

def print_modules(*_, **__):
    print(*sys.modules)
    sys.stdout.flush()
    os._exit(0)

autograder.checking.grade = print_modules
from autograder.__main__ import main
sys.argv = ["autograder", "check", "linear_svm", "--dir", "starter"]
main()
"""
HEAVY = (
    *("matplotlib", "pytest", "IPython", "nbformat", "nbgrader", "jupytext", "dask", "distributed"),
    *("pooch", "requests", "tqdm", "yaml", "jinja2", "watchfiles", "PIL", "markdown_it"),
    *("pydantic.v1", "pydantic.networks", "rich.progress", "rich.markdown"),
)


@pytest.fixture(scope="module")
def imported():
    """The modules of a process that is about to run its first check."""
    command = [sys.executable, "-c", UNTIL_THE_CHECKS]
    done = subprocess.run(command, cwd=KIT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_what_the_checks_need_is_there(imported):
    assert {"numpy", "autograder.checks.linear_svm"} <= imported


@pytest.mark.parametrize("module", HEAVY)
def test_nothing_heavy_is_imported_before_the_checks(imported, module):
    assert module not in imported
