"""Attack: A forged syntax error with 20 MB of words, which make the submission unreadable."""

from forge import frame

frame({"status": "raised", "type": "SyntaxError", "words": "x" * 20_000_000, "where": {}})
