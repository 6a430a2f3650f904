"""Pages of support plans."""
