"""The tests in parts, for graders that take each as text of its own."""

import inspect
from typing import NamedTuple

from benchmarks.peers import tests


class Test(NamedTuple):
    """A test as the peers take it: as text."""

    __test__ = False  # for pytest

    name: str
    function: str
    source: str


HELPERS = "\n\n".join(
    inspect.getsource(helper) for helper in (tests._svm_inputs, tests._right_loss)
)
TESTS = [
    Test(test.__name__, *inspect.signature(test).parameters, inspect.getsource(test))
    for test in (tests.test_svm_loss, tests.test_svm_gradient, tests.test_nn_forward)
]
