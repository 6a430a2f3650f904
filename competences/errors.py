"""What a rule refuses, said in a sentence for the reader. The web layer maps each to a status."""

from collections.abc import Mapping


class Refused(Exception):
    """A rule said no. `str()` is the sentence that the reader gets: what happened, what to do."""


class NotFound(Refused):
    """There is no such row, or it is not for this actor; the two look alike on purpose."""


class Conflict(Refused):
    """The rows are not, or no longer, in a state that allows this."""


class Invalid(Refused):
    """What was sent cannot be used. `fields` names each field and what to do about it."""

    def __init__(self, fields: Mapping[str, str], message: str = "") -> None:
        super().__init__(message or " ".join(fields.values()))
        self.fields = dict(fields)
