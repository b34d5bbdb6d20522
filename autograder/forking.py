"""Where graders come from: copies of one process that has imported all that they need.

Importing takes longer than grading a submission; so it is done once, on another core, while the
command reads what was handed in.
"""

import multiprocessing
from multiprocessing.context import BaseContext

GRADERS = "autograder.graders"


def grader_context() -> BaseContext:
    """Return what starts grading processes, and have it begin; again is at no cost."""
    if "forkserver" not in multiprocessing.get_all_start_methods():  # as on Windows
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([GRADERS])
    try:
        forkserver.ensure_running()
    except OSError:  # its socket needs a folder for temporary files, with room and no long name
        return multiprocessing.get_context("spawn")
    return context
