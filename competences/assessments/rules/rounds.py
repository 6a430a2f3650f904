"""What a round holds, and how somebody stands to one who is assessed in it."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.text import _

#: Fewer, and a range would say who gave what.
FEWEST_PEERS = 3


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A round as somebody typed it: those of one's people in a unit, or those who are named."""

    title: str
    unit_id: int | None
    person_ids: tuple[int, ...]
    opens_on: date
    closes_on: date
    peers: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in a round, and what the reader is to them there: `kind` self, manager or peer.

    `manager` is who talks with them: whoever leads them now, or with whom the talk was confirmed. `of_two` says
    whether the reader is one of these two, `self_shared_at` and `manager_shared_at` since when their views are
    handed in. `read_before`: the person and some line manager have shared, so somebody may have read a range.
    """

    participant_id: int
    round_id: int
    title: str
    opens_on: date
    closes_on: date
    peers: bool
    person_id: int
    person: str
    manager_id: int | None
    manager: str | None
    profile: str
    version_id: int
    framework_id: int
    framework: str
    number: int
    self_shared_at: datetime | None
    manager_shared_at: datetime | None
    of_two: bool
    read_before: bool
    kind: str

    @property
    def lifted(self) -> bool:
        """Whether both have shared: only then does either see the other's view (rule 14)."""
        return self.of_two and self.self_shared_at is not None and self.manager_shared_at is not None


def why_closed(opens_on: date, closes_on: date, today: date) -> str:
    """Return the sentence for somebody who writes before or after the round, or ""."""
    if today < opens_on:
        return _("This round has not opened yet.")
    if today > closes_on:
        return _("This round is closed. The line manager who opened it can give it more days.")
    return ""


def draft_errors(draft: RoundDraft) -> dict[str, str]:
    """Return what is wrong with a round by itself: field name to sentence."""
    errors: dict[str, str] = {}
    if not draft.title.strip():
        errors["title"] = _("Give the round a title.")
    if draft.closes_on < draft.opens_on:
        errors["closes_on"] = _("The last day cannot be before the first.")
    if draft.unit_id is None and not draft.person_ids:
        errors["who"] = _("Choose at least one person.")
    return errors
