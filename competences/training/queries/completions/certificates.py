"""What a certificate says, and what its code says to whoever holds the paper."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from competences.actor import Actor
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.text import _
from competences.training.queries.completions.lists import ENDS_ON, FROM, SIGNED
from competences.training.rules.completions import initials
from competences.training.tables import Completion


@dataclass(frozen=True, slots=True)
class CertificateView:
    """What a certificate of ours says of a completion. It names what the course is to reach, nobody's own level."""

    completion_id: int
    person_id: int
    person: str
    email: str | None
    version_id: int
    course_id: int
    course: str
    title: str
    number: int
    aims: str
    hours: Decimal
    completed_on: date
    ends_on: date | None
    code: str
    recorded_at: datetime


_ONE = f"""
SELECT c.id AS completion_id, p.id AS person_id, p.name AS person, p.email, v.id AS version_id, v.course AS course_id,
       k.code AS course, v.title, v.number, v.aims, v.hours, c.completed_on, {ENDS_ON} AS ends_on, c.code, c.recorded_at
{FROM} WHERE c.id = {{}} AND {SIGNED} AND c.withdrawn_at IS NULL
  AND {people.SEEN}
"""


async def certificate(actor: Actor, reach: Reach, completion_id: int) -> CertificateView:
    """Return what the certificate of a completion says: for the person and their line manager, nobody else.

    Raises:
        NotFound: there is no such completion of somebody whom the actor reaches, no outcome was signed for it, or it
            was withdrawn.
    """
    near = min(reach, Reach.TEAM)
    rows = await Completion.raw(_ONE, completion_id, *people.seen_by(actor, near)) if reach else []
    if not rows:
        raise NotFound(_("There is no such certificate, or you may not see it."))
    return CertificateView(**rows[0])


@dataclass(frozen=True, slots=True)
class Verification:
    """What whoever holds a certificate may know of it. The paper has the name; this has its initials."""

    initials: str
    course: str
    title: str
    number: int
    completed_on: date
    ends_on: date | None
    withdrawn: bool

    def in_date(self, today: date) -> bool:
        """Whether it has not run out on a day."""
        return self.ends_on is None or self.ends_on >= today


_CODE = f"""
SELECT p.name, k.code AS course, v.title, v.number, c.completed_on, {ENDS_ON} AS ends_on,
       c.withdrawn_at IS NOT NULL AS withdrawn
{FROM} WHERE c.code = {{}} AND {SIGNED}
"""


async def verification(code: str) -> Verification | None:
    """Return what a code says; None where no certificate of ours has it. For anybody."""
    rows = await Completion.raw(_CODE, code.replace("\0", "").strip().lower())
    if not rows:
        return None
    row = rows[0]
    return Verification(initials(row.pop("name")), **row)
