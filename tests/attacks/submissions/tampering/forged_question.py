"""Attack: A forged question for a function whose name is arrays that take long to write out."""

from forge import array, frame


def add_bias(X):
    name = [array(*(i / 7 for i in range(600)))] * 20_000
    frame({"status": "ask", "function": name, "args": [], "kwargs": {}})
