"""Pages of the duties of care."""
