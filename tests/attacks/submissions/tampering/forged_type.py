"""Attack: A forged exception with an array for its type, at import."""

from forge import array, frame
import numpy as np

frame({"status": "raised", "type": array(1, 2)})
