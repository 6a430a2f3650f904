"""What somebody will do to close a gap, with whom, until when, and what came of it."""
