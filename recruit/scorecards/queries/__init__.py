"""Reads of scores. Two doors, and no third: one's own card, and what the seal lets through."""
