"""Pages of training: courses, sessions, who is due, what was completed."""
