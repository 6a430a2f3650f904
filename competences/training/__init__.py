"""Courses, sessions, outcomes and what they are worth, until when."""
