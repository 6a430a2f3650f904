"""Reads of what may be shared with whom. It is no secret: every member of staff may know."""

from dataclasses import dataclass
from datetime import datetime

from competences.care.rules.sharing import PAIRS, Partner, Subject
from competences.care.tables import SharingRule
from competences.stamp import stamp


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be shared, and who said so last."""

    open: frozenset[tuple[Partner, Subject]]
    changed_at: datetime | None
    changed_by: str

    def allows(self, partner: Partner, subject: Subject) -> bool:
        """Return whether a subject may be shared with a kind of partner."""
        return (partner, subject) in self.open

    @property
    def stamp(self) -> str:
        """What a form shows of it, digested."""
        return stamp(sorted(self.open))


async def policy() -> Policy:
    """Return the whole page: what is not allowed is not shared."""
    rows = await SharingRule.objects().order_by(SharingRule.changed_at, ascending=False)
    known = {(str(partner), str(subject)): (partner, subject) for partner, subject in PAIRS}
    allowed_pairs = [(row.partner, row.subject) for row in rows if row.allowed]
    return Policy(
        frozenset(known[pair] for pair in allowed_pairs if pair in known),
        rows[0].changed_at if rows else None,
        rows[0].changed_by if rows else "",
    )


async def allowed(partner: Partner) -> frozenset[Subject]:
    """Return the subjects that may be shared with a kind of partner."""
    return frozenset(subject for one, subject in (await policy()).open if one is partner)
