"""Checks, sandbox and reports of the neural-network course kit."""

__version__ = "0.1.0"
