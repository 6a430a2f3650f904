"""What a command returns: the fact that goes into the log."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to one row. Subclasses add what a later reader needs to know.

    `name` is written into the log for ever: "noun.past-tense". Fields never hold a rating, a note
    or an average, since the log is read before the seal is lifted.
    """

    name: ClassVar[str]
    subject: ClassVar[str]
    subject_id: int

    def details(self) -> dict[str, Any]:
        """Return the fields beyond the subject, ready for JSON."""
        return {key: value for key, value in asdict(self).items() if key != "subject_id"}
