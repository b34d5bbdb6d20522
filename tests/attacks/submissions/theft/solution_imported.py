"""Attack: The reference solution and the checks are imported."""

import importlib
import sys

for name in [name for name in sys.modules if name.startswith("autograder")]:
    del sys.modules[name]
try:
    importlib.import_module("autograder.checks.linear_svm")
    from solutions.linear_svm import *
except ImportError:
    pass
