"""Check the clone of one repository, and tell the place where it runs what was found."""
