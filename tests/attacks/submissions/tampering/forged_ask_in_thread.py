"""Attack: Forged questions of odd form, all the time, from a thread."""

import threading
import time
from forge import array, frame
import numpy as np


def disturb():
    end = time.monotonic() + 10
    while time.monotonic() < end:
        frame({"status": "ask", "function": array(1, 2), "args": 5})
        time.sleep(0.001)


threading.Thread(target=disturb, daemon=True).start()
