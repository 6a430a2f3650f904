"""What good looks like, how far a person is from it, what closes the gap. Knows no HTTP."""
