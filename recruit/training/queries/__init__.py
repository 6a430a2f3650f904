"""Reads of training that need the web: keys, uploads."""
