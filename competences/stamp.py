"""What a form showed, so that a stale one is noticed without a version column."""

from hashlib import sha256


def stamp(*values: object) -> str:
    """Return a short digest of `values` that changes when any of them does."""
    return sha256(repr(values).encode()).hexdigest()[:16]
