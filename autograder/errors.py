"""The one exception that ends a command with a sentence instead of a traceback."""


class UserError(Exception):
    """The call or its input is wrong.

    The message is one clear sentence: what was found, what was expected, what to do. The command
    line prints it on standard error and exits with 2.
    """
