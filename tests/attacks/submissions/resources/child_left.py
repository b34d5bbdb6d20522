"""Attack: A child process that would touch a file outside after 3 s."""

import subprocess
import sys
import numpy as np

LATER = "import time; time.sleep(3); open('@OUTSIDE@/@NAME@', 'w').close()"


def svm_loss(W, X, y, reg=0.0):
    subprocess.Popen([sys.executable, "-c", LATER])
    return 0.0, W


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
