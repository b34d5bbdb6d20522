"""What a course makes of the points that the checks gave: deadlines, marks by hand, overrides."""
