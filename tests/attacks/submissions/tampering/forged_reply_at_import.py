"""Attack: A forged reply with an array where a word is expected, at import."""

from forge import array, frame
import numpy as np

frame({"status": array(1, 2)})
