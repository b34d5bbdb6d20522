"""What a run has changed against the one before it: whose points moved, and why."""
