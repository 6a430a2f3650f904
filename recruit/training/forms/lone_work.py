"""What was typed about lone work."""

from dataclasses import dataclass
from datetime import date

from recruit.web.forms import Post


@dataclass(frozen=True, slots=True)
class Wanted:
    """An exception as it was typed."""

    until_on: date | None
    reason: str


def exception(form: Post) -> Wanted:
    """Return the exception that a line manager typed.

    Raises:
        Invalid: something cannot be read.
    """
    typed = Wanted(form.day("until_on"), form.text("reason", limit=1000))
    form.check()
    return typed
