"""Find, unpack and vet what students hand in; nothing here runs any of it."""

from autograder.submission.entries import find_entries
from autograder.submission.model import Entry, Submission
from autograder.submission.read import read_submissions, read_working_folder, stages_in

__all__ = [
    "Entry",
    "Submission",
    "find_entries",
    "read_submissions",
    "read_working_folder",
    "stages_in",
]
