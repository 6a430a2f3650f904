"""Writes of training that need the web: uploads."""
