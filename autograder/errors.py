"""What ends a command with a sentence instead of a traceback."""

import errno

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_IN_THE_WAY = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY)


class UserError(Exception):
    """The call or its input is wrong.

    The message is one clear sentence: what was found, what was expected, what to do. The command
    line prints it on standard error and exits with 2.
    """


def found_and_advised(error: OSError) -> str:
    """Return what the system has found, and what to do: the end of a UserError's sentence."""
    advice = "mend that"
    if error.errno in _FULL:
        advice = "make room there"
    elif error.errno in _FORBIDDEN:
        advice = "give permission or name another place"
    elif error.errno in _IN_THE_WAY:
        advice = "move away what is in its place"
    return f"({error.strerror or error}): {advice}, and run the same command again."
