"""The duties of care towards everybody who works here: dates and arrangements, never content."""
