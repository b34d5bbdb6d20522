"""Attack: The import ends by a signal that has no name."""

import os
import numpy as np

os.kill(os.getpid(), 40)
