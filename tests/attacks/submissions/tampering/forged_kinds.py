"""Attack: A forged exception of 20,000 kinds, each an array that takes long to write out."""

from forge import array, frame


def add_bias(X):
    kinds = [array(*(i / 7 for i in range(600)))] * 20_000
    frame({"status": "raised", "type": "E", "words": "", "where": {}, "kinds": kinds})
