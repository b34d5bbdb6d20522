"""Which submissions of a class are alike: a hint for a human who reads both, never a verdict."""
