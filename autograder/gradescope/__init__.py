"""The kit on Gradescope: the zip that an assignment takes, and what it does there."""
