"""The teacher's desk: grade a class safely and quickly on nbgrader, in its own gradebook."""
