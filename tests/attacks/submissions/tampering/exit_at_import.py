"""Attack: The import ends the process with the code of success."""

import os
import numpy as np

os._exit(0)
