"""Hostile and broken submissions, and what must come of each: see attacks.toml."""
