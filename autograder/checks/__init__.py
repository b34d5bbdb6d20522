"""The checks: one file a stage, classes of pytest tests, one class a function."""
