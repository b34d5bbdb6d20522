"""Hand results on to other systems; a module for each, which knows what that system takes."""
