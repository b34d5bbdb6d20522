"""Attack: A forged exception with a number for its words, at import."""

from forge import frame
import numpy as np

frame({"status": "raised", "type": "ValueError", "words": 5})
