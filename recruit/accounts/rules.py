"""How long things last, and what a password must be."""

from datetime import timedelta

from competences.text import _

IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=12)
LINK_LASTS = timedelta(days=7)
WINDOW = timedelta(minutes=15)
TRIES = 8
SHORTEST_PASSWORD = 12


def password_problem(password: str, email: str) -> str:
    """Return what is wrong with a new password, or ""."""
    if len(password) < SHORTEST_PASSWORD:
        return _("Use at least %(count)s characters. Several words do well.", count=SHORTEST_PASSWORD)
    if len(password) > 256:
        return _("Use at most 256 characters.")
    if len(set(password)) < 5 or email.split("@", maxsplit=1)[0].lower() in password.lower():
        return _("This is too easy to guess. Use several words that have nothing to do with your name.")
    return ""


#: For the demo only: printed by it and shown on its sign-in page.
DEMO_PASSWORD = "brohus-demo-2026"  # noqa: S105
