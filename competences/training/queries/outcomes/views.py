"""What came of a session for each person: for its trainers, and for the one who moderates."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.assessments.queries.trainer import Observed, observed
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.rules.attendance import Presence
from competences.training.tables import Outcome


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """Somebody who has a place, and what was signed of them; without `outcome_id` nothing yet."""

    enrolment_id: int
    person_id: int | None
    name: str
    organisation: str
    days: int
    of: int
    outcome_id: int | None
    result: str | None
    signed_at: datetime | None
    moderated_at: datetime | None

    @property
    def presence(self) -> Presence:
        """On how many days they were there."""
        return Presence(self.days, self.of)


# Only those who lead a session see what came of it.
_CANDIDATES = """
SELECT e.id AS enrolment_id, e.person AS person_id, coalesce(p.name, e.guest) AS name, e.organisation,
       (SELECT count(*) FROM attendance a WHERE a.enrolment = e.id AND a.present) AS days,
       (SELECT count(*) FROM session_day d WHERE d.session = e.session) AS of,
       o.id AS outcome_id, o.result, o.signed_at, o.moderated_at
FROM enrolment e LEFT JOIN person p ON p.id = e.person
LEFT JOIN outcome o ON o.enrolment = e.id AND o.corrected_at IS NULL
WHERE e.session = {} AND e.place = 'booked'
  AND EXISTS (SELECT FROM session_trainer t WHERE t.session = e.session AND t.person = {})
ORDER BY lower(coalesce(p.name, e.guest)), e.id
"""


async def candidates(actor: Actor, reach: Reach, session_id: int) -> list[OutcomeRow]:
    """Return everybody with a place and what was signed of them; nothing for who does not lead the session."""
    if reach is not Reach.ALL or actor.person_id is None:
        return []
    return [OutcomeRow(**row) for row in await Outcome.raw(_CANDIDATES, session_id, actor.person_id)]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """A signed outcome in full, as it was signed."""

    id: int
    session_id: int
    enrolment_id: int
    version_id: int
    course: str
    moderated: bool
    person_id: int | None
    name: str
    organisation: str
    result: str
    assessed_by: str
    evidence: str
    trainer_id: int | None
    trainer: str
    assessment_id: int | None
    signed_at: datetime
    moderator: str | None
    moderated_at: datetime | None
    moderation: str
    corrected_at: datetime | None
    corrected_by: str
    corrected_reason: str
    levels: tuple[Observed, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether a second trainer has still to look at it before it counts."""
        assessed = self.moderated and self.result != "attended"
        return assessed and self.moderated_at is None and self.corrected_at is None


_VIEW = """
SELECT o.id, e.session AS session_id, e.id AS enrolment_id, v.id AS version_id, v.title AS course, v.moderated,
       e.person AS person_id, coalesce(p.name, e.guest) AS name, e.organisation, o.result, o.assessed_by, o.evidence,
       o.trainer AS trainer_id, coalesce(t.name, '') AS trainer, o.assessment AS assessment_id, o.signed_at,
       m.name AS moderator, o.moderated_at, o.moderation, o.corrected_at, o.corrected_by, o.corrected_reason
FROM outcome o JOIN enrolment e ON e.id = o.enrolment JOIN course_session s ON s.id = e.session
JOIN course_version v ON v.id = s.version
LEFT JOIN person p ON p.id = e.person LEFT JOIN person t ON t.id = o.trainer LEFT JOIN person m ON m.id = o.moderator
"""
# Those who lead the session; a second trainer as long as one is needed, and the one who was it. Nobody of themselves.
_ONE = f"""
{_VIEW} WHERE o.id = {{}} AND e.person IS DISTINCT FROM {{}} AND (
    EXISTS (SELECT FROM session_trainer l WHERE l.session = e.session AND l.person = {{}}) OR o.moderator = {{}}
    OR v.moderated AND o.result <> 'attended' AND o.moderated_at IS NULL AND o.corrected_at IS NULL)
"""
_EARLIER = f"""
{_VIEW} WHERE e.id = {{}} AND o.corrected_at IS NOT NULL
  AND EXISTS (SELECT FROM session_trainer l WHERE l.session = e.session AND l.person = {{}})
ORDER BY o.id DESC
"""


async def outcome(actor: Actor, reach: Reach, outcome_id: int) -> OutcomeView:
    """Return one outcome with the levels observed.

    Raises:
        NotFound: there is none, it is the actor's own, or they neither led the session nor are asked to moderate.
    """
    me = actor.person_id
    rows = await Outcome.raw(_ONE, outcome_id, me, me, me) if reach is Reach.ALL and me is not None else []
    if not rows:
        raise NotFound(_("There is no such outcome, or you may not see it."))
    return OutcomeView(**rows[0], levels=tuple(await observed(rows[0]["assessment_id"])))


async def earlier(actor: Actor, reach: Reach, enrolment_id: int) -> list[OutcomeView]:
    """Return what was signed of somebody before and was wrong, for those who led the session."""
    if reach is not Reach.ALL or actor.person_id is None:
        return []
    return [OutcomeView(**row) for row in await Outcome.raw(_EARLIER, enrolment_id, actor.person_id)]
