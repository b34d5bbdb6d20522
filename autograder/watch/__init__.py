"""`autograder check --watch`: at each save, what the save affects is checked again."""
