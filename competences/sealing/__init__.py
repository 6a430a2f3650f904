"""Texts that the database cannot read: a key for each thing, wrapped by a master key from outside."""
