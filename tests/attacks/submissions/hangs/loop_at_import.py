"""Attack: An endless loop at import."""

import numpy as np

while True:
    pass
