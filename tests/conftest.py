"""What holds for every test."""

import signal

# A shell that starts the suite in the background has it ignore SIGINT, and so would all that the
# tests start, of which some are to be stopped by it.
signal.signal(signal.SIGINT, signal.default_int_handler)
